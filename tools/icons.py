"""Builds the site's icon sprite from the outline icons of the npm package @tabler/icons (MIT).

The words and technologies of the record name their icons; the interface's own are listed below:

    npm pack @tabler/icons && tar xzf tabler-icons-*.tgz
    python tools/icons.py package/icons/outline
"""

import argparse
import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
REGISTRY = ROOT / "content" / "registry"
SPRITE = ROOT / "site" / "lamppost" / "icons.svg"
INTERFACE = [
    "alert-triangle", "arrow-left", "arrow-right", "building", "calendar", "check", "circle-off",
    "clock", "code", "compass", "cpu", "database", "download", "external-link", "eye", "eye-off",
    "file-text", "flag", "hand-stop", "history", "info-circle", "language", "list", "lock", "map",
    "map-pin",
    "message", "printer", "qrcode", "question-mark", "rss", "scale", "search", "server", "share",
    "shield-check", "shield-off", "trash", "user-search", "users", "x",
]  # fmt: skip
STROKE = (
    'fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round"'
)
BACKGROUND = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')


def used() -> dict[str, Path]:
    """Every icon's name and a file that asks for it."""
    names = dict.fromkeys(INTERFACE, Path(__file__).resolve())
    for path in sorted(REGISTRY.glob("words/*.yaml")):
        words = yaml.safe_load(path.read_text(encoding="utf-8"))["words"]
        names |= {word["icon"]: path for word in words.values()}
    for path in sorted(REGISTRY.glob("technologies/*.yaml")):
        names[yaml.safe_load(path.read_text(encoding="utf-8"))["icon"]] = path
    return names


def symbol(name: str, svg: str) -> str:
    """One icon as a symbol that takes its colour from the place where it is used."""
    shapes = BACKGROUND.sub("", svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")])
    shapes = re.sub(r"\s*(/?>)\s*", r"\1", " ".join(shapes.split()))
    return f'<symbol id="{name}" viewBox="0 0 24 24"><g {STROKE}>{shapes.strip()}</g></symbol>'


def main() -> None:
    """Write the sprite, or say which icons do not exist."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("outline", type=Path, help="the unpacked package's folder icons/outline")
    outline: Path = parser.parse_args().outline.resolve()
    names = used()
    if unknown := [name for name in names if not (outline / f"{name}.svg").is_file()]:
        sys.exit("\n".join(f"{names[n].relative_to(ROOT)}: no icon named {n}" for n in unknown))
    symbols = [symbol(n, (outline / f"{n}.svg").read_text("utf-8")) for n in sorted(names)]
    licence = (outline.parents[1] / "LICENSE").read_text("utf-8").strip()
    sprite = f"<svg xmlns='http://www.w3.org/2000/svg'>{''.join(symbols)}</svg>"
    SPRITE.write_text(f"<!-- Tabler Icons, tabler.io/icons\n{licence}\n-->\n{sprite}\n", "utf-8")
    print(f"{SPRITE.relative_to(ROOT)}: {len(symbols)} icons, {SPRITE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
