"""Makes each cluster of letters that Chromium draws with several glyphs one glyph, with its text.

Chromium writes the Khmer of a variable font as a Type 3 font, glyph by glyph: what stands below,
above or before a letter is a piece of its own. Readers of a PDF put such pieces in order by where
they stand, and lose or double some. A glyph that is drawn of these pieces and knows all its
letters leaves them nothing to guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import ceil, floor
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Stream, String

CODES = (*range(1, 32), *range(33, 256))
"""What a font of one byte can number; some readers take 32 for a space, whatever it draws."""

_TEXT = frozenset(["BT", "ET", "Tf", "Tm", "Td", "Tj", "TJ", "BDC", "EMC"])


class Piece(NamedTuple):
    """A glyph as Chromium wrote it, and where it stands, in thousandths of the font's size."""

    font: str
    code: int
    x: int
    y: int


class Cluster(NamedTuple):
    """Pieces that are one to a reader, and the letters that they stand for."""

    text: str
    pieces: tuple[Piece, ...]


class _Place(NamedTuple):
    x: float
    cluster: Cluster


def join_clusters(pdf: pikepdf.Pdf) -> None:
    """Draw all text of Type 3 fonts cluster by cluster; what is seen stays as it is.

    Text that is written in a way we do not know is left alone.
    """
    joined = _Joined()
    for holder in list(_holders(pdf)):
        known = holder.Resources.get("/Font") if "/Resources" in holder else None
        named = {} if known is None else dict(known.items())
        given = {name: font for name, font in named.items() if font.get("/Subtype") == Name.Type3}
        if given:
            _rewrite(
                pdf, holder, {name: joined.source(font) for name, font in given.items()}, joined
            )
    joined.write(pdf)


def _holders(pdf: pikepdf.Pdf) -> Iterator[Object]:
    """All that holds content: pages and forms."""
    for page in pdf.pages:
        yield page.obj
    for found in pdf.objects:
        if isinstance(found, Stream) and found.get("/Subtype") == Name.Form:
            yield found


# --- content ------------------------------------------------------------------------------------


def _rewrite(
    pdf: pikepdf.Pdf, holder: Object, sources: dict[str, _Source], joined: _Joined
) -> None:
    new: list[Any] = []
    left: set[str] = set()
    used: dict[str, Object] = {}
    block: list[Any] = []
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator != "BT" and not block:
            new.append(instruction)
            continue
        block.append(instruction)
        if operator == "ET":
            run = _Run.of(block, sources)
            if run is None:
                left |= {str(i.operands[0]) for i in block if str(i.operator) == "Tf"}
            new += block if run is None else _written(run, pdf, joined, used)
            block = []
    data = pikepdf.unparse_content_stream(new + block)
    if isinstance(holder, Stream):
        holder.write(data)
    else:
        holder.Contents = pdf.make_stream(data)
    kept = {n: font for n, font in holder.Resources.Font.items() if n not in sources or n in left}
    holder.Resources.Font = Dictionary({**kept, **used})


class _Run:
    """A text object in Type 3 fonts: where it begins, and its clusters from there."""

    def __init__(self, size: float, matrix: list[Any]) -> None:
        self.size, self.matrix = size, matrix
        self.places: list[_Place] = []

    @classmethod
    def of(cls, block: list[Any], sources: dict[str, _Source]) -> _Run | None:
        """What a text object says; None where it has another font, or says it in a strange way."""
        fonts = [i.operands for i in block if str(i.operator) == "Tf"]
        matrices = [i.operands for i in block if str(i.operator) == "Tm"]
        sizes = {float(size) for _, size in fonts}
        if (
            {str(i.operator) for i in block} - _TEXT
            or {str(name) for name, _ in fonts} - sources.keys()
            or len(sizes) != 1
            or len(matrices) != 1
        ):
            return None
        run = cls(sizes.pop(), list(matrices[0]))
        return run if run._read(block, sources) else None

    def _read(self, block: list[Any], sources: dict[str, _Source]) -> bool:
        pen = _Pen(self.size, sources)
        span: str | None = None
        glyphs: list[_Glyph] = []
        for instruction in block:
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "BDC":
                if span is not None or "/ActualText" not in operands[1]:
                    return False
                span = str(operands[1].ActualText)
            elif operator == "EMC":
                if span is None:
                    return False
                self._place(glyphs, span)
                span, glyphs = None, []
            else:
                glyphs += pen.follow(operator, operands)
                if span is None:
                    for glyph in glyphs:
                        self._place([glyph], glyph.source.letters.get(glyph.code, ""))
                    glyphs = []
        return span is None

    def _place(self, glyphs: list[_Glyph], text: str) -> None:
        if glyphs:
            start, scale = glyphs[0].x, 1000 / self.size
            pieces = tuple(
                Piece(g.source.id, g.code, round((g.x - start) * scale), round(g.y * scale))
                for g in glyphs
            )
            self.places.append(_Place(start, Cluster(text, pieces)))


class _Glyph(NamedTuple):
    """A glyph of a text object and where it stands, from where that begins."""

    source: _Source
    code: int
    x: float
    y: float


class _Pen:
    """Follows what moves the place where the next glyph stands."""

    def __init__(self, size: float, sources: dict[str, _Source]) -> None:
        self.size, self.sources = size, sources
        self.source: _Source | None = None
        self.x = self.y = 0.0

    def follow(self, operator: str, operands: Any) -> Iterator[_Glyph]:
        """The glyphs that an instruction shows, if it shows any."""
        if operator == "Tf":
            self.source = self.sources[str(operands[0])]
        elif operator == "Td":
            self.x, self.y = self.x + float(operands[0]), self.y + float(operands[1])
        elif operator in ("Tj", "TJ") and self.source is not None:
            ahead = 0.0
            for part in operands[0] if operator == "TJ" else operands:
                if not isinstance(part, String):
                    ahead -= float(part) / 1000 * self.size
                    continue
                for code in bytes(part):
                    yield _Glyph(self.source, code, self.x + ahead, self.y)
                    ahead += self.source.width(code) * self.size


def _written(
    run: _Run, pdf: pikepdf.Pdf, joined: _Joined, used: dict[str, Object]
) -> Iterator[Any]:
    """A text object anew; the fonts that it names are added to ``used``."""
    yield _op("BT")
    yield _op("Tm", *run.matrix)
    pen = 0.0
    for part, places in groupby(run.places, key=lambda place: joined.number(place.cluster)[0]):
        name, used[name] = joined.font(pdf, part)
        row = list(places)
        yield _op("Tf", Name(name), _number(run.size))
        yield _op("Td", _number(row[0].x - pen), 0)
        yield _op("TJ", _array(row, run.size, joined))
        pen = row[0].x
    yield _op("ET")


def _array(places: list[_Place], size: float, joined: _Joined) -> Array:
    array: list[Any] = []
    pen = places[0].x
    codes = bytearray()
    for place in places:
        apart = round((pen - place.x) / size * 1000)
        if apart:
            array += [String(bytes(codes)), apart]
            codes = bytearray()
        codes.append(joined.number(place.cluster)[1])
        pen = place.x + joined.advance(place.cluster) * size
    return Array([*array, String(bytes(codes))])


def _op(operator: str, *operands: Any) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(list(operands), Operator(operator))


def _number(value: float) -> Any:
    return Object.parse(f"{value:.5f}".rstrip("0").rstrip(".").encode())


# --- fonts --------------------------------------------------------------------------------------


class _Source:
    """A Type 3 font as Chromium wrote it."""

    def __init__(self, font: Object) -> None:
        self.id = f"{font.objgen[0]}"
        across, _, _, up, *_ = (float(n) for n in font.FontMatrix)
        self.scale = (across * 1000, up * -1000)
        """What its units are of ours."""
        self.letters = dict(_letters(font.ToUnicode))
        self._widths = [float(n) for n in font.Widths]
        self._first = int(font.FirstChar)
        self._names = _names(font.Encoding.Differences)
        self._procs = font.CharProcs
        self._glyphs: dict[int, tuple[list[float], bytes]] = {}

    def width(self, code: int) -> float:
        """How far a glyph moves on, in parts of the size."""
        return self._widths[code - self._first] * self.scale[0] / 1000

    def glyph(self, code: int) -> tuple[list[float], bytes]:
        """The box of a glyph and its path."""
        if code not in self._glyphs:
            head, *path = pikepdf.parse_content_stream(self._procs[self._names[code]])
            box = [float(n) for n in head.operands[2:]]
            self._glyphs[code] = (box, b"\n".join(_rounded(one) for one in path))
        return self._glyphs[code]


class _Joined:
    """The fonts that have a glyph for each cluster."""

    def __init__(self) -> None:
        self._sources: dict[str, _Source] = {}
        self._numbers: dict[Cluster, int] = {}
        self._fonts: list[Object] = []

    def source(self, font: Object) -> _Source:
        """A font as Chromium wrote it, read once."""
        source = self._sources.get(f"{font.objgen[0]}") or _Source(font)
        return self._sources.setdefault(source.id, source)

    def advance(self, cluster: Cluster) -> float:
        """How far a cluster moves on, in parts of the size."""
        return sum(self._sources[piece.font].width(piece.code) for piece in cluster.pieces)

    def number(self, cluster: Cluster) -> tuple[int, int]:
        """In which of the new fonts a cluster is, and its code there."""
        number = self._numbers.setdefault(cluster, len(self._numbers))
        part, at = divmod(number, len(CODES))
        return part, CODES[at]

    def font(self, pdf: pikepdf.Pdf, part: int) -> tuple[str, Object]:
        """One of the new fonts and its name; it is written at the end."""
        while len(self._fonts) <= part:
            self._fonts.append(pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type3)))
        return f"/Clusters{part}", self._fonts[part]

    def write(self, pdf: pikepdf.Pdf) -> None:
        """Write the new fonts."""
        clusters = list(self._numbers)
        for part, font in enumerate(self._fonts):
            own = clusters[part * len(CODES) : (part + 1) * len(CODES)]
            self._fill(pdf, font, dict(zip(CODES, own, strict=False)))

    def _fill(self, pdf: pikepdf.Pdf, font: Object, clusters: dict[int, Cluster]) -> None:
        codes = range(CODES[0], max(clusters) + 1)
        widths = [self.advance(clusters[c]) * 1000 if c in clusters else 0 for c in codes]
        drawn = {code: self._drawn(cluster) for code, cluster in clusters.items()}
        font.FontMatrix = Array([_number(n) for n in (0.001, 0, 0, -0.001, 0, 0)])
        font.FontBBox = Array(_around([box for box, _ in drawn.values()]))
        font.FirstChar, font.LastChar = codes[0], codes[-1]
        font.Widths = Array([_number(width) for width in widths])
        font.CharProcs = Dictionary(
            {f"/c{code}": pdf.make_stream(data) for code, (_, data) in drawn.items()}
        )
        named = [entry for code in clusters for entry in (code, Name(f"/c{code}"))]
        font.Encoding = Dictionary(Type=Name.Encoding, Differences=Array(named))
        font.ToUnicode = pdf.make_stream(_to_unicode({c: u.text for c, u in clusters.items()}))

    def _drawn(self, cluster: Cluster) -> tuple[list[int], bytes]:
        """The box of a cluster, and how it is drawn."""
        boxes, parts = [], []
        for piece in cluster.pieces:
            source = self._sources[piece.font]
            box, path = source.glyph(piece.code)
            across, up = source.scale
            at = (piece.x, -piece.y)
            boxes.append([box[n] * (up if n % 2 else across) + at[n % 2] for n in range(4)])
            parts.append(b"q %g 0 0 %g %d %d cm %s Q" % (round(across, 4), round(up, 4), *at, path))
        around = _around(boxes)
        head = "{:g} 0 {} {} {} {} d1\n".format(self.advance(cluster) * 1000, *around)
        return around, head.encode() + b"\n".join(parts)


def _rounded(instruction: Any) -> bytes:
    numbers = b" ".join(b"%d" % round(float(n)) for n in instruction.operands)
    return numbers + b" " + str(instruction.operator).encode()


def _around(boxes: list[Any]) -> list[int]:
    """The box around all."""
    sides = list(zip(*boxes, strict=True))
    return [floor(min(sides[n])) for n in (0, 1)] + [ceil(max(sides[n])) for n in (2, 3)]


def _names(differences: Any) -> dict[int, str]:
    names, code = {}, 0
    for entry in differences:
        if isinstance(entry, Name):
            names[code] = str(entry)
            code += 1
        else:
            code = int(entry)
    return names


def _letters(cmap: Object) -> Iterator[tuple[int, str]]:
    """The letters of each code that a ToUnicode stream tells."""
    for instruction in pikepdf.parse_content_stream(cmap):
        told: list[Any] = list(instruction.operands)
        operator = str(instruction.operator)
        if operator == "endbfchar":
            for code, letters in zip(told[::2], told[1::2], strict=True):
                yield _code(code), _decoded(bytes(letters))
        elif operator == "endbfrange":
            for first, last, letters in zip(told[::3], told[1::3], told[2::3], strict=True):
                base = _decoded(bytes(letters))
                for n in range(_code(last) - _code(first) + 1):
                    yield _code(first) + n, base[:-1] + chr(ord(base[-1]) + n)


def _code(written: Any) -> int:
    return int.from_bytes(bytes(written))


def _decoded(letters: bytes) -> str:
    return letters.decode("utf-16-be").replace("\0", "")


def _to_unicode(letters: dict[int, str]) -> bytes:
    """A ToUnicode stream for these letters by code (ISO 32000-1, 9.10.3)."""
    lines = [
        f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>"
        for code, text in letters.items()
        if text
    ]
    chunks = [lines[n : n + 100] for n in range(0, len(lines), 100)]
    maps = "".join("\n".join([f"{len(c)} beginbfchar", *c, "endbfchar\n"]) for c in chunks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{maps}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
