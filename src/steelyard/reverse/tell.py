"""A reverse audit as text for people, and as JSON for programs: the same content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from steelyard.diagnostics.model import Language
from steelyard.diagnostics.wording import visible
from steelyard.reverse.model import Audit, Fact, Finding, Group, Place
from steelyard.reverse.words import FINDINGS, HEADS, REMARKS

FORMAT = "steelyard-audit-report/1"
GROUPS: tuple[Group, ...] = ("follows", "contradicts", "form", "ask", "cannot")
ALWAYS: tuple[Group, ...] = ("follows", "contradicts", "cannot")
"""Said also where there are none."""
_CHINESE = "一二三四五"


def to_text(audit: Audit, language: Language) -> str:
    """The groups, each finding with its arithmetic and where to look."""
    report = audit.figures.title or audit.figures.file
    names = ", ".join(name for name, _ in audit.rules)
    lines = [
        _head("title", language, report=report),
        _head("files", language, scheme=audit.title, rules=names, figures=audit.figures.file),
    ]
    said = [group for group in GROUPS if group in ALWAYS or audit.of(group)]
    for order, group in zip(_CHINESE, said, strict=False):
        found = audit.of(group)
        lines += ["", _head(group, language, count=str(len(found)), order=order)]
        lines += [] if found else [f"  {_head('none', language)}"]
        for number, finding in enumerate(found, 1):
            lines += _finding(number, finding, language)
    colon, comma = HEADS["of-all"].of(language), HEADS["comma.clause"].of(language)
    counts = [_head(f"count.{group}", language, count=str(len(audit.of(group)))) for group in said]
    return "\n".join([*lines, "", colon + comma.join(counts), ""])


def _finding(number: int, finding: Finding, language: Language) -> list[str]:
    lead = f"  {number}. "
    inside = " " * len(lead)
    lines = [lead + sentence(finding, language)]
    lines += [f"{inside}  {visible(line)}" for line in finding.sums]
    colon = HEADS["colon"].of(language)
    for key, facts in finding.remarks:
        lines.append(f"{inside}{_head('note', language)}{colon}{_fill(REMARKS[key].of(language), facts, language)}")
    if finding.places:
        lines.append(f"{inside}{_head('see', language)}{colon}{_places(finding.places, language)}")
    return lines


def sentence(finding: Finding, language: Language) -> str:
    template = FINDINGS[f"{finding.group}.{finding.kind}"].of(language)
    return _fill(template, finding.facts, language).replace("  ", " ").replace(" ,", ",").strip()


def _places(places: tuple[Place, ...], language: Language) -> str:
    """Each figure once, with all that is printed of it and where."""
    of: dict[str, dict[str, list[str]]] = {}
    for place in places:
        name = "" if place.name in (place.text, "“…”") else place.name
        of.setdefault(name, {}).setdefault("" if not name else place.text, []).append(place.where)
    comma, shown = HEADS["comma"].of(language), []
    for name, texts in of.items():
        printed = [_printed(text, [w for w in dict.fromkeys(wheres) if w], language) for text, wheres in texts.items()]
        space = " " if name and language == "en" else ""
        shown.append(f"{visible(name)}{space}{comma.join(printed)}")
    return HEADS["semicolon"].of(language).join(shown)


def _printed(text: str, wheres: list[str], language: Language) -> str:
    where = HEADS["comma"].of(language).join(wheres)
    if not text:
        return visible(where)
    return _head("at" if where else "at.bare", language, text=text, where=where)


def _head(key: str, language: Language, **facts: str) -> str:
    return _fill(HEADS[key].of(language), facts, language)


def _fill(template: str, facts: Mapping[str, Fact], language: Language) -> str:
    """The template with its facts; what was typed in is text, never a template, and hides nothing."""
    comma = HEADS["comma"].of(language)
    shown = {key: visible(fact if isinstance(fact, str) else comma.join(fact)) for key, fact in facts.items()}
    return template.format_map(shown)


# ---- for programs


class PlaceJson(TypedDict):
    name: str
    text: str
    where: str


class FindingJson(TypedDict):
    kind: str
    sentence: str
    arithmetic: list[str]
    notes: list[str]
    places: list[PlaceJson]
    exact: dict[str, str]


class AuditJson(TypedDict):
    format: str
    scheme: str
    title: str
    report: str
    rules: list[dict[str, str]]
    figures: dict[str, str]
    follows: list[FindingJson]
    contradicts: list[FindingJson]
    form: list[FindingJson]
    ask: list[FindingJson]
    cannot: list[FindingJson]


def to_json(audit: Audit, language: Language) -> AuditJson:
    """The same findings in the same order; exact numbers as text: a plain decimal, else a fraction."""
    return {
        "format": FORMAT,
        "scheme": audit.scheme,
        "title": audit.title,
        "report": audit.figures.title,
        "rules": [{"file": name, "sha256": digest} for name, digest in audit.rules],
        "figures": {"file": audit.figures.file, "sha256": audit.figures.digest},
        "follows": [_finding_json(finding, language) for finding in audit.of("follows")],
        "contradicts": [_finding_json(finding, language) for finding in audit.of("contradicts")],
        "form": [_finding_json(finding, language) for finding in audit.of("form")],
        "ask": [_finding_json(finding, language) for finding in audit.of("ask")],
        "cannot": [_finding_json(finding, language) for finding in audit.of("cannot")],
    }


def _finding_json(finding: Finding, language: Language) -> FindingJson:
    return {
        "kind": finding.kind,
        "sentence": sentence(finding, language),
        "arithmetic": list(finding.sums),
        "notes": [_fill(REMARKS[key].of(language), facts, language) for key, facts in finding.remarks],
        "places": [{"name": place.name, "text": place.text, "where": place.where} for place in finding.places],
        "exact": dict(finding.exact),
    }
