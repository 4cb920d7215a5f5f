"""Pictures of the record: what kind they are, by their bytes. Only this module imports Pillow."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from math import ceil, floor
from typing import Any, NamedTuple

from PIL import Image, ImageOps

from .phrases import phrase

KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
"""What a browser may be shown; SVG can hold scripts and is none of them."""

MOST_SIDE = 4000
_GPS = 0x8825


class PictureError(Exception):
    """Bytes that are no picture to publish: what was found in them, and what is expected."""

    def __init__(self, found: str, expected: str = phrase("a picture: PNG, JPEG or WebP")) -> None:
        super().__init__(f"found {found}; expected {expected}")
        self.found, self.expected = found, expected


class Picture(NamedTuple):
    """A picture that may be published: its bytes, its media type, its size in pixels."""

    data: bytes
    mimetype: str
    width: int
    height: int


def picture(data: bytes) -> Picture:
    """The picture in ``data``. Raises :class:`PictureError`, whatever the bytes are.

    One that tells where it was taken is refused: whoever took it may not know that it does.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(KINDS)) as found:
                kind, (width, height) = str(found.format), found.size
                has_place = bool(found.getexif().get_ifd(_GPS))
                if max(width, height) <= MOST_SIDE:
                    found.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PictureError(phrase("the picture with too many pixels"), _size()) from None
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, OverflowError) as error:
        # Pillow tells the object that it could not read; its address is no news.
        raise PictureError(_unread(error, data)) from None
    if max(width, height) > MOST_SIDE:
        raise PictureError(_pixels_of(width, height), _size())
    if has_place:
        raise PictureError(
            phrase("the place where it was taken"), phrase("a picture without its place")
        )
    return Picture(data, KINDS[kind], width, height)


MOST_SENT_BYTES = 15_000_000
"""How large a picture may be when it is sent; what is kept is far smaller."""

MOST_PIXELS = 24_000_000
MOST_PIXELS_OF_JPEG = 64_000_000
"""How many pixels are decoded: a JPEG is made smaller while it is."""

WIDE = 1600
"""The longest side of what is kept: sharp on a large screen."""

_QUALITIES = (82, 70, 55)


def prepared(data: bytes, most_bytes: int) -> Picture:
    """A picture as somebody sent it, made fit to be published: smaller, and nothing but pixels.

    What a camera wrote into it (place, time, device) is left out. Raises :class:`PictureError`;
    what is too large is refused by its first bytes, before anything is decoded.
    """
    if len(data) > MOST_SENT_BYTES:
        found = phrase("the size of %(size)s bytes", size=f"{len(data):,}")
        raise PictureError(found, phrase("at most %(most)s bytes", most=f"{MOST_SENT_BYTES:,}"))
    image = _opened(data)
    made = next((one for one in _encodings(image) if len(one) <= most_bytes), None)
    if made is None:
        told = phrase("a picture of at most %(most)s bytes", most=f"{most_bytes:,}")
        raise PictureError(phrase("more detail than fits"), told)
    return picture(made)


class Box(NamedTuple):
    """A part of a picture: where it begins and how large it is, in per cent of its sides."""

    x: float
    y: float
    width: float
    height: float


COVER = (112, 112, 112)


def covered(data: bytes, boxes: Iterable[Box]) -> Picture:
    """A picture with parts covered, as JPEG. Raises :class:`PictureError`.

    They are filled with one colour before it is encoded: of a mosaic, what was there can be
    computed back.
    """
    image = _opened(data)
    if image.mode == "RGBA":
        on_white = Image.new("RGBA", image.size, "white")
        on_white.alpha_composite(image)
        image = on_white.convert("RGB")
    for box in boxes:
        left, top = box.x * image.width / 100, box.y * image.height / 100
        right, bottom = left + box.width * image.width / 100, top + box.height * image.height / 100
        whole = (floor(left), floor(top), ceil(right), ceil(bottom))
        image.paste(COVER, whole)
    return picture(_encoded(image, "JPEG", quality=_QUALITIES[0], optimize=True))


def _opened(data: bytes) -> Image.Image:
    """The pixels of a picture. Raises :class:`PictureError`, whatever the bytes are."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decoded(data)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PictureError(phrase("the picture with too many pixels"), _pixels()) from None
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, OverflowError) as error:
        raise PictureError(_unread(error, data)) from None


def _decoded(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=tuple(KINDS)) as found:
        is_jpeg = found.format == "JPEG"
        if found.width * found.height > (MOST_PIXELS_OF_JPEG if is_jpeg else MOST_PIXELS):
            raise PictureError(_pixels_of(found.width, found.height), _pixels())
        if is_jpeg:
            found.draft("RGB", (WIDE, WIDE))
        found.load()
        has_alpha = found.has_transparency_data
        turned = ImageOps.exif_transpose(found)  # by what is left out next
        image = turned.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((WIDE, WIDE))
    image.info = {}
    return image


def _encodings(image: Image.Image) -> Iterator[bytes]:
    """The picture ever smaller: as PNG where it is see-through, else as JPEG."""
    for side in (WIDE, WIDE // 2, WIDE // 4):
        smaller = image.copy()
        smaller.thumbnail((side, side))
        if image.mode == "RGBA":
            yield _encoded(smaller, "PNG", optimize=True)
        else:
            for quality in _QUALITIES:
                yield _encoded(smaller, "JPEG", quality=quality, optimize=True, progressive=True)


def _encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def _pixels() -> str:
    return phrase("at most %(most)s million pixels", most=MOST_PIXELS // 1_000_000)


def _pixels_of(width: int, height: int) -> str:
    return phrase("the size of %(width)s × %(height)s pixels", width=width, height=height)


def _unread(error: Exception, data: bytes) -> str:
    name, size = type(error).__name__, f"{len(data):,}"
    return phrase("the %(name)s of reading %(size)s bytes", name=name, size=size)


def _size() -> str:
    return phrase("at most %(most)s pixels a side", most=MOST_SIDE)
