"""What tests of the other copy share: a bare repository, and somebody who works with git alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygit2
import pytest

from lamppost import history
from lamppost.config import Config

SOMEBODY = pygit2.Signature("Somebody", "somebody@example.org")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """An empty bare repository: the other copy."""
    pygit2.init_repository(str(tmp_path / "bare.git"), bare=True, initial_head="main")
    return tmp_path / "bare.git"


@pytest.fixture
def kept(config: Config, small: Path, bare: Path) -> Config:
    """Settings for a small record with a history and another copy, which is still empty."""
    root = small.with_name("kept")
    history.start(root, small, "First published")
    return replace(config, record=root, record_remote=bare.as_uri())


def commit_to(bare: Path, files: dict[str, bytes | None], note: str = "By git") -> str:
    """Make a commit in a bare repository, as somebody with git alone would push it."""
    repository = pygit2.Repository(str(bare))
    head = repository.references["refs/heads/main"].peel(pygit2.Commit)
    index = pygit2.Index()
    index.read_tree(head.tree)
    for name, data in files.items():
        if data is None:
            index.remove(name)
        else:
            blob = repository.create_blob(data)
            index.add(pygit2.IndexEntry(name, blob, pygit2.enums.FileMode.BLOB))
    tree = index.write_tree(repository)
    made = repository.create_commit("refs/heads/main", SOMEBODY, SOMEBODY, note, tree, [head.id])
    return str(made)


@pytest.fixture
def elsewhere(bare: Path) -> Callable[..., str]:
    """A function that commits to the other copy; words are replaced in a file that is there."""

    def commit(name: str, found: bytes | None, put: bytes | None, note: str = "By git") -> str:
        repository = pygit2.Repository(str(bare))
        tree = repository.references["refs/heads/main"].peel(pygit2.Tree)
        if found is not None:
            before = tree[name].data
            assert found in before
            put = before.replace(found, put, 1)
        return commit_to(bare, {name: put}, note)

    return commit


def newest_in(bare: Path) -> str:
    """The id of the other copy's newest save; empty while it has none."""
    repository = pygit2.Repository(str(bare))
    main = "refs/heads/main"
    return str(repository.references[main].target) if main in repository.references else ""


@pytest.fixture
def newest_there(bare: Path) -> Callable[[], str]:
    """A function that tells the newest save of the other copy."""
    return lambda: newest_in(bare)


@pytest.fixture
def without_the_other(bare: Path) -> Callable[[], None]:
    """A function that takes the other copy away, as a network does that is down."""
    return lambda: shutil.rmtree(bare)
