"""`steelyard what-if RULES DATA`: what another input would make of a score, and what it takes to reach a grade."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

from steelyard.cli.commands import Command, OneOf, as_of_option, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice, wants_color, write_bytes, write_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from steelyard.core.nodes import Program
    from steelyard.data.model import Cell, Records
    from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Language
    from steelyard.questions.whatif.bench import Bench
    from steelyard.questions.whatif.inputs import Input
    from steelyard.trace.model import Trace

EFFORT, OF_STATEMENT = 400, 150
"""Scorings for one input: where a grade is asked for, and where a statement's points are to be given back."""


@click.command(
    "what-if",
    cls=Command,
    short=("Ask what would change a score.", "试问改动数据会怎样。"),
    words=(
        "Ask what another input would make of the score of one record of DATA by the rule file RULES.\n\n"
        "Without a question: which points are recoverable, statement by statement. --set sets inputs and shows what "
        "moves; --for-grade finds the smallest change of each single input that reaches a grade; --sweep scores one "
        "input over its range. An input is named as in the data; a cell of a row is list[key].field. Status 0: done. "
        "Status 2: not done.",
        "按规则文件 RULES，试问 DATA 中一个对象改动数据后得分会怎样。\n"
        "不写问题时：逐条列出可挽回的分数。--set 设定数据，看哪些变动；\n"
        "--for-grade 找出单独改动每个数据、达到某一等级的最小变动；\n"
        "--sweep 给一个数据的各个取值评分。数据按数据文件中的名称书写，\n"
        "列表中的一格写成 列表[键].字段。返回值 0：完成；2：没有完成。",
    ),
)
@click.argument("rules", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@option("--record", words=("The record with this key.", "哪一个对象。"))
@option(
    "--set",
    "settings",
    multiple=True,
    words=("field=value: score with it; repeatable.", "数据项=值：按此评分；可多次使用。"),
)
@option("--for-grade", "grade", words=("The smallest changes that reach this grade.", "达到这一等级的最小变动。"))
@option(
    "--input",
    "only",
    multiple=True,
    words=("With --for-grade: only this input; repeatable.", "与 --for-grade 合用：只看这个数据项；可多次使用。"),
)
@option("--sweep", "swept", words=("Score over the values of this input.", "给这个数据项的各个取值评分。"))
@option("--from", "first", words=("With --sweep: the first value.", "与 --sweep 合用：起始值。"))
@option("--to", "last", words=("With --sweep: the last value.", "与 --sweep 合用：终止值。"))
@option("--step", words=("Distance of values, in the unit of the input.", "取值的间隔，单位与数据项相同。"))
@option("--plot", "plotted", is_flag=True, words=("With --sweep: draw it as well.", "与 --sweep 合用：另画成图。"))
@option(
    "--format",
    "form",
    type=OneOf(["text", "json"]),
    default="text",
    words=("Form of the answer.", "答案的格式：text 文字，json 数据。"),
)
@option("--json", "as_json", is_flag=True, words=("The same as --format json.", "同 --format json。"))
@as_of_option
@lang_option
@color_option
def command(
    rules: Path,
    data: Path,
    record: str | None,
    settings: tuple[str, ...],
    grade: str | None,
    only: tuple[str, ...],
    swept: str | None,
    first: str | None,
    last: str | None,
    step: str | None,
    plotted: bool,
    form: str,
    as_json: bool,
    as_of: date | None,
    lang: str | None,
    color: ColorChoice,
) -> None:
    """One question, of one record."""
    asked = _Asked(settings, grade, only, swept, first, last, step, plotted, as_json or form == "json")
    desk = _open(rules, data, record, as_of, lang, color)
    _check_options(asked, desk)
    if asked.settings:
        answer = _set(asked, desk)
    elif asked.grade is not None:
        answer = _for_grade(asked, asked.grade, desk)
    elif asked.swept is not None:
        answer = _sweep(asked, asked.swept, desk)
    else:
        answer = _recoverable(asked, desk)
    if asked.as_json:
        write_bytes(answer.encode("utf-8", "surrogatepass"))
    else:
        write_text(answer)


class _Asked(NamedTuple):
    """The question as it was typed."""

    settings: tuple[str, ...]
    grade: str | None
    only: tuple[str, ...]
    swept: str | None
    first: str | None
    last: str | None
    step: str | None
    plotted: bool
    as_json: bool


class _Desk(NamedTuple):
    """What every question needs."""

    bench: Bench
    inputs: tuple[Input, ...]
    language: Language
    color: ColorChoice

    def fail(self, code: str, fixes: tuple[Fix, ...] = (), **facts: Fact) -> NoReturn:
        from steelyard.cli.failures import fail

        fail(code, self.language, self.color, fixes, None, **facts)

    def input(self, name: str) -> Input:
        from steelyard.diagnostics.model import Fix
        from steelyard.diagnostics.nearest import nearest
        from steelyard.questions.whatif.inputs import find

        found = find(self.inputs, name.strip())
        if found is None:
            names = [one.name for one in self.inputs]
            near = nearest(name.strip(), names)
            fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
            self.fail("C150", fixes, found=name, names=tuple(names[:5]))
        return found

    def beside(self, one: Input) -> list[Cell]:
        """The other cells of the same field, in this record and others: how a blank, or yes and no, would be written."""
        from steelyard.questions.whatif.inputs import inputs_of, scores_beside
        from steelyard.values.types import TruthType

        if one.review:
            return scores_beside(self.bench.records.records, one)
        if one.known and not isinstance(one.field.type, TruthType):
            return []
        found = [other for record in self.bench.records.records[:100]
                 for other in inputs_of(self.bench.program.schema, record, self.language)]  # fmt: skip
        key = (one.rows, one.field.name, one.review)
        return [o.cell for o in found if (o.rows, o.field.name, o.review) == key and o.cell is not one.cell]


def _open(
    rules: Path, data: Path, record: str | None, as_of: date | None, lang: str | None, color: ColorChoice
) -> _Desk:
    """Load both files and pick the record."""
    from steelyard.cli.failures import NOT_DONE, cannot_open, fail, tell
    from steelyard.pipeline import load, read_data, score_each
    from steelyard.questions.whatif.bench import Bench
    from steelyard.questions.whatif.inputs import inputs_of, within_full_points

    try:
        loaded = load(rules, as_of)
    except OSError as problem:
        cannot_open(rules, problem, language(lang, of_name(rules)), color)
    spoken = language(lang, loaded.language)
    tell(loaded.diagnostics, spoken, color)
    if loaded.program is None:
        raise click.exceptions.Exit(NOT_DONE)
    try:
        data.stat()
    except OSError as problem:
        cannot_open(data, problem, spoken, color)
    records = read_data(loaded.program, data)
    if not records.records:
        tell(records.findings, spoken, color)
        raise click.exceptions.Exit(NOT_DONE)
    keys = [found.key for found in records.records]
    if record is None and len(keys) > 1:
        fail("C107", spoken, color, file=data.name, records=tuple(keys[:5]))
    chosen = records.records[0] if record is None else next((r for r in records.records if r.key == record), None)
    if chosen is None:
        from steelyard.diagnostics.model import Fix
        from steelyard.diagnostics.nearest import nearest

        near = nearest(record or "", keys)
        fail("C106", spoken, color, (Fix("did-you-mean", facts={"name": near}),) if near else (), record=record or "")

    def scored(program: Program, among: Records, key: str) -> Trace:
        return next(score_each(program, among, as_of, key))

    bench = Bench(loaded.program, records, chosen, scored)
    inputs = within_full_points(inputs_of(loaded.program.schema, chosen, loaded.language), bench.base)
    return _Desk(bench, inputs, spoken, color)


def _check_options(asked: _Asked, desk: _Desk) -> None:
    """One question at a time, each with its own options."""
    from steelyard.questions.whatif.words import say

    questions = [
        name
        for name, given in (
            ("--set", bool(asked.settings)), ("--for-grade", asked.grade is not None), ("--sweep", asked.swept is not None),
        )
        if given
    ]  # fmt: skip
    if len(questions) > 1:
        desk.fail("C158", option=questions[0], problem=say(desk.language, "alone", other=questions[1]))
    question = questions[0] if questions else ""
    of_sweep = (("--from", asked.first is not None), ("--to", asked.last is not None), ("--plot", asked.plotted))
    wrong = [(name, "--sweep") for name, given in of_sweep if given and question != "--sweep"]
    wrong += [("--input", "--for-grade")] if asked.only and question != "--for-grade" else []
    wrong += (
        [("--step", "--for-grade / --sweep")]
        if asked.step is not None and question not in ("--sweep", "--for-grade")
        else []
    )
    for name, needed in wrong:
        key, other = ("alone", question) if question else ("lacking", needed)
        desk.fail("C158", option=name, problem=say(desk.language, key, other=other))


# ---- the questions


def _recoverable(asked: _Asked, desk: _Desk) -> str:
    from steelyard.questions.whatif.encode import document, recoverable_json
    from steelyard.questions.whatif.recover import recoverable
    from steelyard.questions.whatif.text import tell_recoverable

    found, left = recoverable(desk.bench, desk.inputs, OF_STATEMENT)
    if asked.as_json:
        return document(desk.bench, "recoverable", recoverable_json(found, left))
    return tell_recoverable(desk.bench, found, left, desk.language)


def _set(asked: _Asked, desk: _Desk) -> str:
    from steelyard.diagnostics.model import Severity
    from steelyard.diagnostics.wording import severity_of
    from steelyard.questions.whatif.change import changed, refused
    from steelyard.questions.whatif.encode import changed_json, document
    from steelyard.questions.whatif.text import tell_changed

    cells: dict[Input, Cell] = {}
    findings: dict[Input, tuple[Diagnostic, ...]] = {}
    for setting in asked.settings:
        # A Chinese keyboard writes the sign in full width.
        name, *rest = re.split("[=＝]", setting, maxsplit=1)
        if not rest or not name.strip():
            desk.fail("C155", found=setting)
        one, text = desk.input(name), rest[0]
        cell, found = one.read(text)
        wrong = [finding for finding in found if severity_of(finding) is Severity.ERROR]
        if wrong and text.strip():
            _no_value(desk, one, text, wrong)
        cells[one], findings[one] = cell, found
    answer = changed(desk.bench, cells, [finding for found in findings.values() for finding in found])
    for one, cell in cells.items():
        problem = refused(answer, one) if cell.text.strip() else None
        if problem is not None:
            _no_value(desk, one, cell.text, [problem])
    if asked.as_json:
        return document(desk.bench, "set", changed_json(answer, desk.language))
    return tell_changed(desk.bench, answer, desk.language, color=wants_color(desk.color, sys.stdout))


def _for_grade(asked: _Asked, wanted: str, desk: _Desk) -> str:
    from steelyard.diagnostics.model import Fix
    from steelyard.diagnostics.nearest import nearest
    from steelyard.questions.whatif.blanks import held_at_ends
    from steelyard.questions.whatif.encode import document, reach_json
    from steelyard.questions.whatif.goals import GradeGoal, holding, scale_of
    from steelyard.questions.whatif.reach import Reach
    from steelyard.questions.whatif.text import tell_reach, tell_reached

    program = desk.bench.program
    scale = scale_of(program)
    if not scale:
        desk.fail("C153", scheme=program.title or program.name)
    if wanted not in scale:
        near = nearest(wanted, scale)
        desk.fail("C152", (Fix("did-you-mean", facts={"name": near}),) if near else (), found=wanted, grades=scale)
    goal = GradeGoal.of(program, wanted)
    chosen = [desk.input(name) for name in asked.only] or [one for one in desk.inputs if not one.field.waiver]
    if goal.reached(desk.bench.base.result):
        if asked.as_json:
            return document(desk.bench, "for-grade", reach_json(wanted, [], [], 0))
        return tell_reached(desk.bench, wanted, desk.language)
    blanks = held_at_ends(desk.bench.program, desk.bench.record, desk.inputs)
    reach = Reach(desk.bench, goal, min(EFFORT, desk.bench.most), _step(asked, desk, chosen), blanks)
    answers, unsearched, left = [], [], 0
    for one in chosen:
        if desk.bench.spent:
            left += 1
            continue
        answer = reach.ask(one, desk.beside(one))
        if answer is None:
            unsearched.append(one.name)
        else:
            answers.append(answer)
    held = holding(goal, desk.bench.base)
    if asked.as_json:
        return document(desk.bench, "for-grade", reach_json(wanted, answers, unsearched, left, held))
    return tell_reach(desk.bench, wanted, answers, unsearched, left, held, desk.language)


def _sweep(asked: _Asked, name: str, desk: _Desk) -> str:
    from steelyard.questions.whatif.encode import document, sweep_json
    from steelyard.questions.whatif.sweep import LIMIT, Bounds, TooMany, sweep
    from steelyard.questions.whatif.text import tell_sweep

    one = desk.input(name)
    ends = [None if text is None else _end(desk, one, text) for text in (asked.first, asked.last)]
    bounds = Bounds(ends[0], ends[1], _step(asked, desk, [one]))
    try:
        found = sweep(desk.bench, one, bounds, desk.beside(one))
    except TooMany as problem:
        desk.fail("C157", count=problem.points, limit=LIMIT)
    if found is None:
        desk.fail("C156", input=one.name)
    if not found.samples:
        desk.fail("C159", first=asked.first or "", last=asked.last or "")
    if asked.as_json:
        return document(desk.bench, "sweep", sweep_json(found))
    return tell_sweep(desk.bench, found, desk.language, plotted=asked.plotted)


def _step(asked: _Asked, desk: _Desk, chosen: Sequence[Input]) -> Fraction | None:
    """The step that is asked for, in the unit of the input, which may stand behind it."""
    from steelyard.data.convert import unit_name
    from steelyard.values.numbers import read_number
    from steelyard.values.types import DateType

    if asked.step is None:
        return None
    text = asked.step.strip()
    for unit in {unit_name(one.field.type) for one in chosen} - {None}:
        text = text.removesuffix(unit or "").strip()
    step = read_number(text)
    of_days = any(isinstance(one.field.type, DateType) for one in chosen) and len(chosen) == 1
    if step is None or step <= 0 or (of_days and step.denominator != 1):
        desk.fail("C154", found=asked.step)
    return step


def _end(desk: _Desk, one: Input, text: str) -> Fraction:
    """An end of a sweep, read as a value of the input; it may lie outside the declared range."""
    from fractions import Fraction

    from attrs import evolve

    from steelyard.data.convert import convert
    from steelyard.values.targets import Actual

    bare = text.strip().removesuffix("分") if one.review else text
    cell, found = convert(evolve(one.field, low=None, high=None), bare, evolve(one.cell.place, text=text))
    match cell.datum:
        case Fraction() as number:
            return number
        case date() as day:
            return Fraction(day.toordinal())
        case Actual(number=Fraction() as reached):
            return reached
    _no_value(desk, one, text, found)


def _no_value(desk: _Desk, one: Input, text: str, found: Iterable[Diagnostic]) -> NoReturn:
    from steelyard.diagnostics.wording import message

    told = next((message(finding, desk.language) for finding in found), "")
    desk.fail("C151", found=text, input=one.name, problem=told)
