#!/bin/sh
# Finds a Chromium for the tests, or installs one, and writes its path to .venv/chromium-path.
set -eu

first_of() {
  for name; do command -v "$name" && return; done
  return 1
}

find_chromium() {
  first_of chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ||
    first_of "$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright: print(playwright.chromium.executable_path)' 2>/dev/null)"
}

# A bare system cannot draw Khmer, hence the font, and cannot start Playwright, hence libatomic.
install_chromium() {
  sudo=$([ "$(id -u)" = 0 ] || echo sudo -n)
  if command -v apt-get && $sudo true; then
    $sudo apt-get update -q &&
      $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium fonts-noto-core libatomic1
  elif command -v dnf && $sudo true; then
    $sudo dnf install -q -y chromium google-noto-sans-khmer-fonts libatomic
  elif command -v brew; then
    brew install --quiet --cask google-chrome font-noto-sans-khmer
  else
    false
  fi || .venv/bin/playwright install chromium
}

if [ -n "${LAMPPOST_CHROMIUM:-}" ]; then
  path=$(command -v "$LAMPPOST_CHROMIUM") || path=
elif ! path=$(find_chromium); then
  echo "installing Chromium; .venv/chromium.log tells how it went"
  install_chromium >.venv/chromium.log 2>&1 || true
  path=$(find_chromium) || path=
fi

if [ -z "$path" ]; then
  echo "The tests need Chromium or Chrome: install one (on Debian: apt install chromium fonts-noto-core)," >&2
  echo "or name one that is not on the PATH: LAMPPOST_CHROMIUM=/path/to/chrome." >&2
  exit 1
fi
echo "testing with $path"
echo "$path" >.venv/chromium-path
