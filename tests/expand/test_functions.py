"""Functions: written out where they are called, bounded, and blind to everything but their arguments."""

from __future__ import annotations

import time

import pytest

from expand.expanding import amounts, codes, expanded
from steelyard.expand.expand import expand
from steelyard.expand.tree import measure, walk
from steelyard.source import Source
from steelyard.syntax import nodes as n
from steelyard.syntax.parser import parse

BOUND = 1.0
"""Seconds of the processor: a guard against runaways."""


def names(expression: n.Expression) -> list[str]:
    return [node.name for node, stands in walk(expression, expression=True) if stands and isinstance(node, n.Name)]


def test_a_call_becomes_the_body_with_its_arguments() -> None:
    found = expanded("define short(a, b) = max(0, b - a)\ndeduct short(done, 2 * wanted)\n")
    assert codes(found) == []
    (amount,) = amounts(found)
    assert isinstance(amount, n.Call)
    assert names(amount) == ["wanted", "done"]
    assert amount.span.text == "short(done, 2 * wanted)"


def test_functions_call_functions_tables_and_parameters_in_any_order() -> None:
    found = expanded(
        "define twice(x) = plus(x) * plus(x)\ndefine plus(x) = x + step + r(x)\n"
        'parameter step = 3\ntable r by k\n  "a" : 1\ndeduct twice(y)\n'
    )
    assert codes(found) == []
    assert names(amounts(found)[0]) == ["y"] * 4
    assert sum(isinstance(node, n.Table) for node, _ in walk(amounts(found)[0], expression=True)) == 2


def test_arguments_are_put_in_at_once_and_not_one_after_the_other() -> None:
    found = expanded("define f(a, b) = a - b\ndeduct f(b, a)\n")
    assert names(amounts(found)[0]) == ["b", "a"]


def test_every_node_has_a_key_of_its_own() -> None:
    found = expanded("define f(a) = a * a + a\ndeduct f(f(x + 1)) + f(x)\n")
    keys = [node.key for node, _ in walk(found.parsed.file)]
    assert len(keys) == len(set(keys))


def test_lists_and_rows_are_handed_over_by_name() -> None:
    found = expanded(
        "define share(l, r) = r.x / sum(i.x for i in l where i.x > 0)\ndefine many(l) = count(l)\n"
        "for each i in items\n  let part = share(items, i)\n  deduct part + many(items)\n"
    )
    assert codes(found) == []
    (loop,) = found.parsed.file.statements
    assert isinstance(loop, n.ForEach)
    (let, _) = loop.body
    assert isinstance(let, n.Let)
    fields = [node for node, _ in walk(let.value, expression=True) if isinstance(node, n.FieldOf)]
    assert [field.row.name for field in fields] == ["i", "i′", "i′"], "a row of the body catches none of the call"


def test_a_list_must_be_the_name_of_one() -> None:
    assert codes(expanded("define f(l) = sum(i.x for i in l)\ndeduct f(1 + 2)\n")) == ["N108"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("a + rate", "N146"),
        ("a + points", "N146"),
        ("a + total", "N146"),
        ("count(items)", "N146"),
        ("sum(i.x for i in items)", "N146"),
        ("row.x", "N146"),
        ("unknown(a)", "N102"),
    ],
)
def test_a_body_reads_nothing_but_its_arguments(body: str, code: str) -> None:
    assert codes(expanded(f"define f(a) = {body}\ndeduct f(1)\n")) == [code]


@pytest.mark.parametrize("call", ["f()", "f(1, 2)"])
def test_a_call_hands_over_every_argument(call: str) -> None:
    assert "N105" in codes(expanded(f"define f(a) = a\ndeduct {call}\ndeduct f(2)\n")) or call == "f()"


@pytest.mark.parametrize(
    "text",
    [
        "define f(x) = f(x)\ndeduct f(1)\n",
        "define f(x) = g(x)\ndefine g(x) = h(x)\ndefine h(x) = f(x)\ndeduct f(1)\n",
        "define a(x) = f(x)\ndefine f(x) = g(x) + f(x)\ndefine g(x) = f(x)\ndefine b(x) = x\ndeduct a(1) + b(1)\n",
    ],
)
def test_a_circle_is_told_once(text: str) -> None:
    assert codes(expanded(text)) == ["N147"]


def test_two_circles_are_told_twice() -> None:
    assert codes(expanded("define f(x) = f(x)\ndefine g(x) = g(x)\ndeduct f(1) + g(1)\n")) == ["N147", "N147"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("define f(a, a) = a\ndeduct f(1, 2)\n", "N103"),
        ("parameter a = 1\ndefine f(a) = a\ndeduct f(a)\n", "N144"),
        ("define max(a) = a\ndeduct max(1)\n", "N144"),
        ("define f(a) = a\ndefine f(b) = b\ndeduct f(1)\n", "N103"),
        ("define f(l, i) = sum(i.x for i in l)\ndeduct f(m, 1)\n", "N103"),
        ("define f(a) = a\ndeduct 1\n", "W140"),
    ],
)
def test_names_of_functions_and_arguments_are_their_own(text: str, code: str) -> None:
    assert codes(expanded(text)) == [code]


# ---- bombs


def chain(steps: int, body: str) -> str:
    lines = ["define f0(x) = x + x"]
    lines += [f"define f{i}(x) = {body.format(before=f'f{i - 1}')}" for i in range(1, steps)]
    return "\n".join(lines) + f"\ndeduct f{steps - 1}(a)\n"


@pytest.mark.parametrize(
    "text",
    [
        chain(60, "{before}({before}(x))"),
        chain(60, "{before}(x) + {before}(x)"),
        chain(2_000, "{before}(x) + 1"),
        chain(1_500, "{before}(x)") + "deduct f1499(b)\n" * 50,
        "define f(x) = x * x\ndeduct " + "f(" * 99 + "a" + ")" * 99 + "\n",
        "table t by k\n" + "".join(f"  {i} : {i}\n" for i in range(2_000)) + "deduct t(a)\n" * 1_000,
        "table t by k\n  1 : 2\ndeduct " + "t(" * 99 + "a" + ")" * 99 + "\n",
        "define f(x) = f(x)\n" + "".join(f"define g{i}(x) = f(x)\n" for i in range(1_500)) + "deduct g0(1)\n",
        "".join(f"define c{i}(x) = c{(i + 1) % 1_500}(x)\n" for i in range(1_500)) + "deduct c0(1)\n",
    ],
    ids=["squared", "doubled", "long", "many", "nested", "tables", "nested tables", "behind a circle", "wide circle"],
)
def test_what_would_grow_without_bound_ends_in_time(text: str) -> None:
    parsed = parse(Source.from_text("main.rules", text))
    began = time.process_time()
    found = expand(parsed)
    assert time.process_time() - began < BOUND
    size, depth = measure(found.parsed.file)
    assert size < 400_000
    assert depth < 900


@pytest.mark.parametrize("body", ["{before}({before}(x))", "{before}(x) + {before}(x)", "{before}(x) + 1"])
def test_what_is_too_large_is_told_once(body: str) -> None:
    assert codes(expanded(chain(400, body))) == ["N148"]
