#!/bin/bash
# Open and verify one bundle with the Debian program jose:  open.sh KEYS DEVICES BUNDLE REGION-ID TARGET
# KEYS/encrypt*.jwk are the region's private keys, DEVICES/<id>.jwk the desks' public ones.
#
# jose writes its output before it knows whether the input is genuine, so everything happens in a folder of
# its own, each exit code is asked, and only what was verified is moved to TARGET.
set -euo pipefail
keys=$1 devices=$2 bundle=$3 region=$4 target=$5
umask 077
work=$(mktemp -d "$(dirname "$target")/.opening.XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() { echo "$(basename "$bundle"): $1" >&2; exit 1; }
header() { cut -d. -f1 "$1" | tr -d '\n' | jose b64 dec -i- 2>/dev/null; }
head_of() { header "$1" | jose fmt -j- -Og "$2" -u- 2>/dev/null; }
# exactly these members: no zip, no crit, no b64, however they are spelt
only() { header "$1" | jose fmt -j '{}' -j- -O $(printf -- '-d %s ' "${@:2}") -E 2>/dev/null; }

[ "$(wc -c <"$bundle")" -le 67712 ] || fail "too big to be a bundle"
cp "$bundle" "$work/jwe"
[ "$(head_of "$work/jwe" alg) $(head_of "$work/jwe" enc)" = "ECDH-ES+A256KW A256GCM" ] || fail "another algorithm"
[ "$(head_of "$work/jwe" typ)" = "coachdesk-bundle+jwe" ] || fail "not a bundle"
only "$work/jwe" alg enc typ cty kid epk || fail "a header that is never written"
kid=$(head_of "$work/jwe" kid) key=
for file in "$keys"/encrypt*.jwk; do
    [ "$(jose jwk thp -i "$file" -a S256 2>/dev/null)" = "$kid" ] && key=$file
done
[ -n "$key" ] || fail "sealed for another region, or for a key that is not here"
jose jwe dec -i "$work/jwe" -k "$key" -O "$work/jws" 2>/dev/null || fail "not opened: damaged or changed"

[ "$(head_of "$work/jws" alg) $(head_of "$work/jws" typ)" = "ES256 coachdesk-bundle+jws" ] || fail "not a bundle"
only "$work/jws" alg typ cty kid aud iss epoch seq prev iat || fail "a header that is never written"
[ "$(head_of "$work/jws" aud)" = "$region" ] || fail "for another region"
device=$(head_of "$work/jws" iss) || fail "not a bundle"
[[ $device =~ ^[A-Za-z0-9_-]{43}$ && -f $devices/$device.jwk ]] || fail "from a desk that is not enrolled"
jose fmt -j "$devices/$device.jwk" -Og keys -Af- >"$work/set" 2>/dev/null || cp "$devices/$device.jwk" "$work/set"
while read -r key; do # the key for signatures, alone or in a set with the key for letters
    [ "$(jose jwk thp -i- -a S256 <<<"$key" 2>/dev/null)" = "$device" ] && echo "$key" >"$work/jwk"
done < <(tr -d '\n' <"$work/set" | sed 's/}{/}\n{/g; $a\')
[ -f "$work/jwk" ] || fail "the desk's file holds another key"
jose jws ver -i "$work/jws" -k "$work/jwk" -O "$work/gz" 2>/dev/null || fail "the signature does not fit"

gzip -dc <"$work/gz" 2>/dev/null | head -c 8388609 >"$work/json" || [ "${PIPESTATUS[0]}" = 141 ] || fail "not gzip"
[ "$(wc -c <"$work/json")" -le 8388608 ] || fail "far bigger inside than it may be"
[ "$(tr -cd '[{,' <"$work/json" | wc -c)" -le 600000 ] || fail "far bigger inside than it may be"
[ $(tail -c 4 "$work/gz" | od -An -tu4) -eq "$(wc -c <"$work/json")" ] || fail "more than one gzip"
jose fmt -j "$work/json" -Og bundle -j 1 -E 2>/dev/null || fail "not of the form that is agreed"
mv "$work/json" "$target"
