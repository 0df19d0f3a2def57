#!/bin/bash
# Opens the demo desk in a real window; with no display, drives the same window through the main job.
set -eu
cd "$(dirname "$0")/../.."
bin=.venv/bin
language="${COACHDESK_LANGUAGE:-fi}"

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "There is no display here: the window is driven offscreen through the main job instead."
    exec env QT_QPA_PLATFORM=offscreen "$bin/coachdesk" tour --out out/tour --language "$language"
fi

desk=out/demo/desk
words=out/demo/passphrase.txt
if [ ! -d "$desk" ]; then
    mkdir -p out/demo
    printf 'saunan lauteilla sataa lunta\n' >"$words"
    "$bin/coachdesk" demo --desk "$desk" --language "$language" --passphrase-file "$words"
fi
echo "The demo desk opens with the passphrase: $(head -n 1 "$words")"
exec env COACHDESK_HOME=out/demo "$bin/coachdesk" --desk "$desk"
