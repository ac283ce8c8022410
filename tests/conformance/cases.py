"""The cases as data: one YAML file a regime. Every value is read as text, so that no number passes through a float."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

Case = dict[str, Any]


def regimes() -> list[Path]:
    return sorted(HERE.glob("*.yaml"))


def _merged(value: Any) -> Any:
    """`<<: *other` in a mapping: what another mapping holds, where this one does not say otherwise."""
    if isinstance(value, dict):
        own = {key: _merged(inner) for key, inner in value.items() if key != "<<"}
        return {**_merged(value["<<"]), **own} if "<<" in value else own
    return [_merged(inner) for inner in value] if isinstance(value, list) else value


def cases() -> Iterator[Case]:
    """Every case of every regime. A case without rules of its own takes those of its file."""
    for path in regimes():
        document = _merged(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
        shared = {key: document[key] for key in ("scheme", "rules", "source") if key in document}
        for case in document["cases"]:
            own = dict(shared)
            if "scheme" in case or "rules" in case:
                own = {key: value for key, value in own.items() if key == "source"}
            yield {"regime": document["regime"], **own, **case}


def rules_of(case: Case, folder: Path) -> Path:
    """The rule file of a case, written down where the case holds its text, with the files it reads beside it."""
    if "rules" in case:
        return ROOT / case["rules"]
    for name, text in case.get("files", {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / f"{case.get('name', 'case')}.rules"
    path.write_text(case["scheme"], encoding="utf-8")
    return path


def as_of(case: Case) -> date | None:
    """The day whose values count, where the case says one."""
    return date.fromisoformat(case["as_of"]) if "as_of" in case else None


def data_of(case: Case, folder: Path) -> Path:
    """The data of a case: a folder of the tree, a CSV text, or one record or many as JSON."""
    if "data" in case:
        return ROOT / case["data"]
    if "csv" in case:
        path = folder / "records.csv"
        path.write_text(case["csv"], encoding="utf-8")
        return path
    path = folder / "records.json"
    path.write_text(json.dumps(case.get("records", case.get("record")), ensure_ascii=False), encoding="utf-8")
    return path
