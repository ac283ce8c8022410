"""The author's half against what Lark does alone, on a file of 2,000 lines.

The contestant is Lark's LALR parser with its contextual lexer, its Indenter and positions (which messages need), on a plain
English grammar of the same statements; it makes a tree and checks nothing.
"""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from lark import Lark
from lark.indenter import Indenter

from steelyard.bind.bind import bind
from steelyard.check.check import check
from steelyard.source import Source
from steelyard.syntax.parser import parse

PLAIN = r"""
start: (_NL | part)*
part: "criterion" NAME "," NUMBER "points" _NL _INDENT deduct+ _DEDENT
deduct: "deduct" sum "if" condition "because" STRING _NL
condition: sum (COMPARE sum)+ ("and" sum (COMPARE sum)+)*
?sum: product (("+" | "-") product)*
?product: atom (("*" | "/") atom)*
?atom: NUMBER "%"? | NAME | "(" sum ")"
COMPARE: "<=" | ">=" | "<" | ">" | "="
NAME: /[^\W\d]\w*/
NUMBER: /\d+(\.\d+)?/
STRING: /"[^"]*"/
_NL: /(\r?\n[\t ]*)+/
%ignore " "
%declare _INDENT _DEDENT
"""


class Blocks(Indenter):
    NL_type = "_NL"
    OPEN_PAREN_types: ClassVar[list[str]] = []
    CLOSE_PAREN_types: ClassVar[list[str]] = []
    INDENT_type = "_INDENT"
    DEDENT_type = "_DEDENT"
    tab_len = 4


def rules(criteria: int) -> str:
    lines = []
    for i in range(criteria):
        lines.append(f"criterion 指标{i}, 10 points")
        for k in range(4):
            lines.append(
                f'  deduct 0.5 if actual_{i} > (target_{i} + {k}.25) * 1.{k} and rate_{i} < 9{k}% because "第 {i} 项，第 {k} 条"'
            )
    return "\n".join(lines) + "\n"


TEXT = rules(400)


@pytest.mark.benchmark(group="parsing: 2,000 lines")
@pytest.mark.parametrize(
    "contestant", ["lark alone, tree with positions", "steelyard, to a tree", "steelyard, to a checked tree"]
)
def test_two_thousand_lines(benchmark: Any, contestant: str) -> None:
    plain = Lark(PLAIN, parser="lalr", postlex=Blocks(), propagate_positions=True)
    source = Source.from_text("long.rules", TEXT)
    run = {
        "lark alone, tree with positions": lambda: plain.parse(TEXT),
        "steelyard, to a tree": lambda: parse(source),
        "steelyard, to a checked tree": lambda: check(bind(parse(source))),
    }[contestant]
    assert benchmark.pedantic(run, rounds=5, warmup_rounds=1) is not None


def test_the_long_file_is_right() -> None:
    assert not check(bind(parse(Source.from_text("long.rules", TEXT)))).failed
