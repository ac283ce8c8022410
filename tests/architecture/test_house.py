"""What holds of the tree of files and of the public surface."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import steelyard

ROOT = Path(__file__).parents[2]
STAND_ALONE = "src/steelyard/audit/verify.py"
"""One file on purpose, for auditors to copy: docs/design/verification.md says why it is as long as it is."""


def test_the_public_surface_is_small_and_works() -> None:
    assert set(steelyard.__all__) == {"Loaded", "Scored", "__version__", "load", "read_data", "score"}
    for name in steelyard.__all__:
        assert getattr(steelyard, name) is not None


def test_the_table_of_contents_stays_short() -> None:
    lines = (ROOT / "src/steelyard/pipeline.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 150


def test_help_loads_no_parser_and_no_reader() -> None:
    code = "import sys; sys.argv=['steelyard','--help']\nfrom steelyard.cli.main import main\ntry: main()\nexcept SystemExit: pass\n"
    code += "print([m for m in ('lark','yaml','attrs','decimal','wcwidth') if m in sys.modules], file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "[]"


def test_every_link_in_the_docs_leads_somewhere() -> None:
    broken = []
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "rules").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken


def test_the_lock_and_the_project_name_no_address_and_no_machine() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index-url" not in lock


def test_no_source_file_outgrows_its_topic() -> None:
    long = {
        str(file.relative_to(ROOT)): count
        for file in (ROOT / "src").rglob("*.py")
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > 480 and "catalogue" not in file.parts
    }
    long.pop(STAND_ALONE, None)
    assert not long
