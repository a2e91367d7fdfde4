"""Running a command and knowing what it cost."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds of one process from start to end: on the clock, and of CPU (user and system,
    with all processes it started); and the most memory that it had, in MB."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run ``command`` in ``folder``. Raises ``RuntimeError`` with what it said when it fails."""
    with (folder / "output.log").open("w+b") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed:\n{output.read().decode(errors='replace')}")
    return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss / 1000)


def median(act: Callable[[int], Cost], times: int) -> Cost:
    """The medians of ``times`` runs; ``act`` is told which one it is."""
    costs = [act(number) for number in range(times)]
    return Cost(**{name: statistics.median(getattr(c, name) for c in costs) for name in ("wall", "cpu", "memory")})
