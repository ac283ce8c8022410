"""Running the examples of a rule file.

An example is a record and expectations of its score. What is expected is a check of the core, so it is added to the checks
of the program and read off the trace: the evaluator that scores is the one that answers here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import attrs
from attrs import frozen

from steelyard.core import nodes as c
from steelyard.data.model import Record
from steelyard.diagnostics.model import Diagnostic, Label, Words
from steelyard.examples.records import record_of
from steelyard.examples.values import shown_quantity, shown_value, total_of
from steelyard.source import RulePath, Span
from steelyard.trace.model import Entry, Expr, Trace
from steelyard.values.states import Unknown

LABELS = 3
"""Rules that are pointed at for one expectation."""

ScoreOne = Callable[[c.Program, Record], Trace]


@frozen
class Tried:
    """What came of the examples of a file."""

    passed: int
    failed: int
    diagnostics: tuple[Diagnostic, ...]


def run_examples(program: c.Program, score: ScoreOne) -> Tried:
    """Every example of the program, each scored on its own."""
    found = [tuple(_Try(program, example, score).diagnostics()) for example in program.examples]
    failed = sum(1 for diagnostics in found if diagnostics)
    return Tried(len(found) - failed, failed, tuple(d for diagnostics in found for d in diagnostics))


class _Try:
    """One example."""

    def __init__(self, program: c.Program, example: c.Example, score: ScoreOne) -> None:
        self.example = example
        record, self.wrong = record_of(program.schema, example)
        self.trace = score(_with_checks(program, example), record)
        self.checks = {entry.rule: entry for entry in self.trace.entries if entry.kind == "check"}
        self.spans = dict(_spans(program.total))

    def diagnostics(self) -> Iterator[Diagnostic]:
        """One for each cell that cannot be read; where all can, one for each expectation that is not met."""
        yield from self.wrong
        if self.wrong:
            return
        for number, expected in enumerate(self.example.expect, 1):
            check = self.checks.get(_path(number))
            if check is None or check.expression is None:
                told = self.told("W149", expected, cells="")
                yield attrs.evolve(told, facts={**told.facts, "cause": Words("not issued")})
            elif expected.holds is not None:
                yield from self.held(expected, check, check.expression)
            else:
                yield from self.moved(expected, check.expression)

    def held(self, expected: c.Expected, check: Entry, test: Expr) -> Iterator[Diagnostic]:
        if check.status == "undetermined":
            yield self.open(expected, check)
        elif check.status != "applied":
            yield self.told("W141", expected, self.because(_parts_in(test)), found=shown_value(test))

    def moved(self, expected: c.Expected, test: Expr) -> Iterator[Diagnostic]:
        """A deduction or award: the sum of what had effect in the part."""
        wanted = test.args[0].value
        moves = [
            entry
            for entry in self.trace.entries
            if entry.kind in ("move", "group") and entry.role == expected.role and self.is_in(entry, expected.part)
        ]
        found = total_of(entry.applied for entry in moves if entry.applied is not None)
        if isinstance(found, Fraction) and found == wanted:
            return
        open_moves = [entry for entry in moves if entry.status == "undetermined"]
        if not isinstance(found, Fraction) and open_moves:
            yield self.open(expected, open_moves[0])
            return
        yield self.told("W141", expected, self.labels(moves), found=shown_quantity(found))

    # ---- what is said

    def told(self, code: str, expected: c.Expected, labels: tuple[Label, ...] = (), **facts: str) -> Diagnostic:
        span = expected.origin.span
        return Diagnostic(code, {"title": self.example.title, "shown": span.text, **facts}, span, labels=labels)

    def open(self, expected: c.Expected, entry: Entry) -> Diagnostic:
        cells = {cell.key: cell for cell in self.trace.cells}
        names = dict.fromkeys(cells[key].name for key in entry.blame if key in cells)
        value = entry.expression.value if entry.expression else None
        causes = value.causes if isinstance(value, Unknown) else frozenset()
        cause = Words(min(causes)) if causes else Words("missing" if names else "undefined")
        told = self.told("W149", expected)
        return attrs.evolve(told, facts={**told.facts, "cells": ", ".join(names), "cause": cause})

    def because(self, parts: frozenset[str]) -> tuple[Label, ...]:
        """The rules that made the scores what they are."""
        return self.labels(
            [
                entry
                for entry in self.trace.entries
                if entry.kind in ("move", "group", "limit")
                and any(
                    part == "total" or self.is_in(entry, part) or entry.part.startswith(f"{part}.") for part in parts
                )
            ]
        )

    def labels(self, entries: list[Entry]) -> tuple[Label, ...]:
        """The first few rules that had effect, on all rows together; where none had, those that did not apply."""
        moved: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.applied:
                moved.setdefault(entry.rule, []).append(entry)
        if moved:
            return tuple(self.label(rule, moved[rule]) for rule in moved if rule in self.spans)[:LABELS]
        idle = dict.fromkeys(entry.rule for entry in entries if entry.status == "not met" and entry.rule in self.spans)
        return tuple(Label(self.spans[rule], "did-not-fire") for rule in idle)[:LABELS]

    def label(self, rule: str, entries: list[Entry]) -> Label:
        sign = "−" if entries[0].role == "deduct" else "+"
        points = total_of(entry.applied for entry in entries if entry.applied is not None)
        return Label(self.spans[rule], "took", {"points": f"{sign}{shown_quantity(points)}"})

    @staticmethod
    def is_in(entry: Entry, part: str | None) -> bool:
        """Does the entry belong to the part, or to one of its rows?"""
        return part is not None and (entry.part == part or entry.part.startswith(f"{part}["))


def _with_checks(program: c.Program, example: c.Example) -> c.Program:
    """The program with the expectations as its only checks. The amount of a move is only computed, so its test is about
    nothing else."""
    checks = []
    for number, expected in enumerate(example.expect, 1):
        test = expected.holds
        if test is None:
            assert expected.amount is not None, "an expected move has an amount"
            test = c.Op("=", (expected.amount, expected.amount))
        origin = c.Origin(RulePath(_path(number)), expected.origin.span)
        checks.append(c.Check(origin, test, "warning", None, None))
    return attrs.evolve(program, total=attrs.evolve(program.total, checks=tuple(checks)))


def _path(number: int) -> str:
    return f"total:expect#{number}"


def _parts_in(expression: Expr) -> frozenset[str]:
    """The parts whose scores or grades an expression reads."""
    found: set[str] = set()
    waiting = [expression]
    while waiting:
        expr = waiting.pop()
        if expr.op == "score" and expr.ref is not None:
            found.add(expr.ref.partition(":")[0])
        waiting.extend(expr.args)
    return frozenset(found)


def _spans(account: c.Account) -> Iterator[tuple[str, Span]]:
    """Where each rule of the program stands."""
    waiting: list[object] = [account]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
        elif isinstance(node, c.Statement):
            yield str(node.origin.path), node.origin.span
            waiting.extend(getattr(node, name, ()) for name in ("body", "restores"))
