"""What a name that stands for nothing was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from steelyard.diagnostics.model import Diagnostic, Edit, Fix
from steelyard.diagnostics.nearest import nearest
from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.values.types import Field, ListType, TextType, TruthType

_JOINING = re.compile(
    "并且|或者|且|或|小于或等于|大于或等于|小于等于|大于等于|未达到|未达|不达|不超过|不低于|不高于|不少于|不多于|超过|低于|高于|多于|少于|达到|等于|大于|小于|属于|缺失|不适用"
)

_SENTENCE = re.compile(
    r"并且|且|或者|(?<=\w)或(?=\w)(?![有然许])|以上|以下|以内|超过|低于|高于|不足|相差|不得|否则|的|不适用|每(?:低|高|超|少|多|增|减|降|有|发现|出现|缺|逾|迟)"
)
"""Words that join or compare: a name that holds one was hardly meant as a name."""


def reads_like_a_sentence(name: n.Name) -> bool:
    """`迟报次数在3次以上`, written as one run: without declared names it is the name of a column. Quotes say that it is one."""
    return name.span.text == name.name and _SENTENCE.search(name.name) is not None


def near_name(name: n.Name, known: Iterable[str]) -> tuple[Fix, ...]:
    """The known name that is most like it."""
    near = nearest(name.name, known)
    return (Fix("did-you-mean", (Edit(name.span, near),), {"name": near}),) if near else ()


_DENIED = re.compile(
    "(?:没有|未能|未|不|无|非)(?P<behind>.+)|(?P<before>.+?)(?:为否|为假|不成立)|(?:un|not_|no_|non_|is_not_)(?P<en>.+)"
)


def denied_name(name: n.Name, truths: Iterable[str], known: Iterable[str]) -> tuple[Fix, ...] | None:
    """`按时报送为否`, `unscheduled`: the denial of a yes/no value. To advise the value itself would turn the rule round; where
    the denied word is near to no yes/no value, nothing is advised. None where nothing is denied."""
    match = _DENIED.fullmatch(name.name)
    if match is None:
        return None
    word = match["behind"] or match["before"] or match["en"]
    near, advised = nearest(word, truths), near_name(name, known)
    if any(_DENIED.fullmatch(str(fix.facts["name"])) for fix in advised):
        return None  # `不合格树` for 不合格数: both deny.
    if near is None:
        turned = any(str(fix.facts["name"]) in name.name for fix in advised)
        return () if turned else None
    text = f"not {near}" if near.isascii() else f"非 {near}"
    return (Fix("did-you-mean", (Edit(name.span, text),), {"name": text}),)


def as_text(name: n.Name, fields: Iterable[Field]) -> Fix | None:
    """`依据 = 充分`: a text that some input may be, without its quotes."""
    for field in fields:
        inner = field.type.fields if isinstance(field.type, ListType) else (field,)
        if any(isinstance(one.type, TextType) and name.name in one.type.choices for one in inner):
            return _write(f"“{name.name}”" if not name.name.isascii() else f'"{name.name}"', name.span)
    return None


def name_with_brackets(call: n.Call, known: Iterable[str]) -> Fix | None:
    """`税费（万元）`, a known name: with its brackets it stands in name quotes."""
    text = call.span.text
    return _write(f"「{text}」", call.span) if text in known else None


def _write(text: str, span: Span) -> Fix:
    return Fix("write", (Edit(span, text),), {"text": text})


_OF = re.compile("(?<!目)的(?![士确])")


def qualified_row(row: n.Name, fields: Mapping[str, Field]) -> tuple[str, str] | None:
    """The condition and the bare name in the name of a row that holds a 的 or a yes/no field of its list."""
    if row.span.text != row.name or row.name in fields:
        return None
    field = next(
        (name for name in truths_among(fields.values()) if not name.isascii() and len(name) > 1 and name in row.name),
        None,
    )
    of = _OF.search(row.name)
    if of is None and field is None:
        return None
    condition = row.name[: of.start()] if of else row.name
    if field is not None:
        condition = f"非 {field}" if re.search(f"[未不没无非]有?{re.escape(field)}", row.name) else field
    return condition, (row.name[of.end() :] if of else "") or "项"


def truths_among(fields: Iterable[Field]) -> list[str]:
    """The names of the yes/no values."""
    return [field.name for field in fields if isinstance(field.type, TruthType)]


def hyphenated_name(node: n.Operation, known: Sequence[str]) -> Diagnostic | None:
    """`self-check` where `self_check` is the name: a difference of two unknown names, written without blanks."""
    match node.operands:
        case (n.Name(left), n.Operation("neg", (n.Name(right),))) if node.span.text == f"{left}-{right}":
            if left in known or right in known:
                return None
            near = next(
                (name for name in (f"{left}_{right}", f"{left}{right}", f"{left} {right}") if name in known), None
            )
            if near is None:
                return None
            fix = Fix("did-you-mean", (Edit(node.span, near),), {"name": near})
            return Diagnostic("N101", {"name": node.span.text}, node.span, fixes=(fix,))
        case _:
            return None


def glued_names(name: n.Name, known: Sequence[str]) -> Fix | None:
    """A name that holds operators between known names, written apart: `甲且非乙`."""
    pieces = _split(name.name, frozenset(known))
    if pieces is None:
        return None
    text = " ".join(pieces)
    return Fix("write", (Edit(name.span, text),), {"text": text})


def _split(text: str, known: frozenset[str]) -> list[str] | None:
    """The text as known names with joining words between them (a 非 may stand before a name), or None."""
    if text in known:
        return [text]
    if text.startswith("非") and (rest := _split(text[1:], known)):
        return ["非", *rest]
    for match in _JOINING.finditer(text):
        if text[: match.start()] in known:
            rest = _split(text[match.end() :], known) if match.end() < len(text) else []
            if rest is not None:
                return [text[: match.start()], match.group(), *rest]
    return None
