"""Rule files made to hurt: deep, long, doubling and huge, for every construct. Each is a text, with data where it needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen


@frozen
class Bomb:
    text: str
    record: Mapping[str, Any] = field(factory=dict)
    code: str | None = None
    """A code that must be told; None where the file is fine."""


HEAD = """input
  x : number
  k : one of "a", "b"
  n : whole number
  d : date
  e : date
  t : target
  v : actual
  rows : list of
    f : number
    g : text
    m : number from 0 to 10
"""
RECORD: Mapping[str, Any] = {
    "x": "3", "k": "a", "n": "2", "d": "2023-03-01", "e": "2023-06-30", "t": "≥2", "v": "3",
    "rows": [{"f": "1", "g": "u", "m": "5"}, {"f": "2", "g": "v", "m": "6"}],
}  # fmt: skip


def file(*lines: str, head: str = HEAD) -> str:
    return head + "\n".join(lines) + "\n"


# ---- T1: nesting


def blocks(head: str, last: str) -> Callable[[int], str]:
    """Blocks in blocks, each indented under the one before; `#` in the head is its number."""

    def nested(depth: int) -> str:
        heads = [" " * level + head.replace("#", str(level)) for level in range(depth)]
        return file("criterion c, 10 points", *(" " + line for line in heads), " " * (depth + 1) + last)

    return nested


def sections(head: str, last: str) -> Callable[[int], str]:
    def nested(depth: int) -> str:
        return file(*(" " * level + head.replace("#", str(level)) for level in range(depth)), " " * depth + last)

    return nested


def inside(template: str, left: str, right: str, atom: str = "x") -> Callable[[int], str]:
    """An expression in brackets, as deep as asked, where `…` stands."""

    def nested(depth: int) -> str:
        return file(*template.replace("…", left * depth + atom + right * depth).split("\n"))

    return nested


NESTED: Mapping[str, Callable[[int], str]] = {
    "sections": sections("section s#, weight 100%", "deduct 1"),
    "部分": sections("部分 s#，权重 100%", "扣 1 分"),
    "bonus parts": sections("bonus b#, up to 4 points", "award 1"),
    "parts for each row": sections("section for each r# in rows, 1 points", "deduct 1"),
    "together": blocks("together, up to 5", "deduct 1"),
    "累计不超过": blocks("累计不超过 5 分", "扣 1 分"),
    "highest of": blocks("highest of", "deduct 1 if x > 1"),
    "取最高": blocks("取最高", "x > 1 的，扣 1 分"),
    "for each": blocks("for each r# in rows", "deduct 1"),
    "对…中每个": blocks("对 rows 中每个 r#", "扣 1 分"),
    "for each by": blocks("for each r# in rows by g", "deduct 1"),
    "brackets in a step": inside("criterion c, 10 points\n  deduct 1 for every full 1 that … is above 2", "(", ")"),
    "brackets in a bound of a step": inside(
        "criterion c, 10 points\n  deduct 1 for every full 1 that x is above …", "(", ")"
    ),
    "括号里的步长": inside("评分项 c，10 分\n  x 每低于 … 2，扣 1 分，不足 2 不计", "(", ")"),
    "brackets in a row": inside(
        "criterion c, 10 points\n  score by x\n    from … : 1\n    otherwise : 0", "(", ")", "2"
    ),
    "brackets in the value of a row": inside("criterion c, 10 points\n  score by x\n    otherwise : …", "(", ")"),
    "brackets in when": inside(
        "criterion c, 10 points\n  score by x\n    when (… > 1) : 1\n    otherwise : 0", "(", ")"
    ),
    "brackets in a point": inside(
        "criterion c, 10 points\n  score by x interpolated\n    at … : 1\n    otherwise : 0", "(", ")", "2"
    ),
    "brackets in skip": inside("criterion c, 10 points\n  skip if … > 1", "(", ")"),
    "brackets in zero": inside("criterion c, 10 points\n  zero if … > 1", "(", ")"),
    "brackets in a limit": inside("criterion c, 10 points\n  limit to … if x > 1", "(", ")"),
    "brackets in restore": inside("criterion c, 10 points\n  deduct 1, as l\n  restore … of l", "(", ")", "50%"),
    "brackets in start at": inside("criterion c, 10 points\n  start at …\n  deduct 1", "(", ")"),
    "brackets in a share": inside("criterion c, … points\n  deduct 1", "(", ")", "5"),
    "brackets in a weight": inside("criterion c, weight …\n  deduct 1", "(", ")", "5"),
    "brackets in up to": inside("criterion c, 10 points\n  deduct 1, up to …", "(", ")"),
    "brackets in an answer": inside("criterion c, 10 points\n  deduct x, or … if missing", "(", ")", "1"),
    "brackets in a grade": inside('deduct 1\ngrade\n  "A" from 90, and (… > 1)\n  "B" otherwise', "(", ")"),
    "brackets in grade by": inside('deduct 1\ngrade by …\n  "A" from 90\n  "B" otherwise', "(", ")"),
    "brackets in a parameter": inside("parameter q = …\ndeduct q", "(", ")", "1"),
    "brackets in a dated value": inside("parameter q\n  from 2020-01-01 : …\ndeduct q", "(", ")", "1"),
    "brackets in a code table": inside('table t9 by a\n  "a" : …\n  otherwise : 0\ndeduct t9(k)', "(", ")", "1"),
    "brackets in define": inside("define f9(a) = …\ndeduct f9(x)", "(", ")", "a"),
    "calls of define": inside("define f9(a) = a + 1\ndeduct …", "f9(", ")"),
    "lookups in lookups": inside('table t9 by a\n  "a" : "a"\n  otherwise : "b"\ndeduct 1 if … = "a"', "t9(", ")", "k"),
    "brackets in given": inside('deduct 1\nexample "e"\n  given x = …\n  expect total = 99', "(", ")", "1"),
    "brackets in expect": inside('deduct 1\nexample "e"\n  given x = 1\n  expect … = 99', "(", ")", "total"),
    "max in max": inside("deduct …", "max(0, ", ")"),
    "取大": inside("扣 … 分", "取大(0, ", ")"),
    "round in round": inside("deduct …", "round(", ", 2)"),
    "sqrt in sqrt": inside("deduct round(…, 2)", "sqrt(", ")"),
    "powers in powers": inside("deduct round(…, 2)", "(", " ^ 0.5)"),
    "aggregates in aggregates": inside("deduct …", "sum(r.f * ", " for r in rows)"),
    "over the batch": inside("deduct …", "lowest(all.x where x > ", ")"),
    "rank in rank": inside("deduct …", "rank(", ", lowest first, ties share)"),
    "within": inside("deduct 1 if …", "(", ")", "d within 3 days of e"),
    "days": inside("deduct 1 if … > 1", "abs(days(d, e) + ", ")"),
    "quotients": inside("deduct …", "x / (1 + ", ")"),
    "not": inside("deduct 1 if …", "not (", ")", "x > 1"),
    "and": inside("deduct 1 if …", "(x > 1 and ", ")", "x > 2"),
}


# ---- T2: length


def repeated(template: str, line: str, end: str = "") -> Callable[[int], str]:
    """Many lines of one kind; `#` in a line is its number."""

    def long(count: int) -> str:
        return file(*template.split("\n"), *(line.replace("#", str(i)) for i in range(count)), *end.split("\n"))

    return long


LONG: Mapping[str, tuple[Callable[[int], str], int]] = {
    "bands": (repeated("criterion c, 10 points\n  score by x", "    up to # : 1", "    otherwise : 0"), 10_000),
    "bands with both ends": (
        repeated("criterion c, 10 points\n  score by x", "    from #.0 to below #.5 : 1", "    otherwise : 0"),
        5_000,
    ),
    "points of a line": (
        repeated("criterion c, 10 points\n  score by x interpolated", "    at # : 1", "    otherwise : 0"),
        10_000,
    ),
    "rows of two keys": (
        repeated("criterion c, 10 points\n  score by x, k", '    is #, is "a" : 1', "    otherwise : 0"),
        3_000,
    ),
    "rows of conditions": (
        repeated("criterion c, 10 points\n  score by x", "    when n > # : 1", "    otherwise : 0"),
        5_000,
    ),
    "rows of a code table": (repeated("table t9 by a", '  "c#" : 1', "  otherwise : 0\ndeduct t9(k)"), 10_000),
    "code tables": (repeated("deduct 1", 'table t# by a\n  "a" : 1'), 3_000),
    "parameters": (repeated("deduct 1", "parameter q# = #"), 10_000),
    "dated values": (repeated("parameter q", "  from 2020-01-01 : #", "deduct q"), 5_000),
    "functions": (repeated("deduct 1", "define f#(a) = a + #"), 5_000),
    "a chain of functions": (
        lambda n: file(
            "define f0(a) = a", *(f"define f{i}(a) = f{i - 1}(a)" for i in range(1, n)), f"deduct f{n - 1}(x)"
        ),
        3_000,
    ),
    "a chain of parameters": (
        lambda n: file(
            "parameter q0 = 1", *(f"parameter q{i} = q{i - 1} + 1" for i in range(1, n)), f"deduct q{n - 1}"
        ),
        3_000,
    ),
    "a chain of lets": (
        lambda n: file("let l0 = x", *(f"let l{i} = l{i - 1} + 1" for i in range(1, n)), f"deduct l{n - 1} / 100000"),
        5_000,
    ),
    "members of a group": (repeated("criterion c, 10 points\n  together, up to 5", "    deduct 1 if x > #"), 5_000),
    "members of highest of": (repeated("criterion c, 10 points\n  highest of", "    deduct 1 if x > #"), 5_000),
    "restorations": (repeated("criterion c, 10 points\n  deduct 5, as l", "  restore 1% of l if x > #"), 5_000),
    "steps": (repeated("criterion c, 10 points", "  deduct 1 for every full 1 that x is above #"), 5_000),
    "counts": (repeated("criterion c, 10 points", "  deduct 1 for each r in rows where f > #"), 3_000),
    "vetoes": (repeated("criterion c, 10 points", '  zero if x > # because "over"'), 5_000),
    "limits of the total": (repeated("criterion c, 10 points", "  limit total to 5 if x > #"), 5_000),
    "skips": (repeated("criterion c, 10 points", "  skip if x > #"), 5_000),
    "regrades": (repeated('deduct 1\ngrade\n  "A" from 90\n  "B" otherwise', "lower grade by 1 if x > #"), 5_000),
    "grades": (repeated("deduct 1\ngrade by x", '  "g#" is #', '  "z" otherwise'), 3_000),
    "parts": (repeated("", "criterion c#, weight 1\n  deduct 1 if x > #"), 3_000),
    "bonus parts": (repeated("deduct 1", "bonus b#, up to 1 points\n  award 1 if x > #"), 2_000),
    "levels": (repeated("criterion c, 10 points\n  judged", '    "l#" : 1'), 5_000),
    "checks": (repeated("deduct 1", "check x > #"), 5_000),
    "allowances": (repeated("deduct 1", 'allow W126 because "a#"'), 5_000),
    "examples": (repeated("deduct 1", 'example "e#"\n  given x = 1\n  expect total = 99'), 1_000),
    "given rows": (
        lambda n: file(
            "deduct 1", 'example "e"', "  given rows = [" + ", ".join(["{f = 1}"] * n) + "]", "  expect total = 99"
        ),
        10_000,
    ),
    "choices": (lambda n: file("deduct 1 if x in [" + ", ".join(map(str, range(n))) + "]"), 10_000),
    "values of a row": (
        lambda n: file(
            "criterion c, 10 points",
            "  score by x",
            "    is " + ", ".join(map(str, range(n))) + " : 1",
            "    otherwise : 0",
        ),
        10_000,
    ),
    "arguments": (lambda n: file("deduct min(" + ", ".join(["x"] * n) + ")"), 10_000),
    "keys": (
        lambda n: file("criterion c, 10 points", "  score by " + ", ".join(["x"] * n), "    otherwise : 0"),
        3_000,
    ),
    "clauses": (lambda n: file("deduct 1" + ' because "a"' * n), 5_000),
    "terms": (lambda n: file("deduct 0 * (" + " + ".join(["x"] * n) + ")"), 10_000),
    "conjunctions": (lambda n: file("deduct 1 if " + " and ".join(["x > 1"] * n)), 5_000),
}


# ---- T3: doubling and huge numbers


def doubled(template: str, count: int) -> str:
    """A value of twice the last one, again and again."""
    lines = [template.replace("#", str(i)).replace("%", str(i - 1)) for i in range(1, count)]
    return file(
        template.split("=")[0].replace("#", "0") + "= 3"
        if "(" not in template.split("=")[0]
        else "define f0(a) = a + 3",
        *lines,
        "deduct 1",
    )


NINES = "9" * 40
TINY = "0." + "0" * 37 + "1"
HUGE: Mapping[str, str] = {
    "parameters squared": doubled("parameter q# = q% * q%", 60),
    "parameters to a power": doubled("parameter q# = q% ^ 9", 40),
    "lets squared": doubled("let l# = l% * l%", 60),
    "lets to a power": doubled("let l# = l% ^ 64", 40),
    "functions doubled": doubled("define f#(a) = f%(a) + f%(a)", 60) + "deduct f59(x)\n",
    "functions squared": doubled("define f#(a) = f%(a) * f%(a)", 60) + "deduct f59(x)\n",
    "functions of functions": doubled("define f#(a) = f%(f%(a))", 60) + "deduct f59(x)\n",
    "functions of wide arguments": doubled("define f#(a) = max(" + ", ".join(["f%(a)"] * 50) + ")", 9) + "deduct f8(x)\n",
    "lookups of lookups": file(
        *(f'table t{i} by a\n  "a" : "a"\n  otherwise : "b"' for i in range(40)),
        "deduct 1 if " + "".join(f"t{i}(" for i in range(40)) + "k" + ")" * 40 + ' = "a"',
    ),
    "exp of a billion": file("deduct round(exp(1000000000), 2)"),
    "exp of a negative billion": file("deduct round(exp(-1000000000), 2)"),
    "exp of 40 nines": file(f"deduct round(exp({NINES}), 2)"),
    "exp of exp of exp": file("deduct round(exp(exp(exp(x))), 2)"),
    "exp of a large cell": file("deduct round(exp(x * 1000000000), 18)"),
    "ln of nothing": file("deduct round(ln(0), 2)"),
    "ln of a tiny number": file(f"deduct abs(round(ln({TINY} ^ 64), 18))"),
    "ln of a huge number": file(f"deduct round(ln({NINES} ^ 30), 18)"),
    "sqrt of a huge number": file(f"deduct round(sqrt({NINES} ^ 30), 18)"),
    "sqrt of below nothing": file("deduct round(sqrt(-x), 2)"),
    "a power of a power": file("deduct round(9 ^ (9 ^ 9), 2)"),
    "a huge root": file(f"deduct round({NINES} ^ (1 / {NINES}), 18)"),
    "a power of cells": file("deduct round((x * 1000000000) ^ (x * 1000000000), 2)"),
    "a power near one": file(f"deduct round((1 + {TINY}) ^ {NINES}, 18)"),
    "nothing to nothing": file("deduct round(0 ^ 0, 2)", "deduct round(0 ^ (-0.5), 2)"),
    "a power beyond the limit": file("deduct x ^ 65"),
    "a sine-like sum": file("deduct round(" + " + ".join(["exp(ln(sqrt(x + 1)))"] * 200) + ", 18)"),
    "a tie that is none": file("deduct round(exp(ln(0.5)), 0)"),
    "a round of many places": file("deduct round(x, 1000000000)"),
    "places of the total": file("deduct 1", head="scheme s\n  round total to 999999999 places\n" + HEAD),
    "a step of next to nothing": file(f"deduct 1 for every started {TINY} that x is above 0"),
    "a step of nothing": file("deduct 1 for every started 0 that x is above 0"),
    "a step of 40 nines": file(f"deduct 1 for every full {NINES} that x is above 0"),
    "a percentage step of nothing": file("deduct 1 for every full 0% that x is above n"),
    "a negative step": file("deduct 1 for every full (-1) that x is above 0"),
    "a count of 40 nines": file(f"deduct 1 for each {NINES} n"),
    "a count by nothing": file("deduct 1 for each 0 n"),
    "days of 40 nines": file(f"deduct 1 if d within {NINES} days of e"),
    "negative days": file("deduct 1 if d within (-5) days of e"),
    "the first and the last day": file("deduct days(0001-01-01, 9999-12-31) / 100000000", "deduct months(0001-01-01, 9999-12-31) / 100000000"),
    "days that are none": file("deduct days(2023-02-30, 2023-13-01)"),
    "the year nought": file("deduct days(0000-01-01, d)"),
    "a weight of nothing": file("criterion a, weight 0", "  deduct 1", "criterion b, weight 0", "  deduct 1"),
    "a weight of 40 nines": file(f"criterion a, weight {NINES}", "  deduct 1", f"criterion b, weight {TINY}", "  deduct 1"),
    "a weight in 40 nines %": file(f"criterion a, weight {NINES}%", "  deduct 1"),
    "points of 40 nines": file(f"criterion a, {NINES} points", "  deduct 1"),
    "points of nothing": file("criterion a, 0 points", "  deduct 1"),
    "points to a power": file("criterion a, 9 ^ 64 points", "  deduct 1"),
    "bounds of 40 nines": file(f"criterion a, 5 points, may reach {NINES}, at least {TINY}", "  award 1"),
    "a start of 40 nines": file("criterion a, 5 points", f"  start at {NINES}", "  deduct 1"),
    "a cap of 40 nines": file(f"deduct x, up to {NINES}"),
    "a restoration of 40 nines": file("deduct x, as l", f"restore {NINES}% of l", f"restore {NINES} of l"),
    "a limit of 40 nines": file(f"limit total to {NINES} if x > 1", "deduct 1"),
    "a group of 40 nines": file(f"together, up to {NINES}", "  deduct x"),
    "a grade lowered by 40 nines": file('deduct 1\ngrade\n  "A" from 90\n  "B" otherwise', f"lower grade by {NINES} if x > 1"),
    "a grade lowered by nothing": file('deduct 1\ngrade\n  "A" from 90\n  "B" otherwise', "lower grade by 0 if x > 1"),
    "points of a line next to each other": file(
        "criterion c, 10 points", "  score by x interpolated", "    at 1 : 0", f"    at 1{TINY[1:]} : {NINES}", "    otherwise : 0"
    ),
    "points of a line at one place": file("criterion c, 10 points", "  score by x interpolated", "    at 1 : 0", "    at 1 : 5", "    otherwise : 0"),
    "reviewers of 40 nines": file("criterion c, 10 points", f"  judged, average of reviewers, dropping highest and lowest if {NINES} or more"),
    "rows of 40 nines": file(f"deduct average(rows.f, dropping highest and lowest if {NINES} or more), or 0 if undefined"),
    "a dated value in the year 9999": file("parameter q\n  from 9999-12-31 : 1", "deduct q"),
    "a quotient of a quotient": file("deduct " + "1 / (" * 60 + "x" + ")" * 60),
}  # fmt: skip
