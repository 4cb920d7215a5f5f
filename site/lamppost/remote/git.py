"""What git does between this record and its other copy: fetch, push, and merge without guessing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pygit2

from ..history import BRANCH, FAULTS, repository_at
from ..record import FOLDERS

THEIRS = "refs/remotes/record/main"
"""Where the newest save of the other copy is remembered."""

pygit2.settings.server_connect_timeout = 15_000
pygit2.settings.server_timeout = 60_000

_PLAIN = (pygit2.enums.FileMode.BLOB, pygit2.enums.FileMode.BLOB_EXECUTABLE)


class RemoteError(Exception):
    """The other copy could not be reached or used; the message says why, and holds no token."""


class BehindError(RemoteError):
    """The other copy has saves that are not here: they have to be fetched first."""


class Contested(NamedTuple):
    """A file that both sides have changed: what it held before, and what each side made of it.

    ``merged`` holds both changes, None where they are in the same lines. The others are None where
    the file is not there.
    """

    name: str
    before: bytes | None
    ours: bytes | None
    theirs: bytes | None
    merged: bytes | None = None


class Merge(NamedTuple):
    """What becomes of the record when the other copy's saves are taken in.

    ``files`` are the new contents of the record's files, None where one goes, and ``seen`` what
    they held; ``contested`` is what nobody but a person can decide. ``tree`` is git's name for the
    whole, empty while anything is contested.
    """

    ours: str
    theirs: str
    files: dict[str, bytes | None]
    seen: dict[str, bytes | None]
    contested: list[Contested]
    tree: str


class _Callbacks(pygit2.RemoteCallbacks):
    def __init__(self, url: str, token: str) -> None:
        super().__init__()
        self.url, self.token = url, token
        self.asked = False
        self.refused = ""

    def credentials(
        self, url: str, username_from_url: str | None, allowed_types: pygit2.enums.CredentialType
    ) -> pygit2.UserPass:
        # A host that asks again has refused the token; another host must not get it.
        there, here = urlsplit(url), urlsplit(self.url)
        if not self.token or (there.scheme, there.netloc) != (here.scheme, here.netloc):
            raise RemoteError("it asks for a token: LAMPPOST_RECORD_TOKEN")
        if self.asked or not allowed_types & pygit2.enums.CredentialType.USERPASS_PLAINTEXT:
            raise RemoteError("it does not accept the token")
        self.asked = True
        return pygit2.UserPass(username_from_url or "lamppost", self.token)

    def push_update_reference(self, refname: str, message: str | None) -> None:  # noqa: ARG002
        self.refused = message or ""


class _There:
    """The other copy at an address; each deed has a connection of its own."""

    def __init__(self, root: Path, url: str, token: str) -> None:
        self.repository, self.url, self.token = _repository(root), url, token

    def newest(self) -> str:
        """The id of its newest save; empty while it has none."""
        with self._reached() as (remote, callbacks):
            heads = {head.name: str(head.oid) for head in remote.list_heads(callbacks=callbacks)}
        return heads.get(BRANCH, "")

    def fetch(self) -> None:
        with self._reached() as (remote, callbacks):
            remote.fetch([f"+{BRANCH}:{THEIRS}"], callbacks=callbacks)

    def push(self, save: str) -> None:
        with self._reached() as (remote, callbacks):
            remote.push([f"{save}:{BRANCH}"], callbacks=callbacks)
        if callbacks.refused:
            raise RemoteError(f"it refused the save: {callbacks.refused}")

    @contextmanager
    def _reached(self) -> Iterator[tuple[pygit2.Remote, _Callbacks]]:
        try:
            remote = self.repository.remotes.create_anonymous(self.url)
            yield remote, _Callbacks(self.url, self.token)
        except FAULTS as error:
            words = str(error).replace(self.token, "…") if self.token else str(error)
            raise RemoteError(words) from None


def _repository(root: Path) -> pygit2.Repository:
    repository = repository_at(root)
    if repository is None or repository.head_is_unborn:
        raise RemoteError("the record has no history")
    return repository


def fetch(root: Path, url: str, token: str) -> str:
    """Fetch the saves of the other copy; the id of its newest, empty while it has none.

    Raises :class:`RemoteError`.
    """
    there = _There(root, url, token)
    if not there.newest():
        return ""
    there.fetch()
    return str(_repository(root).references[THEIRS].target)


def push(root: Path, url: str, token: str) -> str:
    """Send the saves that the other copy does not have; the id of the newest.

    Raises :class:`BehindError` when it has saves that are not here, and :class:`RemoteError`.
    """
    there = _There(root, url, token)
    repository = there.repository
    newest, theirs = str(repository.head.target), there.newest()
    if theirs and not (theirs in repository and _holds(repository, newest, theirs)):
        raise BehindError("it has changes that are not here")
    if theirs != newest:
        there.push(newest)
    repository.references.create(THEIRS, newest, force=True)
    return newest


def standing(root: Path) -> tuple[int, int]:
    """How many saves the other copy lacks, and how many of its are not here, as far as known."""
    repository = repository_at(root)
    if repository is None or repository.head_is_unborn or THEIRS not in repository.references:
        return 0, 0
    ahead, behind = repository.ahead_behind(
        repository.head.target, repository.references[THEIRS].target
    )
    return ahead, behind


def merge(root: Path, sides: Mapping[str, str]) -> Merge | None:
    """What becomes of the record with the saves that were fetched; None when all are here.

    ``sides`` decides for files by their names: ``ours``, ``theirs``, or ``merged`` where that can
    be had. Nothing is written but git's own objects.

    Raises :class:`RemoteError` for what no record may hold, and where there is nothing in common.
    """
    repository = _repository(root)
    if THEIRS not in repository.references:
        return None
    ours, theirs = (
        repository[id_].peel(pygit2.Commit)
        for id_ in (repository.head.target, repository.references[THEIRS].target)
    )
    if _holds(repository, str(ours.id), str(theirs.id)):
        return None
    base = repository.merge_base(ours.id, theirs.id)
    if base is None:
        raise RemoteError("it shares no save with this record: it is another one")
    index = repository.merge_commits(ours, theirs, flags=pygit2.enums.MergeFlag(0))
    before = repository[base].peel(pygit2.Tree)
    contested = []
    for name in sorted(_both_changed(before, ours.tree, theirs.tree) | _conflicts(index)):
        one = _contested(repository, name, before, ours.tree, theirs.tree, index)
        is_clean = one.merged is not None or name not in _conflicts(index)
        side = sides.get(name, "merged" if is_clean else "")
        if side in ("ours", "theirs"):
            _put(index, name, ours.tree if side == "ours" else theirs.tree)
        elif side != "merged" or not is_clean:
            contested.append(one)
    for name, side in sides.items():  # what only one side has changed may be left to the other
        if side == "ours" and not any(one.name == name for one in contested):
            _put(index, name, ours.tree)
    if contested:
        return Merge(str(ours.id), str(theirs.id), {}, {}, contested, "")
    tree = repository[index.write_tree(repository)].peel(pygit2.Tree)
    changes = list(_changes(ours.tree, tree))
    return Merge(
        str(ours.id),
        str(theirs.id),
        {name: after for name, _, after in changes},
        {name: before_ for name, before_, _ in changes},
        [],
        str(tree.id),
    )


def incoming(root: Path) -> list[Contested]:
    """The files that the other copy has changed since both were the same, for a person to judge."""
    repository = _repository(root)
    ours = repository.head.peel(pygit2.Commit)
    theirs = repository.references[THEIRS].peel(pygit2.Commit)
    base = repository.merge_base(ours.id, theirs.id)
    before = repository[base].peel(pygit2.Tree) if base else ours.tree
    index = repository.merge_commits(ours, theirs, flags=pygit2.enums.MergeFlag(0))
    names = sorted(_names(before, theirs.tree))
    return [_contested(repository, n, before, ours.tree, theirs.tree, index) for n in names]


def _holds(repository: pygit2.Repository, newer: str, older: str) -> bool:
    """Whether the save ``older`` is ``newer``, or came before it."""
    return newer == older or repository.descendant_of(newer, older)


def _names(before: pygit2.Tree, after: pygit2.Tree) -> set[str]:
    deltas = before.diff_to_tree(after).deltas
    return {file.path for delta in deltas for file in (delta.old_file, delta.new_file) if file.path}


def _both_changed(before: pygit2.Tree, ours: pygit2.Tree, theirs: pygit2.Tree) -> set[str]:
    found = _names(before, ours) & _names(before, theirs)
    return found & _names(ours, theirs)


def _conflicts(index: pygit2.Index) -> set[str]:
    sides = [side for conflict in index.conflicts or () for side in conflict]
    return {side.path for side in sides if side}


def _contested(
    repository: pygit2.Repository,
    name: str,
    before: pygit2.Tree,
    ours: pygit2.Tree,
    theirs: pygit2.Tree,
    index: pygit2.Index,
) -> Contested:
    merged = None
    if name not in _conflicts(index) and name in index:
        merged = bytes(repository[index[name].id].peel(pygit2.Blob).data)
    return Contested(name, _data(before, name), _data(ours, name), _data(theirs, name), merged)


def _data(tree: pygit2.Tree, name: str) -> bytes | None:
    return bytes(tree[name].peel(pygit2.Blob).data) if name in tree else None


def _put(index: pygit2.Index, name: str, tree: pygit2.Tree) -> None:
    """Let one side's file stand in what is merged, as it is there, or not at all."""
    if name in _conflicts(index):
        del index.conflicts[name]
    if name in tree:
        index.add(pygit2.IndexEntry(name, tree[name].id, tree[name].filemode))
    elif name in index:
        index.remove(name)


def _changes(
    before: pygit2.Tree, after: pygit2.Tree
) -> Iterator[tuple[str, bytes | None, bytes | None]]:
    """The files of the record that differ; what else a repository holds is left in git."""
    for delta in before.diff_to_tree(after).deltas:
        name = delta.new_file.path or delta.old_file.path
        if name.split("/")[0] not in FOLDERS or any(part[0] == "." for part in name.split("/")):
            continue
        is_there = delta.status != pygit2.enums.DeltaStatus.DELETED
        if is_there and delta.new_file.mode not in _PLAIN:
            raise RemoteError(f"{name} is a link or another repository; a record has files alone")
        yield name, _data(before, name), _data(after, name)
