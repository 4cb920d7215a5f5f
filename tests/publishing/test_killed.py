"""A publication that is killed leaves what is public whole, and the next one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from random import Random

import pytest

from lamppost.publishing.job import Jobs
from lamppost.publishing.publisher import prepare, publish
from lamppost.publishing.releases import Releases

pytestmark = pytest.mark.usefixtures("kept_small")


def state(releases: Releases) -> dict[str, str]:
    """Every file that is public, with its words."""
    root = releases.current_link
    return {
        str(path.relative_to(root)): path.read_text("utf-8", "replace")
        for path in root.rglob("*.html")
    }


def test_a_publication_killed_at_any_moment_leaves_the_public_site_whole(desk):
    config = desk.extensions["config"]
    releases = Releases(config.public)
    publish(config, prepare(config).id, "Reviewer")
    before = state(releases)
    settings = config.record / "content/site.yaml"
    words = settings.read_text("utf-8")
    settings.write_text(words.replace("name: Lamppost", "name: Lantern"), "utf-8")
    environment = {**os.environ, **config.as_environment()}
    chance = Random(7)  # noqa: S311 - moments, not secrets
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-m", "lamppost.cli", "publish", "prepare"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        time.sleep(chance.uniform(0.6, 3))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert state(releases) == before
        assert not Jobs(config.public).is_at_work()
    publish(config, prepare(config).id, "Reviewer")
    after = state(releases)
    assert after.keys() == before.keys()
    assert "Lantern" in after["en/index.html"]
