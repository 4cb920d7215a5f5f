"""Runs a program and says what it cost: time by the clock, time of the processors, memory."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

BENCH = Path(__file__).parent
OUT = Path(os.environ.get("BENCH_OUT", BENCH / "out")).resolve()
"""Where everything is written; ``BENCH_OUT`` names another folder, such as one in memory."""


@dataclass(frozen=True)
class Cost:
    """What a program and all it started cost, and what it printed.

    ``seconds`` by the clock, from before it starts until it has ended; ``cpu`` seconds of all
    processors; ``largest_mb`` the peak of its largest process, ``all_mb`` the sum of all peaks,
    which counts memory that processes share once for each.
    """

    seconds: float
    cpu: float
    largest_mb: float
    all_mb: float
    output: str


def run(*command: str | Path) -> Cost:
    """Run ``command`` to its end. Raises ``CalledProcessError`` when it fails."""
    os.sync()  # what was written before is not counted
    words = [str(part) for part in command]
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as complaints:
        began = time.perf_counter()
        program = subprocess.Popen(words, stdout=told, stderr=complaints, cwd=BENCH.parent)
        peaks = _Peaks(program.pid)
        _, status, used = os.wait4(program.pid, 0)
        seconds = time.perf_counter() - began
        program.returncode = os.waitstatus_to_exitcode(status)
        peaks.stop()
        output, errors = (_read(file) for file in (told, complaints))
    if program.returncode:
        sys.stderr.write(errors)
        raise subprocess.CalledProcessError(program.returncode, words, output)
    sizes = list(peaks.kilobytes.values()) or [0]
    return Cost(
        seconds, used.ru_utime + used.ru_stime, max(sizes) / 1024, sum(sizes) / 1024, output
    )


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


class _Peaks:
    """The peak resident size of a process and its descendants, watched from a thread (Linux)."""

    def __init__(self, pid: int) -> None:
        self.kilobytes: dict[int, int] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pid,))
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self, pid: int) -> None:
        while not self._ended.wait(0.05):
            self._look(pid)

    def _look(self, pid: int) -> None:
        with suppress(OSError):  # it has ended meanwhile
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    self.kilobytes[pid] = int(line.split()[1])
            for task in Path(f"/proc/{pid}/task").iterdir():
                for child in (task / "children").read_text().split():
                    self._look(int(child))


def machine(**versions: str) -> str:
    """The machine and the versions, as one line of words."""
    model = platform.processor() or platform.machine()
    with suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts: list[Any] = [
        model, f"{os.cpu_count()} cores", f"{memory:.0f} GB of memory", platform.system(),
        f"Python {platform.python_version()}", *(f"{name} {v}" for name, v in versions.items()),
    ]  # fmt: skip
    return ", ".join(parts)
