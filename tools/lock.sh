#!/bin/sh
# Writes the lock files: exact versions with hashes for every platform, and no download address.
set -eu

uv=$(mktemp -d)
trap 'rm -rf "$uv"' EXIT
.venv/bin/python -m venv "$uv"
"$uv/bin/python" -m pip install -qq --disable-pip-version-check uv

lock() { # lock FILE ARGUMENTS...
  echo "writing $1"
  "$uv/bin/uv" pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
    --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --output-file "$@"
}
lock requirements.lock --extra build --extra texts --extra s3 --extra pdf
lock requirements-dev.lock --extra build --extra texts --extra s3 --extra pdf --extra postgres --extra dev --constraint requirements.lock
lock requirements-bench.lock --extra build --extra texts --extra s3 --extra pdf --extra bench --constraint requirements.lock

if grep -n :// requirements*.lock; then
  echo "a lock file names a download address" >&2
  exit 1
fi
