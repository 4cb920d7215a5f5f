"""Pictures of the record: what kind they are, by their bytes. Only this module imports Pillow."""

from __future__ import annotations

import io
import warnings
from typing import NamedTuple

from PIL import Image

KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
"""What a browser may be shown; SVG can hold scripts and is none of them."""

MOST_SIDE = 4000
_GPS = 0x8825


class PictureError(Exception):
    """Bytes that are no picture to publish: what was found in them, and what is expected."""

    def __init__(self, found: str, expected: str = "a picture: PNG, JPEG or WebP") -> None:
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
        raise PictureError("the picture with too many pixels", _size()) from None
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, OverflowError) as error:
        # Pillow tells the object that it could not read; its address is no news.
        raise PictureError(f"the {type(error).__name__} of reading {len(data):,} bytes") from None
    if max(width, height) > MOST_SIDE:
        raise PictureError(f"the size of {width} × {height} pixels", _size())
    if has_place:
        raise PictureError("the place where it was taken", "a picture without its place")
    return Picture(data, KINDS[kind], width, height)


def _size() -> str:
    return f"at most {MOST_SIDE} pixels a side"
