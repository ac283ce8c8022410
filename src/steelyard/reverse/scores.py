"""Rows, parts and total: what the scheme makes of the printed scores, and where a score that is not printed must lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import define, field

from steelyard.reverse.composition import Part, Parts
from steelyard.reverse.model import Fact, Figures, Finding, Group, Place, Places, Printed, Remark, Said
from steelyard.reverse.numerals import beyond, decimal, ends, full, percent, span, span_exact
from steelyard.reverse.quantities import slip
from steelyard.reverse.ranges import Range, exactly
from steelyard.reverse.steps import Add, Step, backward, forward, possible, reachable
from steelyard.values.numbers import Rounding, canonical, round_to

CANDIDATES = 12
"""So many scores with few decimals are listed that a missing one may be."""


@define
class Scores:
    """The printed scores laid on the parts of the scheme."""

    figures: Figures
    parts: Parts
    computed: Mapping[str, Fraction]
    """Closings of rows that the scheme's own rules come to on the printed figures."""
    reached: dict[str, Range] = field(factory=dict)
    """Where scores that are not printed must lie."""

    def name(self, path: str) -> str:
        said, part = self.figures.said(path), self.parts[path]
        return said.name if said else part.title or part.name

    def place(self, path: str, printed: Printed | None) -> tuple[Place, ...]:
        return (Place(self.name(path), printed.text, printed.where),) if printed else ()

    def _inner(self, part: Part) -> Places:
        """The printed scores of its parts."""
        return tuple(place for child in part.parts for place in self.place(child, _score_of(self.figures, child)))

    # ---- what is known

    def closing(self, path: str) -> Range | None:
        """Where a part closed: as printed; else as its parts make it."""
        part, said = self.parts[path], self.figures.said(path)
        if said is not None and said.score is not None:
            value = said.score.value
            if part.kind == "penalty":
                value = -abs(value)
            return said.score.cell if said.rounded else exactly(value)
        if part.steps is None:
            return None
        inner = {child: self.closing(child) for child in part.parts}
        known = {child: found for child, found in inner.items() if found is not None}
        if len(known) < len(inner):
            return None
        found = forward(part.steps, known)[-1]
        return found if found.point is not None else None

    def printed_range(self, part: Part, printed: Printed) -> Range:
        """What the part may have closed with, to be printed so. Where the scheme rounds it to no more decimals than are
        printed, it is the printed number; else the report itself has rounded."""
        if part.rounding is not None and part.rounding.places <= printed.places:
            return exactly(printed.value)
        return printed.cell

    # ---- findings

    def findings(self) -> Iterator[Finding]:
        yield from self._points()
        for said in self.figures.rows:
            yield from self._row(said)
        for part in self.parts.values():
            if part.parts:
                yield from self._composed(part)

    def _points(self) -> Iterator[Finding]:
        """Full points and weights, against the scheme; and their sums."""
        for said in self.figures.rows:
            part = self.parts[said.path]
            facts: dict[str, Fact] = {"name": said.name}
            if said.points is not None and part.full is not None and said.points.value != part.full:
                sums = (f"{said.points.text} ≠ {decimal(part.full)}",)
                yield Finding("contradicts", "points", {**facts, "scheme": decimal(part.full)}, sums,
                              self.place(said.path, said.points))  # fmt: skip
            outer = self.parts.get(part.inside or "")
            if said.weight is None or outer is None or part.share is None or not outer.full:
                continue
            # 40%, 0.4 and 40 of 100 are the same weight.
            share = part.share / outer.full if said.weight.scale != 1 else part.share
            same = said.weight.value in (share, part.share / outer.full)
            group: Group = "follows" if same else "contradicts"
            shown = percent(share) if said.weight.scale != 1 else decimal(share)
            line = f"{decimal(part.share)} ÷ {decimal(outer.full)} = {percent(part.share / outer.full)}"
            facts |= {"weight": said.weight.text, "scheme": shown}
            sums = (line if same else f"{line} ≠ {said.weight.text}",)
            yield Finding(group, "weight", facts, sums, self.place(said.path, said.weight))
        for part in self.parts.values():
            yield from self._sum_of_points(part)

    def _sum_of_points(self, part: Part) -> Iterator[Finding]:
        """The points of a part's rows add up to those of the part, where each of them is printed."""
        inner = [child for child in part.parts if self.parts[child].kind in ("section", "criterion")]
        rows = [self.figures.said(child) for child in inner]
        points = [row.points for row in rows if row is not None and row.points is not None]
        on_own_scale = any(self.parts[child].factor != 1 for child in inner)
        if not inner or len(points) < len(inner) or on_own_scale or part.full is None:
            return
        said = self.figures.said(part.path)
        printed = said.points if said else None
        total, stated = sum((p.value for p in points), Fraction(0)), printed.value if printed else part.full
        shown = f"{' + '.join(p.text for p in points)} = {decimal(total)}"
        facts: dict[str, Fact] = {"name": self.name(part.path), "count": str(len(points)), "stated": decimal(stated)}
        places = self.place(part.path, printed)
        rows_places = tuple(place for child in inner for place in self.place(child, _points_of(self.figures, child)))
        if total == stated:
            yield Finding("follows", "points.sum", facts, (shown,), places or rows_places)
        else:
            places += rows_places
            yield Finding("contradicts", "points.sum", facts, (f"{shown} ≠ {decimal(stated)}",), places,
                          (("gap", {"gap": decimal(abs(total - stated))}),))  # fmt: skip

    def _row(self, said: Said) -> Iterator[Finding]:
        part = self.parts[said.path]
        most = said.points.value if said.points else part.full
        if said.score is None:
            return
        value, places = said.score.value, self.place(said.path, said.score)
        facts: dict[str, Fact] = {"name": said.name, "score": said.score.text}
        within = part.within
        if said.points is not None and within.high == part.full:
            within = Range(within.low, said.points.value)
        if not (within.holds(value) or part.kind == "penalty"):
            yield Finding("contradicts", "outside", {**facts, "range": span(within)}, (beyond(value, within),),
                          places)  # fmt: skip
        if said.lost is not None and most is not None:
            sums = f"{decimal(most)} - {said.score.text} = {decimal(most - value, said.lost.places)}"
            places += self.place(said.path, said.lost)
            if most - value == said.lost.value:
                yield Finding("follows", "lost", {**facts, "lost": said.lost.text}, (sums,), places)
            else:
                yield Finding(
                    "contradicts", "lost", {**facts, "lost": said.lost.text}, (f"{sums} ≠ {said.lost.text}",), places
                )
        if (computed := self.computed.get(said.path)) is not None:
            own = self.printed_range(part, said.score)
            sums = full(computed, said.score.places)
            facts |= {"computed": sums}
            if own.holds(computed):
                line = sums if computed == value else f"{sums} → {said.score.text}"
                yield Finding("follows", "rules", facts, (f"{said.name} = {line}",), places)
            else:
                yield Finding("contradicts", "rules", facts, (f"{said.name} = {sums} ≠ {said.score.text}",), places,
                              slip(said.score, computed))  # fmt: skip

    # ---- a part and what makes it up

    def _composed(self, part: Part) -> Iterator[Finding]:
        said = self.figures.said(part.path)
        printed = said.score if said else None
        target = self.printed_range(part, printed) if printed else self.reached.get(part.path)
        if part.steps is None:
            if printed and any(self.figures.said(child) for child in part.parts):
                yield Finding("cannot", "own", {"name": self.name(part.path)}, (), self.place(part.path, printed))
            return
        known = {child: self.closing(child) for child in part.parts}
        missing = [child for child, found in known.items() if found is None]
        closings = {child: found or self.parts[child].within for child, found in known.items()}
        name = self.name(part.path)
        facts: dict[str, Fact] = {"name": name, "parts": tuple(self.name(child) for child in missing)}
        if missing and any(self.parts[child].skippable for child in missing):
            if printed:
                yield Finding("cannot", "skipped", facts, (), self.place(part.path, printed))
        elif missing and target is not None:
            yield from self._missing(part, printed, target, closings, missing)
        elif missing and part.inside is None and any(self._all_scores()):
            line = f"{name} ∈ {span(forward(part.steps, closings)[-1])}"
            yield Finding("cannot", "total", facts, (line,), self._inner(part))
        elif not missing and printed is not None:
            yield self._recomputed(part, printed, closings)
        elif not missing and part.inside is None:
            yield Finding("follows", "unprinted", facts, self._lines(part, closings), self._inner(part))

    def _recomputed(self, part: Part, printed: Printed, closings: Mapping[str, Range]) -> Finding:
        """A printed sum whose parts are all printed."""
        assert part.steps is not None, "only a part that adds up its parts is recomputed"
        target = self.printed_range(part, printed)
        facts: dict[str, Fact] = {"name": self.name(part.path), "score": printed.text}
        places = self.place(part.path, printed)
        reached = forward(part.steps, closings)[-1]
        lines = self._lines(part, closings)
        if reached.point is not None and target.holds(reached.point):
            shown = lines if reached.point == printed.value else (*lines, f"{full(reached.point)} → {printed.text}")
            return Finding("follows", "sum", facts, shown, places)
        within = {child: self._loose(child, found) for child, found in closings.items()}
        own = {child: self._computed(child, found) for child, found in closings.items()}
        if (point := forward(part.steps, own)[-1].point) is not None and target.holds(point):
            return Finding(
                "follows", "sum", facts, (f"{full(point)} → {printed.text}",), places, (("as-computed", {}),)
            )
        if reachable(part.steps, target, closings):
            return Finding(
                "follows", "sum", facts, (*lines, f"{printed.text} ∈ {span(reached)}"), places, (("rounded", {}),)
            )
        inner = self._inner(part)
        remarks: tuple[Remark, ...] = ()
        exact: dict[str, str] = {"printed": canonical(printed.value)}
        if reached.point is not None:
            gap = abs(reached.point - printed.value)
            remarks += (("gap", {"gap": full(gap, printed.places)}),)
            exact |= {"computed": canonical(reached.point), "difference": canonical(gap)}
            remarks += slip(printed, reached.point)
        if reachable(part.steps, target, within):
            remarks += (("could-round", {}),)
        came_to = span(reached) if reached.point is None else full(reached.point, printed.places)
        return Finding(
            "contradicts", "sum", facts, (*lines, f"{came_to} ≠ {printed.text}"), (*places, *inner), remarks, exact
        )

    def _loose(self, child: str, found: Range) -> Range:
        """The same if its score had been rounded for printing."""
        printed = _score_of(self.figures, child)
        return printed.cell if printed is not None and self.parts[child].kind != "penalty" else found

    def _computed(self, child: str, found: Range) -> Range:
        """What the scheme's own rules come to, where the printed score is that, rounded for printing."""
        printed, value = _score_of(self.figures, child), self.computed.get(child)
        same = printed is not None and value is not None and self.printed_range(self.parts[child], printed).holds(value)
        return exactly(value) if same and value is not None else found

    def _missing(
        self, part: Part, printed: Printed | None, target: Range, closings: Mapping[str, Range], missing: list[str]
    ) -> Iterator[Finding]:
        """Scores that are not printed: where they must lie for the printed sum to come out."""
        assert part.steps is not None, "only a part that adds up its parts is inverted"
        outer: dict[str, Fact] = {"name": self.name(part.path), "score": printed.text if printed else span(target)}
        places = self.place(part.path, printed)
        places += self._inner(part)
        for child in missing:
            found = possible(part.steps, target, closings, child)
            name = self.name(child)
            facts: dict[str, Fact] = {
                **outer,
                "part": name,
                "weight": percent((self.parts[child].share or Fraction(0)) / (part.full or 1)),
            }
            sums = self._equation(part.steps, target, closings, child)
            if found.empty:
                yield Finding("contradicts", "none", facts, sums, places)
                return
            self.reached[child] = found
            lines = (*sums, f"{name} ∈ {span(found)}", span_exact(found))
            places_of = max((p.places for p in self._all_scores()), default=2)
            grid = _grid(found, places_of)
            remarks: tuple[Remark, ...] = ()
            if grid:
                remarks = (("candidates", {"values": tuple(decimal(v, places_of) for v in grid)}),)
            row = self.figures.said(child)
            standing = (Place(name, "–", row.where),) if row else ()
            yield Finding("cannot", "score", facts, lines, (*standing, *places), remarks, ends(found))
        if printed is not None:
            alone = forward(part.steps, closings)[-1]
            line = f"{self.name(part.path)} ∈ {span(alone)}"
            parts = tuple(self.name(child) for child in missing)
            yield Finding(
                "cannot", "composite", {**outer, "parts": parts, "range": span(alone)}, (line,), places, (), ends(alone)
            )

    def _all_scores(self) -> Iterator[Printed]:
        for said in self.figures.rows:
            if said.score is not None:
                yield said.score

    # ---- arithmetic in words of numbers

    def _terms(self, step: Add, before: Range, closings: Mapping[str, Range]) -> str:
        """`97.72 × 40% + 项目结果绩效 × 60%`, behind what the balance was already."""
        found = [] if before.point == 0 else [full(before.point) if before.point is not None else span(before)]
        for path, factor in step.terms:
            printed, value = _score_of(self.figures, path), closings[path].point
            as_printed = printed is not None and printed.value == value
            text = self.name(path) if value is None else printed.text if printed and as_printed else full(value)
            text = f"({text})" if text.startswith("-") else text
            found.append(text if factor == 1 else f"{text} × {_factor(factor)}")
        return " + ".join(found)

    def _lines(self, part: Part, closings: Mapping[str, Range]) -> tuple[str, ...]:
        """`97.72 × 40% + 98.05 × 60% = 97.918`, and what is held or rounded to what."""
        steps = part.steps or ()
        balances = forward(steps, closings)
        places = max((p.places for child in part.parts if (p := _score_of(self.figures, child))), default=0)
        lines = []
        for step, before, after in zip(steps, balances, balances[1:], strict=False):
            shown = full(after.point, places) if after.point is not None else span(after)
            if isinstance(step, Add):
                lines.append(f"{self._terms(step, before, closings)} = {shown}")
            elif before != after and before.point is not None and after.point is not None:
                lines.append(f"{full(before.point)} → {decimal(after.point)}")
        return tuple(lines)

    def _equation(
        self, steps: tuple[Step, ...], target: Range, closings: Mapping[str, Range], child: str
    ) -> tuple[str, ...]:
        """What the missing score must satisfy, and each end solved for it where all others are known exactly."""
        ahead, behind = forward(steps, closings), backward(steps, target, closings)
        for index, step in enumerate(steps):
            if not isinstance(step, Add) or child not in dict(step.terms):
                continue
            factor, room = dict(step.terms)[child], behind[index + 1]
            lines = [f"{self._terms(step, ahead[index], closings)} ∈ {span(room)}"]
            others = [
                ahead[index].point,
                *(_times(closings[path].point, by) for path, by in step.terms if path != child),
            ]
            known = [value for value in others if value is not None]
            if factor and len(known) == len(others) and not room.empty:
                rest = sum(known, Fraction(0))
                lines += [
                    f"({decimal(end)} - {decimal(rest)}) ÷ {_factor(factor)} = {full((end - rest) / factor)}"
                    for end in (room.low, room.high)
                    if end is not None
                ]
            return tuple(lines)
        return ()


def _times(value: Fraction | None, factor: Fraction) -> Fraction | None:
    return None if value is None else value * factor


def _factor(factor: Fraction) -> str:
    shown = percent(factor)
    return shown if "(" not in shown else f"({factor})"


def _grid(found: Range, places: int) -> list[Fraction]:
    """The numbers of so many decimals in a range, where they are few."""
    if found.low is None or found.high is None or (found.high - found.low) * 10**places > CANDIDATES:
        return []
    step = Fraction(1, 10**places)
    first = round_to(found.low, places, Rounding.CEILING)
    return [value for i in range(CANDIDATES + 2) if found.holds(value := first + i * step)]


def _score_of(figures: Figures, path: str) -> Printed | None:
    said = figures.said(path)
    return said.score if said else None


def _points_of(figures: Figures, path: str) -> Printed | None:
    said = figures.said(path)
    return said.points if said else None
