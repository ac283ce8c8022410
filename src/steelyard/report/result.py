"""The result as JSON: scores, grades, lost points (or points given) and findings of every record."""

from __future__ import annotations

import json
from collections.abc import Iterable

from steelyard.diagnostics.model import Diagnostic, Language
from steelyard.diagnostics.render import to_json
from steelyard.explain.losses import effects
from steelyard.report.robustness import robustness_json
from steelyard.trace.encode import encode_findings, encode_result
from steelyard.trace.model import Header, Trace
from steelyard.values.canonical import Json
from steelyard.values.numbers import canonical, show

FORMAT = "steelyard-result/1"


def report_json(header: Header, records: list[Json], general: Iterable[Diagnostic], language: Language) -> str:
    """All records, in the language of the rule file. Exact numbers are strings; keys never change with the language."""
    document: dict[str, Json] = {
        "format": FORMAT,
        "scheme": header.scheme,
        "title": header.title,
        **({"fewer_better": True} if header.fewer_better else {}),
        "core": header.core,
        "rules": [{"file": f.file, "sha256": f.digest} for f in header.rules],
        "data": [{"file": f.file, "sha256": f.digest} for f in header.data],
        "records": records,
        "findings": [dict(to_json(finding, language)) for finding in general],  # type: ignore[arg-type]
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def record_json(trace: Trace) -> Json:
    """One record: result, lost points (or, where fewer are better, points given), what rounding cost and how firmly the
    grade stands, findings."""
    told: list[Json] = [
        {
            "rule": effect.entry.rule,
            "part": effect.part,
            "kind": effect.entry.kind,
            "row": None if effect.entry.row is None else effect.entry.row.key,
            "points": canonical(effect.points),
            "shown": show(effect.points),
            "on_total": None if effect.on_total is None else canonical(effect.on_total),
            "reason": effect.entry.reason,
        }
        for effect in effects(trace)
    ]
    findings: list[Json] = [dict(finding) for finding in encode_findings(trace)]  # type: ignore[arg-type]
    name = "given" if trace.header.fewer_better else "lost"
    return {
        "record": trace.header.record,
        **encode_result(trace.result),
        name: told,
        "rounding": robustness_json(trace),
        "findings": findings,
    }
