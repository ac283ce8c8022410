"""The `sh` examples of docs/verify.md, in a shell: what an auditor types, and what is answered (`STEELYARD_BLESS=1` writes it)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import ENTRY, ROOT, SOURCE, steelyard

PAGE = ROOT / "docs" / "verify.md"
FUNCTIONS = """
steelyard() { PYTHONPATH="$SOURCE" "$PYTHON" -X utf8 -c "$ENTRY" "$@"; }
python() { "$PYTHON" -I -S -X utf8 "$@"; }
"""


@pytest.mark.skipif(os.name == "nt", reason="sh")
def test_what_an_auditor_types(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules" / "guangzhou-2023", tmp_path / "rules" / "guangzhou-2023")
    scheme, data = "rules/guangzhou-2023/scheme.en.rules", "rules/guangzhou-2023/data"
    made = steelyard("score", scheme, data, "--with-rules", "--trace", "trace.json", "-o", "x", cwd=tmp_path)
    assert made.status == 0
    page = PAGE.read_text(encoding="utf-8")
    answered = re.sub(r"(?ms)^```sh\n(.*?)^```$", lambda block: f"```sh\n{_run(block[1], tmp_path)}```", page)
    if os.environ.get("STEELYARD_BLESS"):
        PAGE.write_text(answered, encoding="utf-8")
    else:
        assert answered == page


def _run(block: str, folder: Path) -> str:
    """The commands of a block, each with what it answers."""
    told = ""
    for line in re.findall(r"(?m)^\$ (.*)$", block):
        environment = {**os.environ, "PYTHON": sys.executable, "SOURCE": str(SOURCE), "ENTRY": ENTRY}
        done = subprocess.run(
            ["sh", "-c", FUNCTIONS + line],
            cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=60,
        )  # fmt: skip
        told += f"$ {line}\n{done.stdout.decode('utf-8')}"
    return told
