#!/usr/bin/env bash
# Makes .venv with CPython 3.10 and the given requirements files (pinned, with hashes).
# CPython 3.10 is taken from the path or from pyenv; where neither has it, uv installs it.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=$(cat .python-version)

is_wanted() {
  "$1" -c "import sys, venv, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '$wanted')" >/dev/null 2>&1
}

find_python() {
  local candidate
  for candidate in "$(command -v "python$wanted" || true)" "$(command -v python3 || true)" "$(command -v python || true)" \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$wanted"*/bin/python; do
    if [ -n "$candidate" ] && [ -x "$candidate" ] && is_wanted "$candidate"; then
      echo "$candidate"
      return 0
    fi
  done
  return 1
}

if ! [ -x .venv/bin/python ] || ! is_wanted .venv/bin/python; then
  rm -rf .venv
  if python=$(find_python); then
    echo "Making .venv with $("$python" --version) …"
    "$python" -m venv .venv
  elif command -v uv >/dev/null && uv venv --quiet --seed --python "$wanted" .venv; then
    echo "Making .venv with CPython $wanted, installed by uv …"
  else
    echo "CPython $wanted is needed and was not found on the path or in pyenv: install it (or uv, which fetches it), then run make again." >&2
    exit 1
  fi
fi

if ! .venv/bin/python -c "import uv" 2>/dev/null; then
  echo "Installing uv …"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
fi

arguments=()
for file in "$@"; do arguments+=(-r "$file"); done
echo "Installing what $* list (the first time a few minutes) …"
# Compiled once, here: where Python is told to write no bytecode (containers), it would compile 1,800 modules at every start.
VIRTUAL_ENV=$PWD/.venv .venv/bin/python -m uv pip install --compile-bytecode --require-hashes "${arguments[@]}"
