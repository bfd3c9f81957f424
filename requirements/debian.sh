#!/bin/sh
# Make sure of the Debian packages that Python's own registry can't bring: as root by installing them, as
# anyone else by saying in one line what to type. Called by make: `debian.sh venv` or `debian.sh test`.
set -eu

python=${PYTHON:-python3}
missing=

need() { # package, then a command that succeeds where it is not missing
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

has_glyphs_of() { # languages: for each of them some installed font can write it
    for language in "$@"; do
        fc-list ":lang=$language" | grep -q . || return 1
    done
}

has_library() { # a shared library's name
    /sbin/ldconfig -p | grep -q "$1"
}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "policygen needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2
    exit 1
fi
need "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" \
    "$python" -c 'import ensurepip, venv'

if [ "$1" = test ]; then
    need chromium command -v chromium
    need default-jre-headless java -version
    need fontconfig command -v fc-list
    need fonts-noto-core has_glyphs_of vi ar
    need zsh command -v zsh # the three of them: completion, and what recipes type
    need fish command -v fish
    need curl command -v curl
    need libatomic1 has_library libatomic.so.1 # for the Node.js inside Playwright
fi

[ -n "$missing" ] || exit 0

install="apt-get install --yes --no-install-recommends$missing"
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "missing Debian packages, install them with: sudo apt-get update && sudo $install" >&2
    exit 1
fi
echo "installing the Debian packages$missing"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { apt-get update && $install; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    exit 1
fi
rm -f "$log"
