"""Starting is cheap: help and version load no parser and no data library."""

from __future__ import annotations

import re

import pytest

from cli.running import COMMAND, ENTRY, steelyard

HEAVY = {"lark", "yaml", "hypothesis", "pandas", "polars", "openpyxl", "docx", "sqlalchemy"}


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_it_loads_nothing_heavy_to_say_what_it_is(option: str) -> None:
    run = steelyard(option, command=(COMMAND[0], "-X", "importtime", "-c", ENTRY))
    loaded = {line.rsplit("|", 1)[-1].strip() for line in run.err.splitlines() if line.startswith("import time:")}
    assert run.status == 0
    assert "steelyard.cli.main" in loaded, "the list of modules is read rightly"
    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()
    assert not any(name.startswith(("steelyard.syntax", "steelyard.data", "steelyard.pipeline")) for name in loaded)


def test_it_lists_its_commands() -> None:
    out = steelyard("--help").out
    for name in ("check", "score", "why", "explain"):
        assert re.search(rf"^  {name} ", out, re.MULTILINE), name


@pytest.mark.parametrize("command", ["check", "score", "why", "explain"])
def test_it_helps_with_every_command(command: str) -> None:
    run = steelyard(command, "--help")
    assert (run.status, run.err) == (0, "")
    assert "Usage: steelyard" in run.out


def test_it_tells_its_version() -> None:
    from steelyard import __version__

    assert steelyard("--version").out == f"steelyard, version {__version__}\n"


def test_it_loads_no_parser_to_explain_a_trace(tmp_path: object) -> None:
    run = steelyard("why", "none.json", command=(COMMAND[0], "-X", "importtime", "-c", ENTRY))
    assert run.status == 2
    assert not re.search(r"\| +(lark|yaml)\b", run.err)
