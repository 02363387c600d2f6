#!/usr/bin/env bash
# setup.sh [program|test]: makes .venv with the program, and with its tools (the default). Needs Python 3.11 or newer; on Debian also python3-venv,
# which is installed here when this runs as root or with sudo.
set -euo pipefail
cd "$(dirname "$0")/.."

find_python() {
  local name
  for name in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$name"; return; }
  done
  echo "需要 Python 3.11 或更新的版本（Debian 12、Ubuntu 24.04 自带）。请安装后再试。" >&2
  return 1
}

python=$(find_python) || {
  . scripts/packages.sh
  install_packages python3 python3-venv
  python=$(find_python)
}
if [ ! -x .venv/bin/python ]; then
  "$python" -m venv .venv 2>/dev/null || {
    rm -rf .venv
    . scripts/packages.sh
    install_packages python3-venv
    "$python" -m venv .venv
  }
fi
# The demo needs the program alone; tests need their tools too.
wanted=${1:-test}
stamp=.venv/.ready-$wanted
if [ ! -e "$stamp" ] || [ pyproject.toml -nt "$stamp" ] || [ setup.py -nt "$stamp" ]; then
  extras=""
  [ "$wanted" = program ] || extras="[$wanted]"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".$extras" --config-settings editable_mode=compat
  touch "$stamp"
fi
# A click is measured in milliseconds: the modules are compiled once, here, and put into one file.
.venv/bin/python -m compileall -q rubric_sheets pyaddin xlwings_libreoffice
.venv/bin/python -m rubric_sheets.bundle >/dev/null
