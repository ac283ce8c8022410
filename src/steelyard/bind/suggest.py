"""What a name that stands for nothing was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from steelyard.diagnostics.model import Diagnostic, Edit, Fix
from steelyard.diagnostics.nearest import nearest
from steelyard.syntax import nodes as n

_JOINING = re.compile(
    "并且|或者|且|或|小于或等于|大于或等于|小于等于|大于等于|未达到|未达|不达|不超过|不低于|不高于|不少于|不多于|超过|低于|高于|多于|少于|达到|等于|大于|小于|属于|缺失|不适用"
)

_SENTENCE = re.compile(
    "并且|且|或者|以上|以下|以内|超过|低于|高于|不足|相差|不得|否则|的|不适用|每(?:低|高|超|少|多|增|减|降|有|发现|出现|缺|逾|迟)"
)
"""Words that join or compare: a name that holds one was hardly meant as a name."""


def reads_like_a_sentence(name: n.Name) -> bool:
    """`迟报次数在3次以上`, written as one run: without declared names it is the name of a column. Quotes say that it is one."""
    return name.span.text == name.name and _SENTENCE.search(name.name) is not None


def near_name(name: n.Name, known: Iterable[str]) -> tuple[Fix, ...]:
    """The known name that is most like it."""
    near = nearest(name.name, known)
    return (Fix("did-you-mean", (Edit(name.span, near),), {"name": near}),) if near else ()


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
