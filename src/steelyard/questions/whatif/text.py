"""The answers as text for the terminal. Only glyphs that GBK can write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from steelyard.diagnostics.model import Language
from steelyard.diagnostics.render import render
from steelyard.diagnostics.wording import visible
from steelyard.explain.sentences import part_names, row_words
from steelyard.questions.whatif.bench import Bench, Outcome
from steelyard.questions.whatif.change import Changed, RuleMove
from steelyard.questions.whatif.goals import Holding
from steelyard.questions.whatif.plot import plot
from steelyard.questions.whatif.reach import Answer, Falls, Open, Reaches
from steelyard.questions.whatif.recover import Recoverable, Short
from steelyard.questions.whatif.sweep import Piece, Sweep
from steelyard.questions.whatif.words import say
from steelyard.report.tables import table
from steelyard.trace.model import Entry, Quantity, Trace
from steelyard.trace.show import show_quantity
from steelyard.values.numbers import show

MOST_TOLD = 40
"""So many inputs that cannot do it alone have a line of their own; `--json` has all."""


def outcome_words(outcome: Outcome, language: Language) -> str:
    """`total 88.5, grade B`"""
    if outcome.total is None:
        return say(language, "not issued")
    pieces = [say(language, "total", total=show_quantity(outcome.total))]
    if outcome.grade is not None:
        pieces.append(say(language, "grade", grade=outcome.grade))
    elif outcome.possible:
        pieces.append(say(language, "open grade", grades=_list(outcome.possible, language)))
    return say(language, "comma").join(pieces)


def head(bench: Bench, language: Language) -> list[str]:
    header = bench.base.header
    title = say(language, "head", name=header.title or header.scheme, record=header.record)
    return [title, outcome_words(bench.outcome, language)]


# ---- points recoverable


def tell_recoverable(bench: Bench, found: Sequence[Recoverable], left: int, language: Language) -> str:
    fewer = bench.program.fewer_better
    lines = [*head(bench, language), "", say(language, "recover.fewer" if fewer else "recover")]
    if not found:
        lines.append(say(language, "recover.none"))
    names = part_names(bench.base)
    for one in found:
        lines += _recoverable(one, names.get(one.entry.part, one.entry.part), fewer, language)
    lines += ["", say(language, "recover.left", count=left)] if left else []
    return _text(lines)


def _recoverable(one: Recoverable, part: str, fewer: bool, language: Language) -> list[str]:
    rows = [say(language, "rows", count=one.rows)] if one.rows > 1 else []
    row = row_words(one.entry, language) if one.rows == 1 else None
    place = "  ".join([part, *([row] if row else []), *rows])
    then = f"{outcome_words(one.outcome, language)}  ({say(language, 'how.' + one.how)})"
    if one.gain is None:
        told = say(language, "gain.open", outcome=then)
    elif one.gain == 0 and not _grade_moves(one):
        told = say(language, "gain.none")
    else:
        told = say(language, "gain", sign="-" if fewer else "+", gain=show(abs(one.gain)), outcome=then)
    lines = [f"  {place}", f"      {told}", *_source(one.entry)]
    if one.change is not None:
        lines.append(f"      {_change('change', one.change, language)}")
    if one.short is not None:
        lines.append(f"      {_short(one.short, language)}")
    return lines


def _short(short: Short, language: Language) -> str:
    """Why less than full points gives back what full points do."""
    key = None if short.places is None else "short.rounded" if short.places else "short.whole"
    rounded = "" if key is None else say(language, key, places=short.places)
    return say(language, "short", full=show(short.full), to=short.to, rounded=rounded)


def _grade_moves(one: Recoverable) -> bool:
    return one.entry.kind == "regrade"


def _source(entry: Entry) -> list[str]:
    if entry.source is None:
        return []
    first = entry.source.text.splitlines()[0] if entry.source.text else ""
    return [f"      {entry.source.file}:{entry.source.place.split('-')[0]}  {first}"]


# ---- for a grade


def tell_reach(bench: Bench, wanted: str, answers: Sequence[Answer], unsearched: Sequence[str], left: int,
               held: Holding | None, language: Language) -> str:  # fmt: skip
    reaching = sorted((a for a in answers if isinstance(a, Reaches)), key=lambda answer: answer.relative)
    falling = [a for a in answers if isinstance(a, Falls) and not a.idle]
    lines = [*head(bench, language), "", *_held(held, language), say(language, "reach", wanted=wanted)]
    if not reaching:
        maybe = any(isinstance(a, Open) for a in answers)
        lines.append(say(language, "reach.maybe" if maybe else "reach.none"))
    for number, answer in enumerate(reaching, 1):
        lines.append(f"  {number}. {_change('reach.item', answer, language)}")
        lines += _edge(answer, language)
        lines += _step_line(answer, language)
    if len(reaching) > 1:
        lines.append(f"  ({say(language, 'ranked')})")
    if falling:
        lines += ["", say(language, "falls"), *(f"  {line}" for line in _falling(falling, bench, language))]
    undecided = [a for a in answers if isinstance(a, Open)]
    if undecided:
        lines += ["", say(language, "open"), *(f"  {_open(answer, language)}" for answer in undecided)]
    idle = [a.name for a in answers if isinstance(a, Falls) and a.idle]
    rest = [say(language, "idle", names=_list(_columns(idle), language))] if idle else []
    rest += [say(language, "searched", names=_list(_columns(unsearched), language))] if unsearched else []
    rest += [say(language, "left out", count=left)] if left else []
    return _text([*lines, *([""] if rest else []), *rest])


def _held(held: Holding | None, language: Language) -> list[str]:
    if held is None:
        return []
    told = say(language, "held.alone" if held.total_suffices else "held.too")
    return [told, *(line for entry in held.entries for line in (f"  {entry.rule}", *_source(entry))), ""]


def _step_line(answer: Reaches, language: Language) -> list[str]:
    """How fine the values are that were tried; where the threshold is the value itself, a finer step finds nothing nearer."""
    step = answer.step
    if step is None:
        return []
    told = say(language, "step", step=step.text, why=say(language, f"why.{step.why.kind}", text=step.why.text))
    finer = "" if answer.threshold == "at" or step.why.kind == "asked" else say(language, "finer", finer=step.finer)
    return [f"     {told}{finer}"]


def _falling(falling: Sequence[Falls], bench: Bench, language: Language) -> list[str]:
    """Those that come nearer a line each; those that come no nearer one line together."""
    nearer = [answer for answer in falling if answer.best is not None and answer.outcome is not None]
    lines = [_nearer(answer, language) for answer in nearer[:MOST_TOLD]]
    lines += [say(language, "more", count=len(nearer) - MOST_TOLD)] if len(nearer) > MOST_TOLD else []
    is_open = not isinstance(bench.outcome.total, Fraction)
    together: dict[str, list[Falls]] = {}
    for answer in falling:
        if answer.best is None or answer.outcome is None:
            key = "best.open" if is_open else "best.none" if answer.proved else "best.unknown"
            together.setdefault(key, []).append(answer)
    for key, answers in together.items():
        was = {answer.name: _was(answer.was, language) for answer in answers}
        names = [say(language, "known as", name=n, was=was[n]) if n in was else n for n in _columns(list(was))]
        lines.append(say(language, key, names=_list(names, language)))
    steps: dict[str, list[str]] = {}
    for answer in falling:
        if answer.step is not None:
            steps.setdefault(answer.step.text, []).append(answer.name)
    if steps:
        told = [say(language, "steps.of", step=s, names=_list(_columns(n), language)) for s, n in steps.items()]
        lines.append(f"({say(language, 'steps', steps=_list(told, language))})")
    return lines


def _columns(names: Sequence[str]) -> list[str]:
    """Cells of one column of a list as one name where there are several: `indicators[…].weight (10)`."""
    found: dict[str, list[str]] = {}
    for name in names:
        rows, _, rest = name.partition("[")
        found.setdefault(f"{rows}[…].{rest.rpartition('].')[2]}" if rest else name, []).append(name)
    return [of[0] if len(of) == 1 else f"{column} ({len(of)})" for column, of in found.items()]


def tell_reached(bench: Bench, wanted: str, language: Language) -> str:
    """The grade is there already."""
    return _text([*head(bench, language), "", say(language, "reached", wanted=wanted)])


def _change(key: str, answer: Reaches, language: Language) -> str:
    by = "" if answer.was is None or answer.unit == "choice" else say(language, "by", size=_size(answer, language))
    return say(
        language, key, name=answer.name, was=_was(answer.was, language), to=answer.to, by=by,
        outcome=outcome_words(answer.outcome, language),
    )  # fmt: skip


def _size(answer: Reaches, language: Language) -> str:
    size = show(answer.size)
    if answer.unit == "%":
        return say(language, "point" if answer.size == 1 else "points", size=size)
    if answer.unit == "day":
        return say(language, "day" if answer.size == 1 else "days", size=size)
    return size + answer.unit


def _edge(answer: Reaches, language: Language) -> list[str]:
    """The value just before, and where the threshold lies; of a blank the last value that does it."""
    if answer.up_to is not None:
        return [f"     {say(language, 'up to', text=answer.up_to).lstrip('；; ')}"]
    if answer.neighbour is None:
        return []
    before = answer.neighbour
    told = say(language, "neighbour", text=before.text, outcome=outcome_words(before.outcome, language))
    if answer.threshold is not None:
        told += say(language, f"threshold.{answer.threshold}", to=answer.to)
    return [f"     {told}"]


def _nearer(answer: Falls, language: Language) -> str:
    assert answer.outcome is not None, "only one that comes nearer is told so"
    key = "best" if answer.proved else "best.unproved"
    return say(language, key, name=answer.name, was=_was(answer.was, language), best=answer.best,
               outcome=outcome_words(answer.outcome, language))  # fmt: skip


def _open(answer: Open, language: Language) -> str:
    was, count = _was(answer.was, language), answer.steps
    if answer.above is not None and answer.below is not None:
        return say(
            language, "open.both", name=answer.name, was=was, above=answer.above, below=answer.below, count=count
        )
    end = answer.above or answer.below or ""
    return say(language, "open.one", name=answer.name, was=was, end=end, count=count)


# ---- inputs set


def tell_changed(bench: Bench, found: Changed, language: Language, *, color: bool = False) -> str:
    lines = [*head(bench, language), "", say(language, "set")]
    for one in found.settings:
        lines.append(f"  {one.name}  {say(language, 'arrow', was=_was(one.was, language), now=_was(one.to, language))}")
    lines += [f"  {outcome_words(found.before, language)}", f"  → {outcome_words(found.after, language)}"]
    if found.parts:
        lines += ["", *table(_parts(found, language))]
    if found.rules:
        lines += [
            "",
            say(language, "rules"),
            *(line for one in found.rules for line in _rule(one, found.trace, language)),
        ]
    if found.before == found.after and not found.parts and not found.rules:
        lines += ["", say(language, "moves.none")]
    if not found.findings:
        return _text(lines)
    # They are made harmless where they are rendered, and may be coloured.
    return f"{_text([*lines, '', say(language, 'findings'), ''])}{render(found.findings, language, color=color)}\n"


def _parts(found: Changed, language: Language) -> list[list[str]]:
    names = part_names(found.trace)
    rows = [[say(language, key) for key in ("part", "from", "to", "change.head")]]
    for one in found.parts:
        name = names.get(one.part.path, one.part.title or one.part.name)
        moved = one.now - one.was if isinstance(one.was, Fraction) and isinstance(one.now, Fraction) else None
        rows.append([name, _quantity(one.was), _quantity(one.now), "" if moved is None else _signed(moved)])
    return rows


def _rule(one: RuleMove, trace: Trace, language: Language) -> list[str]:
    row = row_words(one.entry, language)
    worth = say(language, "differs", was=_quantity(one.was), now=_quantity(one.now))
    key = "undecided.lacks" if one.lacks else one.how
    how = worth if one.how == "differs" else say(language, key, names=_list(one.lacks, language))
    named = "  ".join([one.entry.rule, *([row] if row else [])])
    applied = one.now if one.how == "fires" else one.was if one.how == "stops" else None
    points = f" ({_quantity(applied)})" if applied is not None else ""
    return [f"  {named}  {how}{points}", *_source(one.entry)]


# ---- a sweep


def tell_sweep(bench: Bench, found: Sweep, language: Language, *, plotted: bool) -> str:
    was = _was(found.was, language)
    told = say(language, "sweep", name=found.name, was=was) if found.step is None else say(
        language, "sweep.step", name=found.name, was=was, step=found.step)  # fmt: skip
    always = [rule for rule in found.pieces[0].first.rules if all(rule in p.first.rules for p in found.pieces)]
    rows = [[say(language, key) for key in ("value", "score", "grades", "firing")]]
    rows += [_piece(piece, always, language) for piece in found.pieces]
    graded = any(row[2] for row in rows[1:])
    rows = rows if graded else [[row[0], row[1], row[3]] for row in rows]
    lines = [*head(bench, language), "", told, "", *_aligned(rows)]
    if always:
        told = _list((_rule_name(rule, language) for rule in always), language)
        lines += ["", say(language, "always", count=len(found.samples), names=told)]
    if plotted:
        drawn = plot(found)
        lines += ["", *drawn, *([say(language, "now mark")] if any("●" in line for line in drawn) else [])]
    return _text(lines)


def _piece(piece: Piece, always: Sequence[str], language: Language) -> list[str]:
    first, last = piece.first, piece.last
    one = piece.points == 1
    value = first.text if one else say(language, "span", first=first.text, last=last.text)
    total = _quantity(first.outcome.total) if one or first.outcome.total == last.outcome.total else say(
        language, "span", first=_quantity(first.outcome.total), last=_quantity(last.outcome.total))  # fmt: skip
    if first.outcome.total is None:
        total = say(language, "not issued")
    grade = first.outcome.grade or "/".join(first.outcome.possible)
    return [
        value,
        total,
        grade,
        _list((_rule_name(r, language) for r in first.rules if r not in always), language)
        or say(language, "none firing"),
    ]


def _rule_name(rule: str, language: Language) -> str:
    """A statement of a sweep; a check is among them where it fails."""
    return say(language, "failing", name=rule) if ":check#" in rule else rule


def _aligned(rows: list[list[str]]) -> list[str]:
    """The last column to the left: it is words of any length."""
    head, line, *rest = table([row[:-1] for row in rows])
    tails = [row[-1] for row in rows]
    return [f"{head}  {tails[0]}", line, *(f"{one}  {tail}" for one, tail in zip(rest, tails[1:], strict=True))]


# ---- pieces


def _was(text: str | None, language: Language) -> str:
    return text or say(language, "nothing")


def _quantity(quantity: Quantity | None) -> str:
    return "-" if quantity is None else show_quantity(quantity)


def _signed(points: Fraction) -> str:
    return f"+{show(points)}" if points > 0 else show(points)


def _list(names: Iterable[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(names)


def _text(lines: Iterable[str]) -> str:
    """What data and rules bring along cannot steer a terminal."""
    return "\n".join(visible(line).rstrip() for line in lines) + "\n"
