// Shows the devices of a map on a street map, from a file of tiles on the site's own host. It is
// fetched, with the libraries that it needs, when somebody asks for it.
import { addProtocol, LngLatBounds, Map as StreetMap, Marker } from "../vendor/maplibre-gl.mjs";

const SVG = "http://www.w3.org/2000/svg";
const VECTOR = 1; // a kind of tile, as PMTiles numbers them
const vendor = (name) => new URL(`../vendor/${name}`, import.meta.url).href;
let protocol;

function fetched(kind, attributes) {
  return new Promise((done, fail) => {
    document.head.append(Object.assign(document.createElement(kind), attributes, { onload: done, onerror: fail }));
  });
}

// PMTiles comes as a plain script, which leaves its name behind.
async function libraries() {
  if (protocol) return;
  await Promise.all([
    fetched("script", { src: vendor("pmtiles.js") }),
    fetched("link", { rel: "stylesheet", href: vendor("maplibre-gl.css") }),
  ]);
  protocol = new window.pmtiles.Protocol();
  addProtocol("pmtiles", protocol.tile);
}

// Any vector tiles, whatever their layers are called: areas, lines, and names where there are any.
function layersOf(metadata, colour) {
  const name = ["coalesce", ["get", `name:${document.documentElement.lang}`], ["get", "name"], ""];
  const is = (kind) => ["in", kind, ["geometry-type"]];
  return (metadata.vector_layers || []).flatMap(({ id }) => {
    const water = /water|ocean|sea/.test(id);
    const area = { "fill-color": colour(water ? "--accent" : "--ink"), "fill-opacity": water ? 0.15 : 0.05 };
    const text = { "text-color": colour("--ink"), "text-halo-color": colour("--paper"), "text-halo-width": 1.5 };
    const written = { "text-field": name, "text-font": ["sans-serif"], "text-size": 13 };
    const layer = (type, kind, paint, layout = {}) => ({
      id: `${id} ${type} ${kind}`, source: "tiles", "source-layer": id, type, filter: is(kind), paint, layout,
    });
    return [
      layer("fill", "Polygon", area),
      layer("line", "LineString", { "line-color": colour("--edge") }),
      layer("symbol", "LineString", text, { ...written, "symbol-placement": "line" }),
      layer("symbol", "Point", text, written),
    ];
  });
}

function styleOf(url, header, metadata) {
  const tokens = getComputedStyle(document.documentElement);
  const colour = (token) => tokens.getPropertyValue(token).trim();
  const vector = header.tileType === VECTOR;
  const tiles = { type: vector ? "vector" : "raster", url: `pmtiles://${url}` };
  return {
    version: 8,
    sources: { tiles: vector ? tiles : { ...tiles, tileSize: 256 } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour("--tint") } },
      ...(vector ? layersOf(metadata, colour) : [{ id: "picture", type: "raster", source: "tiles" }]),
    ],
  };
}

// Looks like the mark of the drawn map, and leads where that leads.
function markOf(device, name) {
  const link = Object.assign(document.createElement("a"), { href: device.link.href, ariaLabel: name, title: name });
  const svg = link.appendChild(document.createElementNS(SVG, "svg"));
  svg.setAttribute("class", `map__pin map__mark shape--${device.status}`);
  svg.setAttribute("viewBox", "-12 -12 24 24");
  svg.append(...device.shape());
  return link;
}

// Stands where the picture stood; rejects, and leaves nothing behind, when anything is missing.
export async function streetMap(picture, devices, { tiles, credit, corner }, nameOf) {
  await libraries();
  const url = new URL(tiles, location.href).href;
  const file = new window.pmtiles.PMTiles(url);
  const [header, metadata] = await Promise.all([file.getHeader(), file.getMetadata()]);
  protocol.add(file);
  const [west, north, across, down] = corner.split(" ").map(Number);
  const at = (x, y) => [west + x * across, north - y * down];
  const { width, height } = picture.viewBox.baseVal;
  const bounds = new LngLatBounds(at(0, height), at(width, 0));
  const container = Object.assign(document.createElement("div"), { className: "map__streets" });
  picture.after(container);
  let map;
  try {
    map = new StreetMap({
      container,
      bounds,
      style: styleOf(url, header, metadata),
      attributionControl: false,
      scrollZoom: false,
      dragRotate: false,
      locale: { "Map.Title": picture.getAttribute("aria-label") },
    });
    await new Promise((done, fail) => map.once("load", done).once("error", ({ error }) => fail(error)));
  } catch (error) {
    map?.remove();
    container.remove();
    throw error;
  }
  const owner = Object.assign(document.createElement("p"), { className: "map__credit", textContent: credit });
  container.append(owner);
  for (const device of devices) {
    new Marker({ element: markOf(device, nameOf([device])) }).setLngLat(at(device.x, device.y)).addTo(map);
  }
  const still = { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches };
  const ways = { ArrowLeft: [-100, 0], ArrowRight: [100, 0], ArrowUp: [0, -100], ArrowDown: [0, 100] };
  return {
    press(key) {
      if (key in ways) map.panBy(ways[key], still);
      else if (key === "0") map.fitBounds(bounds, still);
      else map.zoomTo(map.getZoom() + (key === "-" ? -1 : 1), still);
    },
    remove() {
      map.remove();
      container.remove();
    },
  };
}
