#!/bin/bash
# Open and verify one bundle with the Debian program jose:  open.sh KEYS DEVICES BUNDLE REGION-ID TARGET
# KEYS/encrypt.jwk is the region's private key, DEVICES/<id>.jwk the desks' public ones.
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
strange() { header "$1" | grep -qE '\\|"(zip|crit|b64)"'; }  # an escape could spell a name otherwise

[ "$(wc -c <"$bundle")" -le 67712 ] || fail "too big to be a bundle"
cp "$bundle" "$work/jwe"
[ "$(head_of "$work/jwe" alg) $(head_of "$work/jwe" enc)" = "ECDH-ES+A256KW A256GCM" ] || fail "another algorithm"
strange "$work/jwe" && fail "a header that is never written"
jose jwe dec -i "$work/jwe" -k "$keys/encrypt.jwk" -O "$work/jws" 2>/dev/null || fail "not opened: damaged, changed or for another key"

[ "$(head_of "$work/jws" alg) $(head_of "$work/jws" typ)" = "ES256 coachdesk-bundle+jws" ] || fail "not a bundle"
strange "$work/jws" && fail "a header that is never written"
[ "$(head_of "$work/jws" aud)" = "$region" ] || fail "for another region"
device=$(head_of "$work/jws" iss) || fail "not a bundle"
[[ $device =~ ^[A-Za-z0-9_-]{43}$ && -f $devices/$device.jwk ]] || fail "from a desk that is not enrolled"
jose jws ver -i "$work/jws" -k "$devices/$device.jwk" -O "$work/gz" 2>/dev/null || fail "the signature does not fit"

gzip -dc <"$work/gz" 2>/dev/null | head -c 8388609 >"$work/json" || [ "${PIPESTATUS[0]}" = 141 ] || fail "not gzip"
[ "$(wc -c <"$work/json")" -le 8388608 ] || fail "far bigger inside than it may be"
mv "$work/json" "$target"
