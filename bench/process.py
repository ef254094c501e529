"""The processes under test, each alone on a core of its own where the machine allows that."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from bench.slack import SECRET

ROOT = Path(__file__).parent.parent
STOPS_WITHIN = 15  # seconds
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


@dataclass(frozen=True)
class App:
    """How to start one: Python's arguments, and its environment."""

    command: tuple[str, ...]
    env: Mapping[str, str]


@dataclass(frozen=True)
class Running:
    """An app that is up, and how long that took in seconds."""

    process: asyncio.subprocess.Process
    address: str
    began: float  # on the clock of time.perf_counter()

    async def stop(self) -> float:
        """Tell it to stop, and return the seconds until it is gone."""
        began = time.perf_counter()
        await _end(self.process)
        return time.perf_counter() - began

    def processor(self) -> float:
        """Seconds of a core it has had so far; 0 where the system does not say (only Linux does)."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        spent = stat.read_text().rpartition(")")[2].split()[11:13] if stat.exists() else []
        return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Its resident memory in MiB; 0 where the system does not say (only Linux does)."""
        status = Path(f"/proc/{self.process.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def momentum(slack_url: str, database_url: str, way_in: str) -> App:
    """Return the real bot as `momentum run` starts it."""
    own = {"SLACK_APP_TOKEN": "xapp-bench"} if way_in == "socket" else {"SLACK_SIGNING_SECRET": SECRET}
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_API_URL": f"{slack_url}/api/",
        "DATABASE_URL": database_url,
        "HOST": "127.0.0.1",
        "PORT": "0",
        "LOG_LEVEL": "WARNING",
    }
    return App(("-m", "bot", "run"), {**own, **settings})


def reference(slack_url: str, mode: str, way_in: str) -> App:
    """Return a bare Bolt app; see bench.bare."""
    return App(("-m", "bench.bare", f"{slack_url}/api/", mode, way_in), {})


def keep_to(core: int, pid: int = 0) -> None:
    """Keep a process (0: this one) to one core; where there are not two, or no such call, nothing is done."""
    if len(CORES) > 1:
        os.sched_setaffinity(pid, {CORES[core]})


@asynccontextmanager
async def running(app: App) -> AsyncIterator[Running]:
    """Run an app on the first core until the block ends; it says its address in one line."""
    with TemporaryDirectory() as folder, (Path(folder) / "log").open("w+") as log:  # no .env is read there
        began = time.perf_counter()
        started = await asyncio.create_subprocess_exec(
            sys.executable,
            *app.command,
            env={"PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "2", **app.env},  # as in deploy/
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        keep_to(0, started.pid)
        try:
            assert started.stdout is not None
            said = (await started.stdout.readline()).decode()
            assert said, f"{' '.join(app.command)} did not start: {_read(log)}"
            yield Running(started, said.split()[-1], began)
        finally:
            await _end(started)


def _read(log: TextIO) -> str:
    log.seek(0)
    return log.read()


async def _end(app: asyncio.subprocess.Process) -> None:
    if app.returncode is None:
        app.terminate()
    try:
        await asyncio.wait_for(app.wait(), STOPS_WITHIN)
    except TimeoutError:
        app.kill()
        await app.wait()
