#!/bin/bash
# Opens the demo desk in a real window; with no display, drives the same window through the main job.
set -eu
cd "$(dirname "$0")/../.."
bin=.venv/bin

case "${COACHDESK_LANGUAGE:-${LC_ALL:-${LANG:-fi}}}" in
sv*)
    language=sv
    no_display="Här finns ingen skärm: fönstret körs osynligt genom huvuduppgiften i stället."
    opens_with="Demot öppnas med lösenfrasen"
    ;;
*)
    language=fi
    no_display="Täällä ei ole näyttöä: ikkunaa ajetaan näkymättömissä päätehtävän läpi."
    opens_with="Esittelytiedot avautuvat salalauseella"
    ;;
esac
export COACHDESK_LANGUAGE="$language"

shows() { # whether a window can be shown: a display that is named may not answer
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 1
    (ulimit -c 0 && "$bin/python" -c 'from PySide6.QtGui import QGuiApplication; QGuiApplication([])') 2>/dev/null
}

if ! shows; then
    echo "$no_display"
    exec env QT_QPA_PLATFORM=offscreen "$bin/coachdesk" tour --out out/tour --language "$language"
fi

desk=out/demo/desk
words=out/demo/passphrase.txt
if [ ! -d "$desk" ]; then
    mkdir -p out/demo
    printf 'saunan lauteilla sataa lunta\n' >"$words"
    "$bin/coachdesk" demo --desk "$desk" --language "$language" --passphrase-file "$words"
fi
echo "$opens_with: $(head -n 1 "$words")"
exec env COACHDESK_HOME=out/demo "$bin/coachdesk" --desk "$desk"
