"""Pictures of drafts: made small and clean, or refused at once."""

from __future__ import annotations

import io
import struct
import time
import zlib

import pytest
from PIL import Image

from lamppost.briefs.load import MOST_PICTURE_BYTES
from lamppost.pictures import MOST_SENT_BYTES, PictureError, picture, prepared
from lamppost.record import Record


def photo(width: int = 3000, height: int = 2000, kind: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (33.0, 46.0, 0.0)}
    exif[0x0110] = "A camera"
    return photo(exif=exif.tobytes(), comment=b"taken by somebody")


def bomb(side: int) -> bytes:
    """A PNG that says it is very large, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bomb(50_000), id="50,000 x 50,000 PNG"),
        pytest.param(bomb(8_000), id="8,000 x 8,000 PNG"),
        pytest.param(SVG, id="SVG with script"),
        pytest.param(b"GIF89a" + bytes(200), id="GIF"),
        pytest.param(b"%PDF-1.7", id="PDF"),
        pytest.param(b"", id="nothing"),
        pytest.param(photo(40, 40)[:200], id="half a JPEG"),
        pytest.param(bytes(MOST_SENT_BYTES + 1), id="too many bytes"),
    ],
)
def test_what_is_no_picture_to_take_is_refused_at_once(data):
    start = time.process_time()
    with pytest.raises(PictureError):
        prepared(data, MOST_PICTURE_BYTES)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (with_place(), "image/jpeg"),
        (photo(kind="WEBP"), "image/jpeg"),
        (photo(2000, 1200, "PNG"), "image/jpeg"),
    ],
)
def test_a_picture_is_made_small_and_holds_nothing_but_pixels(data, kind):
    start = time.process_time()
    made = prepared(data, MOST_PICTURE_BYTES)
    assert time.process_time() - start < 2
    assert made.mimetype == kind
    assert len(made.data) <= MOST_PICTURE_BYTES
    assert max(made.width, made.height) <= 1600
    with Image.open(io.BytesIO(made.data)) as found:
        assert dict(found.getexif()) == {}
        assert not {"comment", "exif", "icc_profile", "xmp"} & found.info.keys()


def test_a_see_through_picture_stays_so_and_a_turned_one_is_turned():
    out = io.BytesIO()
    Image.new("RGBA", (40, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert picture(prepared(out.getvalue(), 10_000).data).mimetype == "image/png"
    exif = Image.Exif()
    exif[0x0112] = 6
    made = prepared(photo(40, 20, exif=exif.tobytes()), 10_000)
    assert (made.width, made.height) == (20, 40)


def sent(client, draft: str, data: bytes, **more: str):
    told = {"name": "walk", "alt_en": "A street", "caption_en": "", **more}
    return client.post(f"{draft}pictures/", data={**told, "file": (io.BytesIO(data), "../a.jpg")})


def test_a_picture_goes_with_its_words_into_the_record(written, sign_in, send, moved, kept):
    draft, author = written(), sign_in("author")
    assert sent(author, draft, photo(300, 200), alt_es="Una calle").status_code == 303
    assert author.get(f"{draft}pictures/walk.jpg").mimetype == "image/jpeg"
    for code, body in {"en": "So.\n\n![](picture:walk)", "es": "Así.\n\n![](picture:walk)"}.items():
        words = {"title": "A", "summary": "B", "made": "human", "follows": "y"}
        send(author, f"{draft}texts/{code}/", **words, body=body)
    assert "is no picture" not in author.get(f"{draft}texts/en/").text
    assert "what the picture" not in author.get(f"{draft}texts/es/").text
    assert f"{draft}pictures/walk.jpg" in author.get(f"{draft}preview/").text
    moved(draft, "submit", "author")
    assert moved(draft, "publish", "reviewer", note="With a picture").status_code == 303
    raw = Record(kept).mapping("content/briefs/what-a-brief-is/brief.yaml")
    alt = {"en": "A street", "es": "Una calle"}
    assert raw["pictures"] == [{"id": "walk", "file": "walk.jpg", "alt": alt}]
    assert (kept / "content/briefs/what-a-brief-is/walk.jpg").exists()


def test_a_picture_needs_words_and_can_be_taken_out(written, sign_in):
    draft, author = written(), sign_in("author")
    assert sent(author, draft, photo(30, 20), alt_en="").status_code == 422
    assert sent(author, draft, SVG).status_code == 422
    sent(author, draft, photo(30, 20))
    assert sent(author, draft, photo(30, 20)).status_code == 422
    assert author.post(f"{draft}pictures/walk.jpg/remove/").status_code == 303
    assert author.get(f"{draft}pictures/walk.jpg").status_code == 404


def test_a_file_of_200_megabytes_is_not_read(written, sign_in):
    draft, author = written(), sign_in("author")
    start = time.process_time()
    answer = author.post(
        f"{draft}pictures/", environ_overrides={"CONTENT_LENGTH": "200000000"},
        content_type="multipart/form-data; boundary=x",
    )  # fmt: skip
    assert answer.status_code == 413
    assert "too large" in answer.text
    assert time.process_time() - start < 2
