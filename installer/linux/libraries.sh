#!/bin/bash
# System libraries and programs that pip cannot bring (Debian 12, Ubuntu 24.04 and later).
#   libraries.sh window   what a real Qt window needs
#   libraries.sh tests    what the tests need besides
# Installs what is missing when it may (root, or sudo without a question); else says the one line that does.
set -u
what="${1:-window}"

# library file -> package, for Qt's xcb and offscreen platforms
window="libEGL.so.1:libegl1 libGL.so.1:libgl1 libfontconfig.so.1:libfontconfig1 libfreetype.so.6:libfreetype6
libdbus-1.so.3:libdbus-1-3 libglib-2.0.so.0:libglib2.0-0 libX11.so.6:libx11-6 libX11-xcb.so.1:libx11-xcb1
libxkbcommon.so.0:libxkbcommon0 libxkbcommon-x11.so.0:libxkbcommon-x11-0 libxcb.so.1:libxcb1
libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-randr.so.0:libxcb-randr0 libxcb-render.so.0:libxcb-render0
libxcb-render-util.so.0:libxcb-render-util0 libxcb-shape.so.0:libxcb-shape0 libxcb-shm.so.0:libxcb-shm0
libxcb-sync.so.1:libxcb-sync1 libxcb-xfixes.so.0:libxcb-xfixes0 libxcb-xkb.so.1:libxcb-xkb1 libzstd.so.1:libzstd1"
# program -> package; programs that do the same are parted by |, a path may have a star
browser="chromium:chromium chromedriver:chromium-driver"
if grep -qs '^ID=ubuntu' /etc/os-release; then
    browser="chromium|chromium-browser|google-chrome:chromium-browser chromedriver:chromium-chromedriver"
fi
programs="jose:jose javac:default-jdk-headless /usr/lib/postgresql/*/bin/initdb|initdb:postgresql $browser"
there() { # whether one of some programs is there
    local one
    while read -r one; do
        if [[ $one == /* ]]; then compgen -G "$one" >/dev/null && return 0; fi
        command -v "$one" >/dev/null && return 0
    done < <(tr '|' '\n' <<<"$1")
    return 1
}

ldconfig="$(command -v ldconfig || echo /sbin/ldconfig)"
known="$("$ldconfig" -p 2>/dev/null)"
missing=()
for pair in $window; do
    grep -q "${pair%%:*}" <<<"$known" || missing+=("${pair##*:}")
done
if [ "$what" = tests ]; then
    for pair in $programs; do
        there "${pair%%:*}" || missing+=("${pair##*:}")
    done
fi
[ ${#missing[@]} -eq 0 ] && exit 0

line="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing what the system lacks: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && exit 0
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    echo "Installing what the system lacks: ${missing[*]}"
    sudo -n sh -c "DEBIAN_FRONTEND=noninteractive apt-get update -qq && apt-get install -y -qq --no-install-recommends ${missing[*]} >/dev/null" && exit 0
fi
echo "The system lacks ${missing[*]}. Install with this one line, then try again:"
echo "  sudo sh -c '$line'"
exit 1
