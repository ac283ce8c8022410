"""Dated values, code tables, functions, other files, examples: from the parser's reductions to nodes."""

from __future__ import annotations

from itertools import product

from steelyard.syntax import nodes as n
from steelyard.syntax.build_moves import MoveBuilder
from steelyard.syntax.children import (
    Bare,
    Children,
    CodeKeys,
    CodeRows,
    Fault,
    GivenRows,
    all_of,
    expression_of,
    expressions_of,
    first_token,
    name_node,
    only,
    span_of,
    statements_of,
    text_node,
    tokens_of,
)

Names = tuple[n.Name, ...]


class FileBuilder(MoveBuilder):
    """The callbacks for what a file holds beside its scheme."""

    def since(self, children: Children) -> n.Date:
        return only(children, n.Date)

    def dated(self, children: Children) -> n.Dated:
        start, value = expressions_of(children)
        assert isinstance(start, n.Date), "a dated value begins with its day"
        return n.Dated(start, value, span=span_of(children))

    def parameter(self, children: Children) -> n.Parameter:
        name = name_node(tokens_of(children)[1])
        dated = all_of(children, n.Dated)
        value = None if dated or first_token(children, "EQ") is None else expression_of(children)
        faulty = any(isinstance(child, Fault) for child in children)
        return n.Parameter(name, dated, value, faulty, span=span_of(children))

    def names(self, children: Children) -> Names:
        return tuple(name_node(token) for token in tokens_of(children))

    def code_values(self, children: Children) -> tuple[n.Expression, ...]:
        return expressions_of(children)

    def code_keys(self, children: Children) -> CodeKeys:
        """`"late", "A"`; or `is "D", "D*"`: what stands alone behind an `is` is one more code of the same key."""
        keys: list[list[n.Expression]] = []
        several = False
        for child in children:
            if isinstance(child, n.IsOneOf):
                keys.append(list(child.values))
                several = True
            elif isinstance(child, Bare):
                if several:
                    keys[-1].append(child.value)
                else:
                    keys.append([child.value])
        return CodeKeys(keys, span_of(children))

    def code_row(self, children: Children) -> CodeRows:
        """A row for each of the codes."""
        values, span = only(children, tuple), span_of(children)
        codes = next((child.codes for child in children if isinstance(child, CodeKeys)), [])
        return CodeRows(tuple(n.CodeRow(keys, values, span=span) for keys in product(*codes)), span)

    def code_version(self, children: Children) -> n.CodeVersion:
        return n.CodeVersion(only(children, n.Date), _code_rows(children), span=span_of(children))

    def code_table(self, children: Children) -> n.CodeTable:
        keys, *columns = [child for child in children if isinstance(child, tuple)]
        return n.CodeTable(
            name_node(tokens_of(children)[1]),
            keys,
            columns[0] if columns else (),
            _code_rows(children),
            all_of(children, n.CodeVersion),
            any(isinstance(child, Fault) for child in children),
            span=span_of([*tokens_of(children), keys, *columns]),
        )

    def define(self, children: Children) -> n.Define:
        arguments = next(child for child in children if isinstance(child, tuple))
        name = name_node(tokens_of(children)[1])
        return n.Define(name, arguments, expression_of(children), span=span_of(children))

    def use(self, children: Children) -> n.Use:
        return n.Use(text_node(tokens_of(children)[-1]), span=span_of(children))

    def amend(self, children: Children) -> n.Amend:
        tokens = tokens_of(children)
        return n.Amend(text_node(tokens[-1]), all_of(children, n.Replace, n.Add, n.Remove), span=span_of(tokens))

    def replace(self, children: Children) -> n.Replace:
        what = next(child for child in children if isinstance(child, n.Part | n.Statement))
        return n.Replace(what, span=span_of(children))

    def add(self, children: Children) -> n.Add:
        path = next((child for child in children if isinstance(child, tuple)), ())
        return n.Add(path, all_of(children, n.Part), statements_of(children), span=span_of(children))

    def remove(self, children: Children) -> n.Remove:
        return n.Remove(next(child for child in children if isinstance(child, tuple)), span=span_of(children))

    def path(self, children: Children) -> Names:
        return tuple(name_node(token) for token in tokens_of(children) if token.type == "NAME")

    # ---- examples

    def given_field(self, children: Children) -> tuple[n.Name, n.Expression]:
        return name_node(tokens_of(children)[0]), expression_of(children)

    def given_row(self, children: Children) -> n.GivenRow:
        fields = tuple(child for child in children if isinstance(child, tuple))
        return n.GivenRow(fields, span=span_of(children))

    def given_rows(self, children: Children) -> GivenRows:
        return GivenRows(all_of(children, n.GivenRow), span_of(children))

    def given(self, children: Children) -> n.Given:
        name = name_node(next(token for token in tokens_of(children) if token.type == "NAME"))
        rows = next((child.rows for child in children if isinstance(child, GivenRows)), None)
        value = None if rows is not None else expression_of(children)
        return n.Given(name, value, rows, span=span_of(children))

    def expect(self, children: Children) -> n.Expect:
        return n.Expect("holds", expression_of(children), span=span_of(children))

    def expect_grade(self, children: Children) -> n.Expect:
        return n.Expect("grade", only(children, n.Text), span=span_of(children))

    def expect_move(self, children: Children) -> n.Expect:
        path = next(child for child in children if isinstance(child, tuple))
        award = first_token(children, "AWARD_OF") is not None
        return n.Expect("award" if award else "deduct", expression_of(children), path, span=span_of(children))

    def expect_score(self, children: Children) -> n.Expect:
        """`甲 应得 4 分`"""
        name = name_node(tokens_of(children)[0])
        test = n.Comparison(("=",), (name, expression_of(children)), span=span_of(children))
        return n.Expect("holds", test, span=span_of(children))

    def example(self, children: Children) -> n.Example:
        tokens = tokens_of(children)
        faulty = any(isinstance(child, Fault) for child in children)
        given, expect = all_of(children, n.Given), all_of(children, n.Expect)
        return n.Example(text_node(tokens[1]), given, expect, faulty, span=span_of(tokens[:2]))


def _code_rows(children: Children) -> tuple[n.CodeRow, ...]:
    return tuple(row for child in children if isinstance(child, CodeRows) for row in child.rows)
