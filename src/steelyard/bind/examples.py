"""Inline tests: what an example gives, and what it expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from steelyard.bind.scopes import Scope, fields_of
from steelyard.bind.statements import StatementBinder
from steelyard.bind.suggest import near_name
from steelyard.bind.symbols import InferredSymbol, InputSymbol, ListSymbol, WordSymbol
from steelyard.source import RulePath
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.values.types import Field, ListType


class ExampleBinder(StatementBinder):
    """Resolves the names of examples, when all else is done."""

    def examples(self, examples: Iterable[n.Example], scope: Scope) -> None:
        """`scope` is that of a check of the scheme: it may read every score."""
        inferred = {s.name for s in self.refers_to.values() if isinstance(s, InferredSymbol)}
        for index, example in enumerate(examples, 1):
            for given in example.given:
                self.given(given, inferred, scope)
            for number, expect in enumerate(example.expect, 1):
                self.paths[expect.key] = RulePath(f"example#{index}:expect#{number}")
                self.expect(expect, scope)

    def given(self, given: n.Given, inferred: set[str], scope: Scope) -> None:
        name = given.name
        found = scope.inputs.get(name.name)
        if name.name in scope.unreadable:
            return
        if found is None:
            if name.name in inferred:
                self.refers_to[name.key] = InferredSymbol(name.name)
                self.literals((given.value,))
                return
            known = (*scope.inputs, *inferred)
            self.unknown_name(name, known)
        elif isinstance(found.type, ListType) != (given.rows is not None):
            self.report("N114" if given.rows is None else "N108", name.span, name=name.name)
        elif given.rows is None:
            self.refers_to[name.key] = InputSymbol(found)
            self.literals((given.value,))
        else:
            self.refers_to[name.key] = ListSymbol(found)
            for row in given.rows:
                self.row(row, found, fields_of(found), scope)

    def row(self, row: n.GivenRow, rows: Field, fields: Mapping[str, Field], scope: Scope) -> None:
        for name, value in row.fields:
            if name.name not in fields and name.name not in scope.unreadable:
                self.report("N116", name.span, fixes=near_name(name, fields), name=name.name, rows=rows.name)
            self.literals((value,))

    def literals(self, values: Iterable[n.Expression | None]) -> None:
        """What is given is written out, as it would stand in a cell."""
        for value in values:
            match value:
                case None | n.Number() | n.Text() | n.Date():
                    pass
                case n.Operation(operator="neg", operands=(n.Number(),)):
                    pass
                case n.Name(name=word) if keywords().values.get(word) in ("yes", "no"):
                    self.refers_to[value.key] = WordSymbol("yes" if keywords().values[word] == "yes" else "no")
                case _:
                    self.report("N125", value.span, text=value.span.text)

    def expect(self, expect: n.Expect, scope: Scope) -> None:
        self.expression(expect.value, scope)
        if expect.what not in ("deduct", "award"):
            return
        names = tuple(name.name for name in expect.part)
        found = [
            place.path for place in self.places.places.values() if not place.of_row and self._ends_in(place.path, names)
        ]
        if not found and (not names or keywords().values.get(names[-1]) == "total"):
            self.targets[expect.key] = RulePath("total")
        elif len(found) == 1:
            self.targets[expect.key] = found[0]
        else:
            span = expect.part[0].span.to(expect.part[-1].span)
            fixes = near_name(expect.part[-1], self.part_names) if not found else ()
            self.report("N122", span, fixes=fixes, name=".".join(names))

    def _ends_in(self, path: RulePath, names: tuple[str, ...]) -> bool:
        chain = [self.places.places[p].part.name.name for p in self.places.chain(path)[1:]]
        return tuple(chain[-len(names) :]) == names if names else False
