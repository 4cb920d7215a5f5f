#!/bin/sh
# Makes the virtual environment $1 with the first Python 3.11 or newer that can.
set -eu

for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
  found=${found:-$python}
  "$python" -c 'import ensurepip, venv' 2>/dev/null || continue
  echo "making $1 with $("$python" --version)"
  exec "$python" -m venv --clear "$1"
done

if [ -n "${found:-}" ]; then
  echo "$found cannot make a virtual environment: install its venv module (on Debian and Ubuntu: apt install python3-venv)." >&2
else
  echo "Lamppost needs Python 3.11 or newer, and found none. PYTHON=/path/to/python3 names one." >&2
fi
exit 1
