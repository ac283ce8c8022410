"""Indicators: targets beside actuals, how many things a row measures, and counts of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import evolve, frozen

from steelyard.reverse.measures import alike, counted_in, measure
from steelyard.reverse.model import Count, Fact, Figures, Finding, Indicator, Place, Printed, Remark, Sums, Text
from steelyard.reverse.numerals import bare, percent
from steelyard.values.targets import Comparator, read_actual, read_target

_SIGNS = {Comparator.AT_LEAST: "≥", Comparator.ABOVE: ">", Comparator.AT_MOST: "≤", Comparator.BELOW: "<"}


@frozen
class Standing:
    """One target beside one actual, both in numbers."""

    indicator: Indicator
    target: Printed
    actual: Printed
    sign: str

    @property
    def met(self) -> bool:
        a, t = self.actual.value, self.target.value
        return {"≥": a >= t, ">": a > t, "≤": a <= t, "<": a < t}[self.sign]

    @property
    def excess(self) -> Fraction | None:
        return (self.actual.value - self.target.value) / self.target.value if self.target.value else None


def standings(figures: Figures, indicator: Indicator) -> list[Standing]:
    """Every actual against the first target in numbers, where their units go together; both in the target's."""
    return [_together(one) for one in _pairs(figures, indicator) if alike((one.target, one.actual))]


def unlike(figures: Figures, indicator: Indicator) -> list[Standing]:
    """Those of which nothing can be said, as their units differ."""
    return [one for one in _pairs(figures, indicator) if not alike((one.target, one.actual))]


def _together(one: Standing) -> Standing:
    sizes = [measure(printed.unit).size for printed in (one.target, one.actual)]
    if sizes[0] == sizes[1]:
        return one
    target, actual = (counted_in(printed, sizes[0], marked=True) for printed in (one.target, one.actual))
    return evolve(one, target=target, actual=actual)


def _pairs(figures: Figures, indicator: Indicator) -> list[Standing]:
    target = next((text for text in indicator.targets if text.figure), None)
    if target is None or target.figure is None:
        return []
    sign = _SIGNS[read_target(target.text)[0].comparator]
    printed = figures.figures[target.figure].printed[0]
    names = dict.fromkeys(text.figure for text in indicator.actuals if text.figure)
    actuals = [figures.figures[name].printed[0] for name in names]
    return [Standing(indicator, printed, actual, sign) for actual in actuals]


def met(figures: Figures, indicator: Indicator) -> bool | None:
    """Was the target reached? None where words alone say so."""
    found = standings(figures, indicator)
    if unlike(figures, indicator):
        return None if all(standing.met for standing in found) else False
    if found:
        return all(standing.met for standing in found)
    target = next((read_target(text.text)[0] for text in indicator.targets), None)
    actual = next((read_actual(text.text)[0] for text in indicator.actuals), None)
    if target is None or actual is None or actual.truth is None:
        return None
    return actual.truth == (target.comparator is Comparator.YES) if target.comparator in ("yes", "no") else None


def indicators(figures: Figures) -> Iterator[Finding]:
    for indicator in figures.indicators:
        for standing in standings(figures, indicator):
            facts: dict[str, Fact] = {
                "name": indicator.name,
                "actual": standing.actual.text,
                "target": standing.target.text,
            }
            line = f"{bare(standing.actual)} {standing.sign if standing.met else _turned(standing.sign)} {bare(standing.target)}"
            sums: Sums = (line,)
            if standing.excess is not None and standing.sign in "≥>" and standing.excess > 0:
                base = f"({bare(standing.actual)} - {bare(standing.target)}) ÷ {bare(standing.target)}"
                sums += (f"{base} = {percent(standing.excess)}",)
            places = _places(indicator)
            # What a target missed means is for the scheme and the counts to say; here it is arithmetic.
            yield Finding("follows", "met" if standing.met else "missed", facts, sums, places)
        for pair in unlike(figures, indicator):
            sides = (pair.target.text, pair.actual.text)
            about: dict[str, Fact] = {"name": indicator.name, "units": sides}
            yield Finding("cannot", "units", about, (" | ".join(sides),), _places(indicator))
        yield from _measures(indicator)
        yield from _scopes(indicator)


def _turned(sign: str) -> str:
    return {"≥": "<", ">": "≤", "≤": ">", "<": "≥"}[sign]


def _places(indicator: Indicator) -> tuple[Place, ...]:
    return tuple(Place(indicator.name, text.text, text.where) for text in (*indicator.targets, *indicator.actuals))


def _measures(indicator: Indicator) -> Iterator[Finding]:
    """One indicator that measures several things: as many actuals, or as many targets."""
    for role, texts in (("actual", indicator.actuals), ("target", indicator.targets)):
        measures = dict.fromkeys(text.measure for text in texts if text.measure)
        if len(measures) > 1:
            others = indicator.targets if role == "actual" else indicator.actuals
            facts: dict[str, Fact] = {"name": indicator.name, "measures": tuple(measures), "count": str(len(measures))}
            other = " / ".join(text.text for text in others)
            sums = (
                f"{len(measures)} ≠ 1",
                *(f"{other} | {text.measure} {text.text}" for text in texts if text.measure),
            )
            yield Finding("contradicts", f"measures.{role}", facts, sums, _places(indicator))
            return


def _scopes(indicator: Indicator) -> Iterator[Finding]:
    """A target that is limited to something, and an actual that does not repeat the limit."""
    scope = next((text.scope for text in indicator.targets if text.scope), None)
    loose = [text for text in indicator.actuals if text.figure and text.scope != scope]
    if not loose or (scope is None and not any(text.scope for text in indicator.actuals)):
        return
    said = tuple(dict.fromkeys(text.scope for text in loose if text.scope))
    kind = "scope.more" if scope is None else "scope" if said else "scope.none"
    facts: dict[str, Fact] = {
        "name": indicator.name, "target": scope or "", "actual": said, "count": str(len(loose)),
        "of": str(len(indicator.actuals)),
    }  # fmt: skip
    sums = tuple(f"{_with_scope(target)} | {_with_scope(text)}" for target in indicator.targets[:1] for text in loose)
    yield Finding("ask", kind, facts, sums, _places(indicator))


def _with_scope(text: Text) -> str:
    measure = f"{text.measure} " if text.measure else ""
    return f"{measure}{text.text} [{text.scope or '–'}]"


# ---- counts


def counts(figures: Figures) -> Iterator[Finding]:
    """How many the report says there are, and how many there are."""
    states = {one.name: met(figures, one) for one in figures.indicators} if figures.counts else {}
    excess = {one.name: max((s.excess or Fraction(0) for s in standings(figures, one)), default=Fraction(0))
              for one in figures.indicators} if figures.counts else {}  # fmt: skip
    for count in figures.counts:
        yes, open_names = _counted(figures, count, states, excess)
        stated, sure = count.printed.value, len(yes)
        facts: dict[str, Fact] = {
            "printed": count.printed.text, "kind": count.kind or "", "least": str(sure),
            "beyond": count.beyond.text if count.beyond else "",
        }  # fmt: skip
        names = tuple(yes[:20])
        places = (Place(count.printed.text, count.printed.text, count.printed.where),)
        remarks: tuple[Remark, ...] = (("by-words", {"names": tuple(open_names)}),) if open_names else ()
        most, said = sure + len(open_names), bare(count.printed)
        if sure <= stated <= most:
            if open_names:
                # Whether it is so hangs on words: it is not contradicted, and does not follow either.
                line = f"{sure} ≤ {said} ≤ {sure} + {len(open_names)}"
                facts["open"] = str(len(open_names))
                yield Finding("cannot", f"count.{count.of}", facts, (line,), places, remarks)
            else:
                yield Finding("follows", f"count.{count.of}", facts, (f"{sure} = {said}",), places)
        else:
            line = (
                f"{said} < {sure}"
                if stated < sure
                else f"{said} > {sure}" + (f" + {len(open_names)}" if open_names else "")
            )
            remarks += (("counted", {"names": names}),) if names else ()
            yield Finding("contradicts", f"count.{count.of}", facts, (line,), places, remarks)


def _counted(
    figures: Figures, count: Count, states: Mapping[str, bool | None], excess: Mapping[str, Fraction]
) -> tuple[list[str], list[str]]:
    """Those that count for sure, and those that words alone decide."""
    if count.of == "rows":
        outer = {row.path.rpartition(".")[0] for row in figures.rows}
        return [row.name for row in figures.rows if row.points is not None and row.path not in outer], []
    names = [one.name for one in figures.indicators if count.kind in (None, one.kind)]
    if count.of == "indicators":
        return names, []
    if count.of == "beyond" and count.beyond is not None:
        by = count.beyond.value
        mixed = {one.name for one in figures.indicators if unlike(figures, one)}
        return [n for n in names if excess[n] > by], [n for n in names if n in mixed and excess[n] <= by]
    return [name for name in names if states[name]], [name for name in names if states[name] is None]
