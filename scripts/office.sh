#!/usr/bin/env bash
# LibreOffice, its Python bridge, Chromium, Chinese fonts, pdftoppm and strace: what the tests on real programs need.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

missing=()
command -v soffice >/dev/null 2>&1 || missing+=(libreoffice-calc)
[ -e /usr/lib/libreoffice/program/libswlo.so ] || missing+=(libreoffice-writer-nogui) # prints the report
[ -e /usr/lib/python3/dist-packages/uno.py ] || missing+=(python3-uno)
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing+=(chromium)
command -v strace >/dev/null 2>&1 || missing+=(strace)
command -v pdftoppm >/dev/null 2>&1 || missing+=(poppler-utils)
fc-list 2>/dev/null | grep -qi "noto.*cjk" || missing+=(fonts-noto-cjk fontconfig)
fc-match Arial family 2>/dev/null | grep -qiE "arial|liberation|nimbus" || missing+=(fonts-liberation)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
