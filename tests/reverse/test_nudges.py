"""In a report that agrees with itself, any figure that others determine gives a contradiction when it is changed by one in
its last place; and the contradiction names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reverse.reports import audited, guangzhou, mended, told

NUMBERS = {"分值", "得分", "权重", "扣分", "值", "印出", "从", "至"}
Steps = tuple[str | int, ...]


def _leaves(node: Any, at: Steps = ()) -> Iterator[tuple[Steps, str]]:
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from _leaves(inner, (*at, key))
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from _leaves(inner, (*at, index))
    elif at[-1] in NUMBERS and re.search("[0-9]", node):
        yield at, node


def _owner(tree: Any, at: Steps) -> str:
    """What the figure is called: the name of the entry that it stands in."""
    name = ""
    for step in at:
        tree = tree[step]
        if isinstance(tree, dict):
            name = next((tree[key] for key in ("项目", "名称", "等级") if isinstance(tree.get(key), str)), name)
    return name


def _nudged(text: str, by: int) -> str:
    """`1,225.70` → `1,225.71`"""
    found = re.search(r"[0-9][0-9,]*(\.[0-9]+)?", text)
    assert found is not None
    number = Decimal(found[0].replace(",", ""))
    places = -int(number.as_tuple().exponent)
    changed = number + by * Decimal(1).scaleb(-places)
    shown = f"{changed:,.{places}f}" if "," in found[0] else f"{changed:.{places}f}"
    return text[: found.start()] + shown + text[found.end() :]


def _free(tree: Any, at: Steps) -> bool:
    """Targets and actuals that the report prints once, and uses nowhere: nothing else determines them."""
    return at[0] == "指标" and _owner(tree, at) != "月平均协同业务量"


DETERMINED = [at for at, _ in _leaves(mended()) if not _free(mended(), at)]


def test_the_list_is_of_every_figure_that_others_determine() -> None:
    leaves = [at for at, _ in _leaves(mended())]
    assert len(leaves) > 85
    assert len(leaves) - len(DETERMINED) == 10


@pytest.mark.parametrize("at", DETERMINED, ids=lambda at: "/".join(map(str, at)))
def test_a_nudged_figure_is_found_and_named(at: Steps, tmp_path: Path) -> None:
    tree = mended()
    text, name = dict(_leaves(tree))[at], _owner(tree, at)
    for by in (1, -1):
        if _nudged(text, by).startswith("-"):
            continue
        changed = deepcopy(tree)
        inner: Any = changed
        for step in at[:-1]:
            inner = inner[step]
        inner[at[-1]] = _nudged(text, by)
        found = audited(guangzhou(), changed, tmp_path).of("contradicts")
        assert found, f"{name}: {text} → {inner[at[-1]]}"
        assert any((name or inner[at[-1]]) in told(one) for one in found)
        digits = re.findall(r"[0-9][0-9,.]*", inner[at[-1]])[0]
        assert any(digits in told(one) or digits.replace(",", "") in told(one) for one in found)
