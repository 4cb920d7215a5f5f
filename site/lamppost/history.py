"""The record's history, kept by git: who changed what, when, and with which public note.

Only this module and ``remote.git`` import pygit2. Each save is one commit whose message is the
public change note; the tag ``good`` names the last state that passed the check.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pygit2

from .record import FOLDERS

BRANCH = "refs/heads/main"
GOOD = "refs/tags/good"
OWN = "refs/lamppost/own"
"""The newest save that was made here, not by git alone."""
_PREFIXES = tuple(f"{folder}/" for folder in FOLDERS)
_OURS = "lamppost.record"
SITE = ("Lamppost", "record@localhost")
"""The author of what nobody at the desk has saved."""


class NoHistoryError(Exception):
    """The folder has no history to save to."""


class NotSavedError(Exception):
    """git could not make the save; the record's files are as they were before it was asked."""


class FileChange(NamedTuple):
    """A file before and after a save; None where it was not there."""

    name: str
    before: bytes | None
    after: bytes | None


class Save(NamedTuple):
    """One save of the record: its id, its moment (UTC), its public note, the files it changed.

    ``by`` is the name of its author, ``mailbox`` where they can be reached.
    """

    id: str
    at: datetime
    note: str
    files: tuple[FileChange, ...]
    by: str = ""
    mailbox: str = ""


def start(root: Path, shipped: Path, note: str) -> bool:
    """Make the record at ``root`` from the shipped files; False when there is one already.

    It is built beside and moved in, so that a killed start leaves no half record.
    """
    if (root / ".git").is_dir():
        return False
    beside = root.with_name(root.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    for folder in FOLDERS:
        if (shipped / folder).is_dir():
            shutil.copytree(shipped / folder, beside / folder)
    repository = pygit2.init_repository(str(beside), initial_head="main")
    repository.config[_OURS] = True
    save(beside, note)
    root.parent.mkdir(parents=True, exist_ok=True)
    beside.rename(root)
    return True


def save(
    root: Path, note: str, author: tuple[str, str] = SITE, *, only: Iterable[str] = ()
) -> str | None:
    """Commit what has changed in the working files with ``note``; None when nothing has.

    With ``only`` these files alone: what else somebody has changed meanwhile is not this author's.
    Raises :class:`NoHistoryError` when there is no repository at ``root``.
    Raises :class:`NotSavedError` when git fails.
    """
    repository = repository_at(root)
    if repository is None:
        raise NoHistoryError(f"{root} has no history: lamppost init makes a record that has one")
    names = tuple(only)
    try:
        tree = _tree_of_some(repository, names) if names else _tree_of_all(repository)
        made = _committed(repository, tree, note, author)
    except FAULTS as error:
        raise NotSavedError(f"git could not make the save: {error}") from error
    # The index only remembers; what it does not know it finds out at the next save.
    with suppress(*FAULTS):
        for name in names:
            _remember(repository, name)
        repository.index.write()
    _mark_own(repository)
    return made


FAULTS = (pygit2.GitError, OSError, KeyError, ValueError)
"""What pygit2 makes of git's errors."""


def _committed(
    repository: pygit2.Repository, tree: pygit2.Oid, note: str, author: tuple[str, str]
) -> str | None:
    parents = [] if repository.head_is_unborn else [repository.head.target]
    if parents and repository.head.peel(pygit2.Commit).tree_id == tree:
        return None
    signature = pygit2.Signature(*author)
    fault: Exception | None = None
    try:
        repository.create_commit(BRANCH, signature, signature, note, tree, parents)
    except FAULTS as error:
        fault = error
    # On a full disk git may fail without a word, or fail at its log when the save is made: only
    # where the branch has come to tells which.
    if repository.head_is_unborn or repository.head.peel(pygit2.Commit).tree_id != tree:
        why = fault or "is the disk full?"
        raise NotSavedError(f"git could not make the save: {why}")
    return str(repository.head.target)


class Join(NamedTuple):
    """That two histories become one: their newest saves, and git's name for the files of both."""

    ours: str
    theirs: str
    tree: str


def join(root: Path, both: Join, note: str, author: tuple[str, str]) -> str:
    """Let the branch hold the saves of both sides; the id of its newest.

    Where nothing was saved here since, that is theirs itself, else a save of both, by ``author``
    with ``note``. Joined already, nothing happens. Raises :class:`NotSavedError`, also when
    something else was saved here meanwhile.
    """
    ours, theirs, tree = both
    repository = repository_at(root)
    if repository is None:
        raise NotSavedError("the record has no history")
    try:
        head = str(repository.head.target)
        if head == theirs or repository.descendant_of(head, theirs):
            pass  # a save that was cut off had come so far
        elif head != ours:
            raise NotSavedError("something else was saved meanwhile")
        elif repository.descendant_of(theirs, ours) and tree == _tree(repository, theirs):
            repository.references.create(BRANCH, theirs, force=True)
        else:
            signature = pygit2.Signature(*author)
            repository.create_commit(BRANCH, signature, signature, note, tree, [ours, theirs])
    except FAULTS as error:
        raise NotSavedError(f"git could not make the save: {error}") from error
    with suppress(*FAULTS):
        repository.index.read_tree(repository.head.peel(pygit2.Tree))
        repository.index.write()
    _mark_own(repository)
    return str(repository.head.target)


def _tree(repository: pygit2.Repository, save: str) -> str:
    return str(repository[save].peel(pygit2.Tree).id)


def _mark_own(repository: pygit2.Repository) -> None:
    with suppress(*FAULTS):
        repository.references.create(OWN, repository.head.target, force=True)


class Behind(NamedTuple):
    """What git has done to a record behind the desk's back.

    ``unsaved`` are files that differ from the newest save; ``saves`` how many saves were made by
    git alone since the last one that was not; ``rewritten`` whether that one is gone from the
    history; ``elsewhere`` whether another branch than the record's is checked out.
    """

    unsaved: list[str]
    saves: int
    rewritten: bool
    elsewhere: bool

    def __bool__(self) -> bool:
        return any(self)


def behind(root: Path) -> Behind:
    """What has happened to the record other than by saving it here."""
    repository = repository_at(root)
    if repository is None or repository.head_is_unborn:
        return Behind([], 0, rewritten=False, elsewhere=False)
    seen = (name for name in repository.status() if name.startswith(_PREFIXES))
    changed = sorted(name for name in seen if "/." not in name)
    saves, rewritten = 0, False
    if OWN in repository.references:
        since = (repository.head.target, repository.references[OWN].target)
        saves, lost = repository.ahead_behind(*since)
        rewritten = lost > 0
    elsewhere = repository.references["HEAD"].target != BRANCH
    return Behind(changed, saves, rewritten, elsewhere)


def _tree_of_all(repository: pygit2.Repository) -> pygit2.Oid:
    repository.index.add_all(list(FOLDERS))
    repository.index.write()
    tree: pygit2.Oid = repository.index.write_tree()
    return tree


def _tree_of_some(repository: pygit2.Repository, names: Iterable[str]) -> pygit2.Oid:
    index = pygit2.Index()
    if not repository.head_is_unborn:
        index.read_tree(repository.head.peel(pygit2.Tree))
    for name in names:
        if (Path(repository.workdir) / name).is_file():
            blob = repository.create_blob_fromworkdir(name)
            index.add(pygit2.IndexEntry(name, blob, pygit2.enums.FileMode.BLOB))
        elif name in index:
            index.remove(name)
    tree: pygit2.Oid = index.write_tree(repository)
    return tree


def _remember(repository: pygit2.Repository, name: str) -> None:
    if (Path(repository.workdir) / name).is_file():
        repository.index.add(name)
    elif name in repository.index:
        repository.index.remove(name)


def mark_good(root: Path) -> None:
    """Remember the newest save as the last good one, when the files are as it left them."""
    repository = repository_at(root)
    if repository and not repository.head_is_unborn and not _is_changed(repository):
        repository.references.create(GOOD, repository.head.target, force=True)


def check_out_good(root: Path, destination: Path) -> bool:
    """Write the last good state's files to ``destination``; False when none was ever good."""
    repository = repository_at(root)
    if not repository or GOOD not in repository.references:
        return False
    tree = repository.references[GOOD].peel(pygit2.Tree)
    shutil.rmtree(destination, ignore_errors=True)
    destination.mkdir(parents=True)
    repository.checkout_tree(  # type: ignore[no-untyped-call]
        tree,
        directory=str(destination),
        strategy=pygit2.enums.CheckoutStrategy.FORCE
        | pygit2.enums.CheckoutStrategy.DONT_UPDATE_INDEX,
    )
    return True


def newest(root: Path) -> str:
    """The id of the newest save; empty where there is no history."""
    try:
        settings = (root / ".git" / "config").stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    # Whatever is sent asks it, and to open a repository takes four times as long as to ask.
    repository = _kept_open(root, settings.st_ino, settings.st_mtime_ns)
    return str(repository.head.target) if repository and not repository.head_is_unborn else ""


def saves_after(root: Path, save: str) -> frozenset[str] | None:
    """The ids of what was saved when ``save`` was there already; None where that is unknown."""
    repository = repository_at(root)
    if not save or not repository or save not in repository:
        return None
    walker = repository.walk(repository.head.target)
    walker.hide(save)
    return frozenset(str(commit.id) for commit in walker)


def saves(root: Path) -> Iterator[Save]:
    """The saves of the record, newest first; none where there is no repository."""
    repository = repository_at(root)
    if not repository or repository.head_is_unborn:
        return
    newest_first = pygit2.enums.SortMode.TIME | pygit2.enums.SortMode.TOPOLOGICAL
    for commit in repository.walk(repository.head.target, newest_first):
        trees = [parent.tree for parent in commit.parents]
        moment = datetime.fromtimestamp(commit.commit_time, UTC)
        files = tuple(_changes(repository, trees[0], commit.tree)) if trees else ()
        for tree in trees[1:]:  # of a merge, what the merged saves have not told already
            new = {_name(delta) for delta in tree.diff_to_tree(commit.tree).deltas}
            files = tuple(file for file in files if file.name in new)
        author = commit.author
        note = commit.message.strip()
        yield Save(str(commit.id), moment, note, files, author.name, author.email)


def _changes(
    repository: pygit2.Repository, before: pygit2.Tree, after: pygit2.Tree
) -> Iterator[FileChange]:
    for delta in before.diff_to_tree(after).deltas:
        yield FileChange(
            _name(delta), _data(repository, delta.old_file), _data(repository, delta.new_file)
        )


def _name(delta: pygit2.DiffDelta) -> str:
    return delta.new_file.path or delta.old_file.path


def _data(repository: pygit2.Repository, file: pygit2.DiffFile) -> bytes | None:
    return bytes(repository[file.id].peel(pygit2.Blob).data) if file.id in repository else None


def repository_at(root: Path) -> pygit2.Repository | None:
    """The git repository of the record at ``root``; None where it has no history of its own."""
    if not (root / ".git").is_dir():
        return None
    repository = pygit2.Repository(str(root))
    # A checkout of this project has content/ too, but its history is not the record's.
    return repository if _OURS in repository.config else None


@lru_cache(maxsize=4)
def _kept_open(root: Path, _file: int, _changed: int) -> pygit2.Repository | None:
    """The repository; opened anew where it is another, or has other settings."""
    return repository_at(root)


def _is_changed(repository: pygit2.Repository) -> bool:
    return bool(repository.status(untracked_files="all"))
