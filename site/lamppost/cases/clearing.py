"""Photos and PDFs that people have sent: cleared by one, published by another.

Parts of a photo can be covered; of a PDF nothing can.

The original stays sealed. What anybody may see is made from it when it is published, and is gone
once the case is.
"""

from __future__ import annotations

from datetime import date
from hashlib import blake2b

from ..apart import attachments
from ..apart.models import Attachment
from ..db import sessions
from ..lifecycle import STAFF
from ..pictures import Box, Picture, covered
from ..staff.models import Staff
from . import deeds, publication
from .deeds import NotNowError
from .models import Case, ClearedFile
from .notices import subject_of
from .retention import ORIGINAL_AFTER_PUBLISHED
from .visible import GONE
from .ways import WAYS

Alt = dict[str, tuple[str, str]]
"""What a file shows, by language, and who made each text."""


def files_of(case: Case) -> list[Attachment]:
    """The pictures and PDFs of a case that may ever be published; still sealed."""
    way = WAYS[case.kind]
    return [
        one
        for one in attachments.attachments_of(subject_of(case))
        if one.purpose == (way.papers if one.is_paper else way.photos)
    ]


def may_be_shown(case: Case) -> bool:
    """Whether its writer lets their own words, and so their files, be published at all."""
    return case.wish == "words" and case.outcome not in GONE and case.moderation != "withheld"


def as_shown(sent: Attachment, boxes: list[Box]) -> Picture:
    """A photo with parts covered. Raises what opening a file does, and ``PictureError``."""
    return covered(attachments.bytes_of(sent), boxes)


def clear(
    case: Case, sent: Attachment, boxes: list[Box], alt: Alt, *, staff: Staff, seen: int
) -> None:
    """Prepare a file for the public; somebody else publishes it. One that was public is not."""
    deeds.not_frozen(case)
    if not may_be_shown(case):
        raise NotNowError
    deeds.claim_version(case, seen)
    _take_out(case, sent.id)
    sessions().flush()
    case.files.append(
        ClearedFile(
            attachment_id=sent.id,
            boxes=[list(box) for box in boxes],
            alt={code: list(told) for code, told in alt.items()},
            cleared_by=staff.id,
        )
    )
    publication.takes_part(case, staff)
    deeds.finish(case, "clear-photo", STAFF)


def publish(case: Case, sent: Attachment, *, today: date, staff: Staff, seen: int) -> None:
    """Let anybody see a file as it was prepared; whoever prepared it cannot.

    The original behind what is covered is kept for some time only.
    """
    deeds.not_frozen(case)
    cleared = case.file(sent.id)
    if cleared is None or cleared.cleared_by == staff.id or not may_be_shown(case):
        raise NotNowError
    deeds.claim_version(case, seen)
    if sent.is_paper:
        cleared.data, ending = attachments.bytes_of(sent), "pdf"
    else:
        made = as_shown(sent, cleared.covered)
        cleared.data, cleared.width, cleared.height = made.data, made.width, made.height
        ending = "jpg"
    cleared.name = f"{blake2b(cleared.data, digest_size=10).hexdigest()}.{ending}"
    if cleared.is_covered:
        sent.delete_after = min(sent.delete_after, today + ORIGINAL_AFTER_PUBLISHED)
    publication.takes_part(case, staff)
    deeds.finish(case, "publish-photo", STAFF)


def without_original(case: Case) -> list[ClearedFile]:
    """The public files whose originals are deleted; they can only be taken back."""
    kept = {one.id for one in files_of(case)}
    return [one for one in case.files if one.attachment_id not in kept]


def withdraw(case: Case, attachment_id: bytes, *, staff: Staff, seen: int) -> None:
    """Take a file back, prepared or public, whether its original is still kept or not."""
    deeds.not_frozen(case)
    if case.file(attachment_id) is None:
        raise NotNowError
    deeds.claim_version(case, seen)
    _take_out(case, attachment_id)
    publication.takes_part(case, staff)
    deeds.finish(case, "withdraw-photo", STAFF)


def _take_out(case: Case, attachment_id: bytes) -> None:
    """Take a file out of the case, and out of every release that could come back."""
    cleared = case.file(attachment_id)
    if cleared is None:
        return
    case.files.remove(cleared)
    if cleared.name:
        folder = "files" if cleared.name.endswith(".pdf") else "photos"
        publication.forget_file(case, f"{folder}/{case.reference}/{cleared.name}")
