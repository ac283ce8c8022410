"""The command as a user runs it: another process, with its own streams, environment and folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src"
GUANGZHOU = ROOT / "rules" / "guangzhou-2023"
SCHEME, ENGLISH, DATA = GUANGZHOU / "scheme.rules", GUANGZHOU / "scheme.en.rules", GUANGZHOU / "data"
ENTRY = "from steelyard.cli.main import main; main()"
COMMAND = (sys.executable, "-c", ENTRY)


@frozen
class Run:
    status: int
    out: str
    err: str
    raw: bytes


def environment(**changes: str) -> dict[str, str]:
    """Only what a process needs, so that the developer's own settings do not leak in."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(SOURCE), **changes}


def steelyard(
    *args: str | Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    encoding: str = "utf-8",
    command: tuple[str, ...] = COMMAND,
) -> Run:
    done = subprocess.run(
        [*command, *map(str, args)],
        capture_output=True,
        env=environment(**(env or {})),
        cwd=cwd,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    run = Run(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding), done.stdout)
    assert "Traceback" not in run.err, run.err
    assert "C199" not in run.err, run.err
    return run
