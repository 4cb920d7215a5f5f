"""What publishing does: freeze, keep as a release, make it public, send it."""

from __future__ import annotations

from ..config import Config
from ..content import read_content
from ..freezer import freeze
from ..history import newest
from ..published import BrokenRecordError
from ..remote.sync import before_publishing
from .job import Jobs
from .releases import Release, Releases
from .targets import SendError, send


def prepare(config: Config) -> Release:
    """Freeze the record as it is now, and keep it as a release that waits to be published.

    A record with mistakes is not published, though a freeze by itself would go on with the last
    sound one: who publishes means what is there now.

    What the record's other copy has is taken in first.

    Raises :class:`~lamppost.published.BrokenRecordError` for such a record,
    :class:`~lamppost.remote.sync.UndecidedError` when a person must decide between both copies,
    what :func:`lamppost.remote.sync.take_in` and :func:`lamppost.freezer.freeze` raise; the public
    site stays as it was.
    """
    with Jobs(config.public).at_work("freeze") as progress:
        releases = Releases(config.public)
        before_publishing(config)
        save = newest(config.record)
        if problems := read_content(config).problems:
            raise BrokenRecordError("\n".join(map(str, problems[:20])))
        before = None
        while before != releases.forgotten:  # what a freeze has read, somebody may take back
            before = releases.forgotten
            freeze(config, releases.frozen, progress=progress.steps("freeze"))
        return releases.add(save)


def publish(config: Config, id_: str, by: str) -> Release:
    """Make a release public, and send it to where the site is published.

    Raises ``KeyError`` for a release that is not there, and
    :class:`~lamppost.publishing.targets.SendError` when it is public here but not everywhere.
    """
    with Jobs(config.public).at_work("send") as progress:
        releases = Releases(config.public)
        release = releases.publish(id_, by)
        failed = []
        for url in config.publish_to:
            try:
                send(releases.site(release), url, progress=progress.steps("send"))
            except SendError as error:
                failed.append(str(error))
        if failed:
            raise SendError("\n".join(failed))
        return release
