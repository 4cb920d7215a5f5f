"""Measures how many complete answers a second the live site takes. ``--help`` says how.

The people come from this machine too, and what they cost it is told.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import resource
import secrets
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import orjson
from crowd import FORMS, Form, Told, come
from measure import BENCH, machine
from sqlalchemy import create_engine, text

from lamppost.server import MOST_CONNECTIONS, allow

PAGE = BENCH.parent / "docs" / "bench.md"
START = "<!-- bench/surveys.py --write writes from here -->\n"
END = "<!-- to here -->\n"
PORT = 8900
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure what is asked for, print it, and put it into the documentation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, action="append", help="people a second; 150")
    parser.add_argument("--seconds", type=float, default=300, help="300 unless given")
    parser.add_argument("--form", choices=FORMS, default="survey", help="what they answer")
    parser.add_argument("--processes", type=int, default=1, help="1 unless given")
    parser.add_argument("--database", help="a PostgreSQL database; else SQLite, a file of its own")
    parser.add_argument("--write", action="store_true", help=f"also write it into {PAGE.name}")
    given = parser.parse_args()
    allow(MOST_CONNECTIONS * given.processes)
    words = ["DATABASE" if word == given.database else word for word in sys.argv[1:]]
    command = shlex.join(["python", "bench/surveys.py", *words])
    lines = [f"`{command}`, {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, {machine()}.\n", HEAD]
    for rate in given.rate or [150.0]:
        form = FORMS[given.form]
        lines.append(measured(form, rate, given.seconds, given.processes, given.database or ""))
        print("\n".join(lines), flush=True)
    if given.write:
        before, _, rest = PAGE.read_text("utf-8").partition(START)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{START}\n" + "\n".join(lines) + f"\n\n{END}{after}", "utf-8")


PREPARE = """\
import secrets
from lamppost import config, db
here = config.Config.from_environment()
db.upgrade(here.database_url)
(here.instance / "secret_key").write_text(secrets.token_hex(32))
"""

HEAD = """\
| database, processes | people a second | seconds | answers acknowledged a second | found again | told to come again | failed | median ms | p99 ms | server, cores | server, ms a person | people, cores | machine's load |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"""  # noqa: E501 - a table


def measured(form: Form, rate: float, seconds: float, processes: int, database: str) -> str:
    """A line of the table."""
    told, name = Told(), secrets.token_hex(4)
    load = os.getloadavg()[0]
    with servers(processes, database) as (url, pids):
        ports = [PORT + n for n in range(processes)]
        before, mine = sum(map(cpu, pids)), resource.getrusage(resource.RUSAGE_SELF)
        began = time.monotonic()
        asyncio.run(come(ports, form, rate, seconds, told, name))
        took = time.monotonic() - began
        used, now = sum(map(cpu, pids)) - before, resource.getrusage(resource.RUSAGE_SELF)
        found = found_again(url, form, name)
    missing = set(told.sent) - found.keys()
    twice = [words for words, times in found.items() if times > 1]
    own = now.ru_utime + now.ru_stime - mine.ru_utime - mine.ru_stime
    again, all_refused = told.refused["503"], sum(told.refused.values())
    kept = "all" if not missing and not twice else f"{len(missing)} lost, {len(twice)} twice"
    times = sorted(told.seconds) or [0.0]
    cells = [
        f"{'PostgreSQL' if database else 'SQLite'}, {processes}", f"{rate:g}", f"{took:.0f}",
        f"{len(told.sent) / took:.1f}", kept, str(again), str(all_refused - again),
        f"{times[len(times) // 2] * 1000:.0f}", f"{times[int(len(times) * 0.99)] * 1000:.0f}",
        f"{used / took:.2f}", f"{used / max(len(told.sent), 1) * 1000:.1f}",
        f"{own / took:.2f}", f"{load:.1f} before",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


@contextmanager
def servers(processes: int, database: str) -> Iterator[tuple[str, list[int]]]:
    """The site as it is run, on an instance of its own; its database and its processes."""
    with tempfile.TemporaryDirectory() as folder:
        url = database or f"sqlite:///{folder}/lamppost.sqlite"
        environment = {
            **os.environ, "LAMPPOST_INSTANCE": folder, "LAMPPOST_DATABASE_URL": url,
            "LAMPPOST_RECORD": str(BENCH.parent), "PYTHONPATH": str(BENCH.parent / "site"),
        }  # fmt: skip
        lamppost = [sys.executable, "-m", "lamppost.cli"]
        subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True)
        started = [
            subprocess.Popen([*lamppost, "serve", "--port", str(PORT + n)], env=environment,
                             stdout=subprocess.DEVNULL)
            for n in range(processes)
        ]  # fmt: skip
        try:
            for n in range(processes):
                wait_for(PORT + n)
            yield url, [one.pid for one in started]
        finally:
            for one in started:
                one.terminate()
                one.wait()


def wait_for(port: int) -> None:
    """Wait until a server answers."""
    for _ in range(600):
        with suppress(OSError):
            urlopen(f"http://127.0.0.1:{port}/en/surveys/").close()
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")


def cpu(pid: int) -> float:
    """Seconds of the processors that a process has used."""
    words = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / TICKS


def found_again(url: str, form: Form, name: str) -> dict[str, int]:
    """What stands in the database, and how often."""
    found: dict[str, int] = {}
    engine = create_engine(url)
    with engine.connect() as connection:
        for (value,) in connection.execute(text(form.select)):
            held = orjson.loads(value) if isinstance(value, str) else value
            words = held[form.wrote] if isinstance(held, dict) else held
            if words.startswith(name):
                found[words] = found.get(words, 0) + 1
    engine.dispose()
    return found


if __name__ == "__main__":
    main()
