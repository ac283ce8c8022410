"""Quantities of a report: one printed with different values, equations, ratios, and what is not printed at all."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from steelyard.reverse.formula import Both, Formula, Name, linear_in
from steelyard.reverse.measures import alike, fitted, measure
from steelyard.reverse.model import Equation, Fact, Figure, Figures, Finding, Place, Printed, Ratio, Remark
from steelyard.reverse.numerals import bare, decimal, ends, full, like, span, span_exact
from steelyard.reverse.ranges import Range, exactly
from steelyard.reverse.worlds import (
    STATED,
    World,
    decimals,
    names_of,
    on_word,
    places_of,
    readings,
    result,
    sum_of,
    unlike,
    unprinted,
    worlds,
)
from steelyard.values.numbers import Rounding, canonical, decimal_places, round_to


def printed_places(name: str, printed: tuple[Printed, ...]) -> tuple[Place, ...]:
    return tuple(Place(one.called or name, one.text, one.where) for one in printed)


# ---- one quantity, several values


def differing(figures: Figures) -> Iterator[Finding]:
    """The same quantity printed with different values; or with one, in several places."""
    for figure in figures.figures.values():
        if len(figure.printed) < 2:
            continue
        first, places = figure.printed[0], printed_places(figure.name, figure.printed)
        values = figure.values
        if not alike(figure.printed):
            shown = tuple(dict.fromkeys(one.text for one in figure.printed))
            yield Finding("cannot", "units", {"name": figure.name, "units": shown}, (" | ".join(shown),), places)
            continue
        if len(values) == 1:
            facts: dict[str, Fact] = {"name": figure.name, "value": bare(first), "count": str(len(figure.printed))}
            yield Finding("follows", "same", facts, (), places, on_word(figure.printed))
            continue
        texts = [same[0] for same in values.values()]
        if len({one.unit for one in texts}) > 1:
            texts = [evolve(one, marked=True) for one in texts]
        first = texts[0]
        gap = abs(texts[1].value - texts[0].value)
        sums = (" ≠ ".join(bare(text) for text in texts),)
        yield Finding(
            "contradicts", "differs", {"name": figure.name, "values": tuple(bare(text) for text in texts)}, sums, places,
            (("gap", {"gap": _unit(decimal(gap / first.scale, first.places), first)}), *(slip(texts[0], texts[1].value) if not first.marked else ()),
             *on_word(figure.printed)),
            {"difference": canonical(gap)},
        )  # fmt: skip


def slip(printed: Printed, value: Fraction) -> tuple[Remark, ...]:
    """Two numbers that one digit, or two neighbours exchanged, tell apart: which of both is said."""
    places = max(printed.places, decimal_places(value / printed.scale) or 0)
    a, b = (decimal(abs(number / printed.scale), places) for number in (printed.value, value))
    differ = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    if len(a) != len(b) or "…" in a + b:
        return ()
    swapped = len(differ) == 2 and differ[1] == differ[0] + 1 and a[differ[0]] == b[differ[1]]
    if len(differ) == 1:
        return (("one-digit", {"a": a, "b": b}),)
    return (("exchanged", {"a": a, "b": b}),) if swapped and a[differ[1]] == b[differ[0]] else ()


def _unit(text: str, like_it: Printed) -> str:
    """With the unit, where several stand side by side."""
    return text + (like_it.unit or "") if like_it.marked and like_it.scale != Fraction(1, 100) else text


# ---- equations


def equations(figures: Figures) -> Iterator[Finding]:
    """Every equation that the report states, on the values that it prints beside it."""
    for equation in figures.equations:
        names = names_of(equation.left, equation.right)
        left_out = unprinted(figures, names)
        if left_out:
            yield _solved(figures, equation, names, left_out)
        else:
            yield from _once([_equation(figures, equation, names, where) for where in equation.where])


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """What comes to the same in several places is told once, with all places."""
    told: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.group, tuple(sorted(finding.exact.items())))
        if key in told:
            wheres = (str(told[key].facts["where"]), str(finding.facts["where"]))
            both = tuple(dict.fromkeys((*told[key].places, *finding.places)))
            facts = {**told[key].facts, "where": tuple(dict.fromkeys(w for w in wheres if w))}
            told[key] = evolve(told[key], places=both, facts=facts)
        else:
            told[key] = finding
    yield from told.values()


def _equation(figures: Figures, equation: Equation, names: tuple[str, ...], where: str) -> Finding:
    fit = readings(figures, names, where, equation.left, equation.right)
    tried = [(world, *_sides(equation, world)) for world in fit]
    if not tried:
        return _unlike(figures, equation.name, names, where)
    world, left, right, holds = next((one for one in tried if one[3]), tried[0])
    facts: dict[str, Fact] = {"name": equation.name, "where": where}
    sums = (_sum(equation, world, left, right),)
    exact = {side: canonical(v) for side, v in (("left", left), ("right", right)) if v is not None}
    if holds:
        return Finding("follows", "equation", facts, sums, places_of(world), on_word(world), exact)
    remarks: tuple[Remark, ...] = on_word(world)
    if left is not None and right is not None:
        remarks += (("gap", {"gap": _amount(abs(left - right), equation, world)}),)
        exact["difference"] = canonical(abs(left - right))
    if isinstance(equation.right, Name) and left is not None:
        remarks += slip(world[equation.right.name], left)
    remarks += _elsewhere(figures, equation, names, world)
    return Finding("contradicts", "equation", facts, sums, places_of(world), remarks, exact)


def _unlike(figures: Figures, name: str, names: tuple[str, ...], where: str, stated: Printed | None = None) -> Finding:
    """Nothing is concluded from units that do not go together."""
    shown, places = unlike(figures, names, where, stated)
    if stated:
        places = (Place(name, stated.text, stated.where), *places)
    return Finding("cannot", "units", {"name": name, "units": shown, "where": where}, (" | ".join(shown),), places)


def _amount(value: Fraction, equation: Equation, world: World) -> str:
    """A computed value in the unit of the printed one, where units are shown."""
    stated = world[equation.right.name] if isinstance(equation.right, Name) else None
    if stated is not None and stated.marked:
        return like(value, stated)
    unit = next((one.unit for one in world.values() if one.marked and one.factor == 1), None)
    return full(value, decimals(world)) + (unit or "")


def _sides(equation: Equation, world: World) -> tuple[Fraction | None, Fraction | None, bool]:
    """Both sides; a stated result holds where the computed one, rounded to its decimals, is it."""
    left, right = result(equation.left, world), result(equation.right, world)
    if left is None or right is None:
        return left, right, False
    if left != right and isinstance(equation.right, Name) and not _whole_terms(equation.left):
        stated = world[equation.right.name]
        left = round_to(left / stated.scale, stated.places) * stated.scale
    return result(equation.left, world), right, left == right


def _whole_terms(formula: Formula) -> bool:
    """Only added and subtracted: such a sum is exact and is not rounded."""
    if isinstance(formula, Name):
        return True
    sign = getattr(formula, "sign", None)
    return sign in ("+", "-") and _whole_terms(formula.left) and _whole_terms(formula.right)  # type: ignore[union-attr]


def _sum(equation: Equation, world: World, left: Fraction | None, right: Fraction | None) -> str:
    shown = "?" if left is None else _amount(left, equation, world)
    sign = "=" if left == right else "→" if left is not None and _sides(equation, world)[2] else "≠"
    said = sum_of(equation.right, world)
    return f"{sum_of(equation.left, world)} = {shown}" + ("" if sign == "=" and said == shown else f" {sign} {said}")


def _elsewhere(figures: Figures, equation: Equation, names: tuple[str, ...], here: World) -> tuple[Remark, ...]:
    """Values printed elsewhere with which it would hold."""
    for world in readings(figures, names, None, equation.left, equation.right):
        if _sides(equation, world)[2]:
            other = [name for name in names if world[name].text != here[name].text]
            return _with(world, other)
    return ()


def _with(world: World, names: list[str]) -> tuple[Remark, ...]:
    """With which other values it would hold."""
    held = tuple(
        ("holds-with", {"name": name, "value": bare(world[name]), "where": world[name].where}) for name in names
    )
    return (*held, *on_word(world[name] for name in names))


def _solved(figures: Figures, equation: Equation, names: tuple[str, ...], left_out: list[str]) -> Finding:
    """One figure that is not printed follows from the equation; of several nothing does."""
    facts: dict[str, Fact] = {"name": left_out[0], "equation": equation.text}
    known = [name for name in names if name not in left_out]
    world: World = next(worlds(figures, known, equation.where[0]))
    if len(left_out) == 1:
        fit = _with_missing(figures, left_out[0], world, equation.left, equation.right)
        if fit is None:
            return _unlike(figures, equation.name, tuple(known), equation.where[0])
        world = fit
    values = {name: printed.value for name, printed in world.items()}
    if len(left_out) > 1:
        return Finding("cannot", "figures", {**facts, "names": tuple(left_out)}, (), places_of(world))
    sides = [linear_in(side, left_out[0], values) for side in (equation.left, equation.right)]
    if sides[0] is None or sides[1] is None or sides[0][0] == sides[1][0]:
        return Finding("cannot", "figures", {**facts, "names": tuple(left_out)}, (), places_of(world))
    value = (sides[1][1] - sides[0][1]) / (sides[0][0] - sides[1][0])
    sums = (f"{left_out[0]} = {full(value, decimals(world))}{_counted(world)}",)
    return Finding("cannot", "figure", facts, sums, places_of(world), (), ends(exactly(value)))


def _with_missing(figures: Figures, name: str, world: World, *sides: Formula) -> World | None:
    """The other figures counted together with one that is not printed, which may be of a unit. One without may be of any,
    as long as the others agree by themselves."""
    unit = figures.figures[name].unit
    others = fitted(world, *(side for side in sides if name not in names_of(side)))
    if unit is None:
        sizes = {(measure(one.unit).powers, measure(one.unit).size) for one in world.values() if one.scale == 1}
        return others if len(sizes) <= 1 else None
    known = fitted({**world, name: Printed("", Fraction(1), 0, unit)}, *sides)
    return None if known is None else {other: one for other, one in known.items() if other != name}


def _counted(world: World) -> str:
    return next((one.unit or "" for one in world.values() if one.marked and one.factor == 1), "")


# ---- ratios


def ratios(figures: Figures) -> Iterator[Finding]:
    """Every ratio, against the figures that it is said to be of, printed where it is printed."""
    for ratio in figures.ratios:
        names = names_of(ratio.above, ratio.below)
        left_out = unprinted(figures, names)
        if left_out and ratio.printed:
            yield _inverted(figures, ratio, names, left_out)
        if left_out:
            continue
        yield from _once([_ratio(figures, ratio, names, printed) for printed in ratio.printed])
        if not ratio.printed:
            fit = readings(figures, names, None, Both("/", ratio.above, ratio.below))
            if not fit:
                yield _unlike(figures, ratio.name, names, "")
                continue
            world = fit[0]
            value = _quotient(ratio, world)
            if value is not None:
                sums = (f"{_quotient_text(ratio, world)} = {full(value)}",)
                yield Finding("follows", "ratio.unprinted", {"name": ratio.name}, sums, places_of(world))


def _ratio(figures: Figures, ratio: Ratio, names: tuple[str, ...], printed: Printed) -> Finding:
    sides, raw = (Both("/", ratio.above, ratio.below), Name(STATED)), printed
    tried = [(world, _quotient(ratio, world)) for world in readings(figures, names, printed.where, *sides, stated=raw)]
    if not tried:
        return _unlike(figures, ratio.name, names, printed.where, printed)
    held = [one for one in tried if one[1] is not None and _as_printed(one[1], one[0][STATED])]
    world, value = held[0] if held else tried[0]
    printed = world[STATED]
    facts: dict[str, Fact] = {"name": ratio.name, "printed": printed.text, "where": printed.where}
    shown = "?" if value is None else like(value, printed)
    sums = f"{_quotient_text(ratio, world)} = {shown}"
    places = (Place(ratio.name, printed.text, printed.where), *places_of(world))
    exact: dict[str, str] = {"printed": canonical(printed.value)} | (
        {} if value is None else {"computed": canonical(value)}
    )
    if held:
        same = shown == bare(printed)
        return Finding(
            "follows", "ratio", facts, (sums if same else f"{sums} → {bare(printed)}",), places, on_word(world), exact
        )
    remarks: tuple[Remark, ...] = on_word(world)
    for other in readings(figures, names, None, *sides, stated=raw):
        found = _quotient(ratio, other)
        if found is not None and _as_printed(found, other[STATED]):
            differing = [name for name in names if other[name].text != world[name].text]
            remarks += _with(other, differing)
            break
    return Finding("contradicts", "ratio", facts, (f"{sums} ≠ {bare(printed)}",), places, remarks, exact)


def _as_printed(value: Fraction, printed: Printed) -> bool:
    return round_to(value / printed.scale, printed.places, Rounding.HALF_UP) == printed.value / printed.scale


def _quotient(ratio: Ratio, world: World) -> Fraction | None:
    above, below = result(ratio.above, world), result(ratio.below, world)
    return None if above is None or not below else above / below


def _quotient_text(ratio: Ratio, world: World) -> str:
    above, below = sum_of(ratio.above, world), sum_of(ratio.below, world)
    return " ÷ ".join(f"({text})" if " " in text else text for text in (above, below))


def _inverted(figures: Figures, ratio: Ratio, names: tuple[str, ...], left_out: list[str]) -> Finding:
    """Where a figure that is not printed must lie, for the ratio to be printed as it is."""
    printed = ratio.printed[0]
    facts: dict[str, Fact] = {"name": left_out[0], "equation": ratio.name}
    world = next(worlds(figures, [name for name in names if name not in left_out], printed.where))
    found, unit = None, ""
    if len(left_out) == 1:
        sides = (Both("/", ratio.above, ratio.below), Name(STATED))
        fit = _with_missing(figures, left_out[0], {**world, STATED: printed}, *sides)
        if fit is None:
            return _unlike(figures, ratio.name, tuple(world), printed.where, printed)
        world, unit = fit, _counted(fit)
        found = inverse(ratio, left_out[0], world, fit[STATED].cell)
    if found is None:
        return Finding("cannot", "figures", {**facts, "names": tuple(left_out)}, (), places_of(world))
    sums = (f"{left_out[0]} ∈ {span(found)}{unit}", span_exact(found))
    return Finding("cannot", "figure", facts, sums, places_of(world), (), ends(found))


def inverse(ratio: Ratio, name: str, world: World, within: Range) -> Range | None:
    """All values of one figure for which the ratio lies in the range; None where they are not one range.

    The ratio is (a x + b) / (c x + d): monotone wherever it has no pole, so the ends of the range give the ends of x.
    """
    values = {other: printed.value for other, printed in world.items() if other != name}
    above, below = linear_in(ratio.above, name, values), linear_in(ratio.below, name, values)
    if above is None or below is None or within.low is None or within.high is None:
        return None
    ends: list[Fraction] = []
    for end in (within.low, within.high):
        slope = above[0] - end * below[0]
        if slope == 0:
            return None
        ends.append((end * below[1] - above[1]) / slope)
    bottoms = [below[0] * x + below[1] for x in ends]
    if bottoms[0] * bottoms[1] <= 0:
        return None
    if ends[0] <= ends[1]:
        return Range(ends[0], ends[1], within.low_in, within.high_in)
    return Range(ends[1], ends[0], within.high_in, within.low_in)


# ---- about and exactly


def approximate(figures: Figures) -> Iterator[Finding]:
    """A figure that is said to be approximate, and is used as if it were exact: printed again without the word, put into an
    equation, or into a ratio whose decimals need it more exactly than its own digits are."""
    for figure in figures.figures.values():
        loose = [printed for printed in figure.printed if printed.approximate]
        if not loose:
            continue
        firm = [p for p in figure.printed if not p.approximate and p.value == loose[0].value]
        equations = [e for e in figures.equations if figure.name in names_of(e.left, e.right)]
        used = [r for r in figures.ratios if r.printed and figure.name in names_of(r.above, r.below)]
        needed = {ratio.name: found for ratio in used if (found := _needed(figures, figure, ratio)) is not None}
        fine = [name for name, found in needed.items() if not _within(loose[0], found)]
        if not (firm or equations or fine):
            continue
        places = printed_places(figure.name, (*loose, *firm))
        places += tuple(Place(ratio.name, p.text, p.where) for ratio in used for p in ratio.printed)
        sums = [
            f"{r.name} {r.printed[0].text} → {figure.name} ∈ {span(needed[r.name])}" for r in used if r.name in needed
        ]
        sums += [f"{loose[0].text} → {bare(firm[0])}"] if firm else []
        sums += [f"{equation.name}: {equation.text}" for equation in equations]
        yield Finding("contradicts", "approximate", {"name": figure.name, "text": loose[0].text}, tuple(sums), places)


def _needed(figures: Figures, figure: Figure, ratio: Ratio) -> Range | None:
    """Within what the figure must be exact, for the ratio to have the decimals that are printed."""
    names, printed = names_of(ratio.above, ratio.below), ratio.printed[0]
    if unprinted(figures, names):
        return None
    fit = readings(figures, names, printed.where, Both("/", ratio.above, ratio.below), Name(STATED), stated=printed)
    if not fit:
        return None
    found, factor = inverse(ratio, figure.name, fit[0], fit[0][STATED].cell), fit[0][figure.name].factor
    return found and found.times(figure.printed[0].factor / factor)


def _within(loose: Printed, needed: Range) -> bool:
    """Does all that rounds to the approximate number do? About 8200 is taken as rounded to hundreds."""
    number, unit = loose.value / loose.scale, Fraction(1, 10**loose.places)
    while number and number % (unit * 10) == 0:
        unit *= 10
    half = unit * loose.scale / 2
    return needed.holds(loose.value - half) and (needed.high is None or loose.value + half <= needed.high)


def broken(findings: list[Finding], name: str) -> Finding | None:
    """The contradiction of a ratio or equation that a row rests on, or of a figure."""
    kinds = ("ratio", "equation", "differs")
    return next(
        (f for f in findings if f.group == "contradicts" and f.kind in kinds and f.facts.get("name") == name), None
    )
