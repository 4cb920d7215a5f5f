"""The reading face as a whole: every address of it, module by module."""

from __future__ import annotations

from collections.abc import Iterator

from .addresses import Address, Addresses
from .assessments import views as assessments
from .briefs import feeds as briefs_feed
from .briefs import views as briefs
from .cases.ways import WAYS
from .concerns import views as concerns
from .content import Content
from .pages import sitemap
from .pages import views as pages
from .pitches import views as pitches
from .registry import addresses as registry
from .registry import exports, feeds
from .results import views as results
from .search import views as search
from .surveys import views as surveys

MODULES: tuple[Addresses, ...] = (
    exports.addresses,
    pages.addresses,
    registry.addresses,
    feeds.addresses,
    briefs.addresses,
    briefs_feed.addresses,
    surveys.addresses,
    concerns.addresses,
    pitches.addresses,
    assessments.addresses,
    results.addresses,
    search.addresses,
)
"""Each reading view module names its pages here; one that is missing fails the freeze.

The downloads come first: they take longest, and can be written while the rest is looked at.
"""

FOR_DEVICES = {
    "registry.device",
    "registry.short",
    "registry.sign",
    "registry.devices_starting",
    "search.streets",
}
"""Views that name no page in a registry without devices, as a city's is on its first day."""

FOR_SURVEYS = {"surveys.survey", "surveys.paper", "surveys.poster"}
"""Views that name no page where there is no survey to be read."""

FOR_RESULTS = {"results.results", "results.as_csv", "results.as_json"}
"""Views that name no page where no survey has results."""

FOR_CASES = {"concerns.concern", "pitches.pitch"}
"""Views that name no page where nothing of this kind that people said was published."""

FOR_FILES = {"concerns.photo", "pitches.photo", "pitches.paper"}
"""Views that name no page where no file that was sent is published."""

FOR_PICTURES = {"briefs.picture"}
"""Views that name no page where briefs have no pictures."""

FOR_PDFS = {"briefs.pdf"}
"""Views that name no page where no PDFs are made."""


def may_be_missing(content: Content) -> set[str]:
    """The views that rightly name no page of this content."""
    of_devices = set() if content.registry.devices else FOR_DEVICES
    of_briefs = set() if content.briefs else {"briefs.brief"}
    of_surveys = set() if surveys.listed(content) else FOR_SURVEYS
    has_pictures = any(brief.files for brief in content.briefs.values())
    of_pictures = set() if has_pictures else FOR_PICTURES
    of_pdfs = set() if content.pdfs else FOR_PDFS
    of_cases = FOR_CASES - {WAYS[case.kind].page for case in content.cases.public}
    of_cases |= FOR_FILES - {
        f"{WAYS[case.kind].folder}.{'paper' if file.is_paper else 'photo'}"
        for case in content.cases.public
        for file in case.files
    }
    of_results = set() if content.results else FOR_RESULTS
    return of_devices | of_results | of_cases | of_briefs | of_surveys | of_pictures | of_pdfs


def addresses(content: Content) -> Iterator[Address]:
    """Every page of the reading face, once for all languages."""
    for module in MODULES:
        yield from module(content)
    yield from sitemap.addresses(content)
