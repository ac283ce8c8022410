"""A trace of other rules or other data, dressed as the genuine one, is caught, and the statement or cell is named."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

from click.testing import CliRunner

from audit.corpus import samples
from audit.forging import Forgery, changed_cells, changed_rules
from audit.tampering import canonical
from properties.sampling import TIMES
from steelyard.audit import verify as alone
from steelyard.cli.verify import command

EACH = 100 * TIMES
"""So many with a changed number in the rules, and as many with a changed cell."""


def test_a_changed_threshold_amount_or_cap_is_caught_and_named(tmp_path: Path) -> None:
    found = _spread(changed_rules, tmp_path)
    for forgery in found:
        assert not alone.verify(forgery.trace)[0], f"{forgery.what}: not even consistent"
        rules = {finding["rule"] for finding in _findings(forgery, tmp_path)}
        assert rules & set(forgery.names), (forgery.what, forgery.names, rules)


def test_a_changed_cell_is_caught_and_named(tmp_path: Path) -> None:
    for forgery in _spread(changed_cells, tmp_path):
        named = [found["what"] for found in _findings(forgery, tmp_path) if found["level"] == "data"]
        assert f"text of {forgery.names[0]}" in named, forgery.what


def _spread(forge: object, folder: Path) -> list[Forgery]:
    """At most two of a case, over all cases."""
    assert callable(forge)
    found: list[Forgery] = []
    cases = samples()
    for part in range(7):
        for sample in cases[part::7]:
            where = folder / f"{len(found)}"
            where.mkdir(exist_ok=True)
            found += islice(forge(sample, where), 2 * TIMES)
            if len(found) >= EACH:
                return found[:EACH]
    raise AssertionError(f"only {len(found)} forgeries")


def _findings(forgery: Forgery, folder: Path) -> list[dict[str, str]]:
    """What the command says, given the genuine rules and data."""
    path = folder / "trace.json"
    path.write_text(canonical(forgery.trace), encoding="utf-8")
    files = ["--rules", str(forgery.sample.rules), "--data", str(forgery.sample.data)]
    run = CliRunner().invoke(command, [str(path), *files, "--format", "json"], catch_exceptions=False)
    assert run.exit_code == 1, forgery.what
    (told,) = json.loads(run.output)
    assert not told["verified"]
    return list(told["findings"])
