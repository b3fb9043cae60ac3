#!/usr/bin/env bash
# Install what the Makefile's targets need: install.sh PYTHON VENV program|test|check
# System libraries only where we may (root on Debian); elsewhere one sentence says what is missing.
set -euo pipefail
python=$1 venv=$2 part=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

missing_libraries() {
    command -v dpkg-query >/dev/null || return 0
    local name
    for name in $(grep -v '^#' "$here/system-libraries.txt") python3-venv; do
        # A Python from elsewhere than Debian brings venv itself.
        if [ "$name" = python3-venv ] && "$python" -c 'import venv, ensurepip' 2>/dev/null; then continue; fi
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || echo "$name"
    done
}

if ! command -v "$python" >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        DEBIAN_FRONTEND=noninteractive apt-get -qq update
        DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends python3 python3-venv >/dev/null
    else
        echo "Python 3.11 or newer is missing; install it and run make again." >&2
        exit 1
    fi
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed; say “make PYTHON=python3.11 …” if you have it under another name." >&2
    exit 1
fi

missing=$(missing_libraries | tr '\n' ' ')
if [ -n "${missing// /}" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing system libraries: $missing"
        export DEBIAN_FRONTEND=noninteractive
        apt-get -qq update
        # shellcheck disable=SC2086 # the names are to be split
        apt-get -qq install -y --no-install-recommends $missing >/dev/null
    else
        echo "Missing system libraries, please install them: $missing" >&2
    fi
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
case $part in
    program) what="." ;;
    test) what=".[test]" ;;
    check) what=".[test,check]" ;;
    *) echo "install.sh: no part $part" >&2; exit 2 ;;
esac
echo "Installing Python packages ($part); the first time this takes some minutes."
# pip, not uv: uv takes the CUDA build of torch.
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$what"
