"""A whole rule file back to text. Another language gives the same rules, proved by the digest of their core."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import assert_never

from steelyard.diagnostics.model import Language
from steelyard.syntax import nodes as n
from steelyard.unparse.statements import Lines, Statements, indented
from steelyard.unparse.words import Words, declared


def unparse(file: n.File, language: Language) -> str:
    """The file as an author would write it in that language. Names, titles, reasons and texts stay as they are; comments
    and layout are no part of the tree."""
    return Files(Words(language, declared(file))).file(file)


def in_order(nodes: tuple[n.Part | n.Statement | n.Grade, ...]) -> list[n.Part | n.Statement | n.Grade]:
    """As the author wrote them, where they stand in one file."""
    sources = {id(node.span.source) for node in nodes}
    return sorted(nodes, key=lambda node: node.span.start) if len(sources) == 1 else list(nodes)


class Files(Statements):
    """Writes what a file holds."""

    def file(self, file: n.File) -> str:
        words = self.words
        blocks: list[Lines] = [[f"{words.word('VERSION')} {version.number}"] for version in file.versions]
        blocks += [[f"{words.word('USE')} {words.quoted(use.file.value)}"] for use in file.uses]
        blocks += [self.amend(amend) for amend in file.amends]
        blocks += [self.scheme(scheme) for scheme in file.schemes]
        blocks += [
            [words.word("INPUT"), *indented(line for field in given.fields for line in self.field_of_input(field))]
            for given in file.inputs
        ]
        blocks += [self.parameter(parameter) for parameter in file.parameters]
        blocks += [self.code_table(table) for table in file.tables]
        blocks += [self.define(define) for define in file.defines]
        blocks += [self.of_part(one) for one in in_order((*file.parts, *file.statements, *file.grades))]
        blocks += [self.example(example) for example in file.examples]
        return "\n\n".join("\n".join(block) for block in blocks) + "\n"

    # ---- the scheme

    def scheme(self, scheme: n.Scheme) -> Lines:
        head = f"{self.words.word('SCHEME')} {self.words.name(scheme.name.name)}"
        title = f" {self.words.quoted(scheme.title)}" if scheme.title is not None else ""
        return [head + title, *indented(map(self.attribute, scheme.attributes))]

    def attribute(self, attribute: n.Attribute) -> str:
        words = self.words
        match attribute:
            case n.Authority():
                return f"{words.pick('authority', '依据')} {words.quoted(attribute.text.value)}"
            case n.RoundingRule():
                return self.rounding(attribute)
            case n.BareRule():
                return words.word("BARE_RULE")
            case n.FewerBetter():
                return words.word("FEWER_BETTER")
            case n.Effective():
                start, end = words.day(attribute.start), attribute.end
                if words.zh:
                    return f"自 {start} 起施行" + (f"，至 {words.day(end)} 止" if end is not None else "")
                return f"effective from {start}" + (f" to {words.day(end)}" if end is not None else "")
            case n.LanguageRule():
                return f"{words.word('LANGUAGE')} {attribute.language or 'none'}"
            case n.BatchBy():
                name = words.name(attribute.by.name)
                return words.pick(f"batch by {name}", f"按 {name} 分批")
            case n.PartBound():
                return self.bound(attribute)
            case _:
                assert_never(attribute)

    def rounding(self, rule: n.RoundingRule) -> str:
        words, mode = self.words, self.words.word("MODE", str(rule.mode))
        if words.zh:
            return f"{'总分' if rule.of == 'total' else '每个评分项'} 保留 {rule.places} 位小数，{mode}"
        what = "total" if rule.of == "total" else "each criterion"
        return f"round {what} to {rule.places} places, {mode}"

    # ---- inputs

    def field_of_input(self, field: n.FieldDeclaration) -> Lines:
        words = self.words
        title = f" {words.quoted(field.title)}" if field.title is not None else ""
        kinds = [words.word({"list": "LIST_OF", "one of": "ONE_OF"}.get(k.kind, "TYPE"),
                            None if k.kind in ("list", "one of") else k.kind) for k in field.kinds]  # fmt: skip
        choices = words.pick(", ", "、").join(map(self.text, field.choices))
        facets = [" ".join(filter(None, (*kinds, choices)))] if kinds or choices else []
        if field.unit is not None:
            unit = words.quoted(field.unit.names[0]) if field.unit.quoted else "/".join(field.unit.names)
            facets.append(f"{words.word('UNIT_IN')} {unit}")
        if field.range is not None:
            low, high = map(self.text, field.range)
            facets.append(f"{words.word('FROM')} {low} {words.word('TO')} {high}")
        if field.optional:
            facets.append(words.word("OPTIONAL"))
        head = f"{words.name(field.name.name)}{title}{words.pick(' : ', ' ：')}{words.comma.join(facets)}"
        return [head, *indented(line for inner in field.fields for line in self.field_of_input(inner))]

    # ---- parts

    def part(self, part: n.Part) -> Lines:
        words = self.words
        kind = words.word(part.kind.upper())
        title = f" {words.quoted(part.title.value)}" if part.title is not None else ""
        if part.loop is None:
            head = f"{kind} {words.name(part.name.name)}{title}"
        else:
            row, rows = words.name(part.loop.row.name), words.value_name(part.loop.rows.name)
            where = self.text(part.loop.where) if part.loop.where is not None else None
            if words.zh:
                head = f"{kind} 按 {rows} 中每个 {row}{f'，其中 {where}' if where else ''}{title}"
            else:
                head = f"{kind} for each {row} in {rows}{f' where {where}' if where else ''}{title}"
        shares = [share for share in (part.share, part.out_of, *part.more_shares) if share is not None]
        statements = list(part.statements)
        bounds: Lines = []
        while statements and isinstance(bound := statements[0], n.PartBound):
            bounds.append(self.head_bound(bound, part))
            del statements[0]
        body = in_order((*statements, *part.grades, *part.parts))
        first = words.comma.join((head, *map(self.share, shares), *bounds))
        return [first, *indented(line for one in body for line in self.of_part(one))]

    def of_part(self, node: n.Part | n.Statement | n.Grade) -> Lines:
        match node:
            case n.Part():
                return self.part(node)
            case n.Grade():
                return self.grade(node)
            case _:
                return self.statement(node)

    def share(self, share: n.Share) -> str:
        if isinstance(share, n.SharePoints):
            amount = self.amount(share.amount)
            return f"{amount} {self.words.pick('point' if amount == '1' else 'points', '分')}"
        return f"{self.words.word('WEIGHT')} {self.amount(share.amount)}"

    def head_bound(self, bound: n.PartBound, part: n.Part) -> str:
        if bound.kind == "reach" and part.kind in ("bonus", "penalty") and bound.amount is not None:
            return f"{self.words.pick('up to', '最高')} {self.points(bound.amount)}"
        return self.bound(bound)

    def grade(self, grade: n.Grade) -> Lines:
        words = self.words
        keys = words.pick(", ", "、").join(map(self.amount, grade.keys))
        head = words.word("GRADE") if not grade.keys else words.pick(f"grade by {keys}", f"按 {keys} 评级")
        return [head, *indented(self.by_date(grade.rows, grade.versions, self.grade_row))]

    # ---- dated values, code tables, functions, other files

    def parameter(self, parameter: n.Parameter) -> Lines:
        head = f"{self.words.word('PARAMETER')} {self.words.name(parameter.name.name)}"
        if parameter.value is not None:
            return [f"{head} = {self.text(parameter.value)}"]
        colon = self.words.pick(" : ", "：")
        return [head, *indented(f"{self.since(one.start)}{colon}{self.text(one.value)}" for one in parameter.values)]

    def code_table(self, table: n.CodeTable) -> Lines:
        words = self.words
        keys, columns = (words.comma.join(words.name(name.name) for name in names)
                         for names in (table.keys, table.columns))  # fmt: skip
        head = f"{words.word('TABLE')} {words.name(table.name.name)} {words.word('BY')} {keys}"
        lines = [f"{head}{words.pick(' : ', '：')}{columns}" if columns else head]
        lines += indented(self.code_rows(table.rows))
        for version in table.versions:
            lines += indented([self.since(version.start), *indented(self.code_rows(version.rows))])
        return lines

    def code_rows(self, rows: Iterable[n.CodeRow]) -> Lines:
        """One line for the rows that were written as one."""
        return [
            self.code_row(tuple(found))
            for _, found in groupby(rows, key=lambda row: (id(row.span.source), row.span.start))
        ]

    def code_row(self, rows: tuple[n.CodeRow, ...]) -> str:
        words, row = self.words, rows[0]
        keys = words.comma.join(map(self.amount, row.keys)) if row.keys else words.word("OTHERWISE")
        if len(rows) > 1:
            listed = (dict.fromkeys(map(self.amount, key)) for key in zip(*(row.keys for row in rows), strict=True))
            keys = words.comma.join(f"{words.pick('is', '等于')} {words.pick(', ', '、').join(key)}" for key in listed)
        return f"{keys}{words.pick(' : ', ' ：')}{words.comma.join(map(self.amount, row.values))}"

    def define(self, define: n.Define) -> Lines:
        words = self.words
        names = words.comma.join(words.name(name.name) for name in define.arguments)
        return [f"{words.word('DEFINE')} {words.name(define.name.name)}({names}) = {self.text(define.value)}"]

    def amend(self, amend: n.Amend) -> Lines:
        lines = [f"{self.words.word('AMEND')} {self.words.quoted(amend.file.value)}"]
        for change in amend.changes:
            lines += indented(self.change(change))
        return lines

    def change(self, change: n.Change) -> Lines:
        words = self.words
        match change:
            case n.Replace():
                what = change.what
                first, *rest = self.part(what) if isinstance(what, n.Part) else self.statement(what)
                return [f"{words.word('REPLACE')} {first}", *rest]
            case n.Add():
                parts = [self.part(part) for part in change.parts]
                inner = [line for lines in (*parts, *map(self.statement, change.statements)) for line in lines]
                if change.to:
                    return [f"{words.word('ADD')} {words.word('TO')} {self.path(change.to)}", *indented(inner)]
                return [f"{words.word('ADD')} {inner[0]}", *inner[1:]]
            case n.Remove():
                return [f"{words.word('REMOVE')} {self.path(change.path)}"]
            case _:
                assert_never(change)

    def path(self, path: tuple[n.Name, ...]) -> str:
        return ".".join(self.words.name(name.name) for name in path)

    # ---- examples

    def example(self, example: n.Example) -> Lines:
        head = f"{self.words.word('EXAMPLE')} {self.words.quoted(example.title.value)}"
        return [head, *indented([*map(self.given, example.given), *map(self.expected, example.expect)])]

    def given(self, given: n.Given) -> str:
        words = self.words
        if given.rows is None:
            assert given.value is not None, "a datum has a value or rows"
            value = self.text(given.value)
        else:
            value = f"[{', '.join(map(self.given_row, given.rows))}]"
        return f"{words.word('GIVEN')} {words.name(given.name.name)} = {value}"

    def given_row(self, row: n.GivenRow) -> str:
        fields = (f"{self.words.name(name.name)} = {self.text(value)}" for name, value in row.fields)
        return f"{{{', '.join(fields)}}}"

    def expected(self, expect: n.Expect) -> str:
        words = self.words
        match expect.what:
            case "holds":
                return f"{words.word('EXPECT')} {self.text(expect.value)}"
            case "grade":
                return f"{words.pick('expect grade', '应评为')} {self.text(expect.value)}"
            case "deduct" | "award":
                word = words.word("DEDUCTION" if expect.what == "deduct" else "AWARD_OF")
                path, amount = self.path(expect.part), self.points(expect.value)
                return words.pick(f"expect {word} {amount} in {path}", f"{path} {word} {amount}")
            case _:
                assert_never(expect.what)
