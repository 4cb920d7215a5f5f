#!/bin/sh
# Fetches what draws street maps: MapLibre GL JS and PMTiles, both BSD-3-Clause.
# They are no part of this repository; a site needs them only if content/site.yaml names tiles.
set -eu

to=${1:-site/lamppost/static/vendor}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # fetch PACKAGE VERSION: npm compares it with the registry's hash
  echo "fetching $1 $2"
  mkdir "$work/$1"
  tar -xzf "$work/$(cd "$work" && npm pack --silent "$1@$2")" -C "$work/$1" --strip-components 1
}
fetch maplibre-gl 6.17.0
fetch pmtiles 4.5.0

mkdir -p "$to"
cp "$work/maplibre-gl/dist/maplibre-gl.mjs" "$work/maplibre-gl/dist/maplibre-gl-worker.mjs" \
  "$work/maplibre-gl/dist/maplibre-gl.css" "$work/pmtiles/dist/pmtiles.js" "$to"
cp "$work/maplibre-gl/LICENSE.txt" "$to/maplibre-gl-license.txt"
cp "$work/pmtiles/package.json" "$to/pmtiles-package.json"
