"""Which printed value a formula means, where a figure is printed with several."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice, product

from steelyard.reverse.formula import Formula, names_in, value_of, written
from steelyard.reverse.measures import fitted
from steelyard.reverse.model import Figure, Figures, Place, Places, Printed, Remark
from steelyard.reverse.numerals import bare

MOST = 16
"""Readings of one formula that are tried."""

World = Mapping[str, Printed]
Units = tuple[tuple[str, ...], Places]


def near(a: str, b: str) -> bool:
    """Do two places of the report lie in one another? 四（一） and 四（一）表第4行 do."""
    a, b = (unicodedata.normalize("NFKC", place).replace(" ", "") for place in (a, b))
    return bool(a and b) and (a.startswith(b) or b.startswith(a))


def choices(figure: Figure, where: str) -> tuple[Printed, ...]:
    """The values that may be meant at a place: what is printed there, else whatever is printed anywhere."""
    here = [printed for printed in figure.printed if near(printed.where, where)]
    exact = [printed for printed in here if printed.where == where]
    found: dict[Fraction, Printed] = {}
    for printed in exact or here or figure.printed:
        found.setdefault(printed.value, printed)
    return tuple(found.values())


def worlds(figures: Figures, names: Iterable[str], where: str | None) -> Iterator[World]:
    """All readings at a place; with `None` all that the report allows anywhere."""
    used = list(names)
    options = [choices(figures.figures[name], where or "") for name in used]
    for chosen in islice(product(*options), MOST):
        yield dict(zip(used, chosen, strict=True))


def names_of(*formulas: Formula) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for formula in formulas for name in names_in(formula)))


def unprinted(figures: Figures, names: Iterable[str]) -> list[str]:
    return [name for name in names if not figures.figures[name].printed]


STATED = "="
"""The printed ratio among the figures that it is of; no figure is called so."""


def readings(
    figures: Figures, names: Iterable[str], where: str | None, *sides: Formula, stated: Printed | None = None
) -> list[World]:
    """The readings in which only like is added to and compared with like, all counted in units that go together."""
    found: list[World] = []
    for world in worlds(figures, names, where):
        together = fitted({**world, STATED: stated} if stated else world, *sides)
        if together is not None:
            found.append(together)
    return found


def unlike(figures: Figures, names: Iterable[str], where: str | None, stated: Printed | None = None) -> Units:
    """What stands side by side where no reading is left: the figures with their units."""
    world = next(worlds(figures, names, where))
    shown = [_with_unit(one) for one in (*world.values(), *([stated] if stated else []))]
    return tuple(dict.fromkeys(shown)), places_of(world)


def _with_unit(printed: Printed) -> str:
    """As printed; a unit that stands elsewhere, in the head of a table, in brackets."""
    if printed.unit and printed.unit in printed.text:
        return printed.text
    return f"{printed.text} [{printed.unit or '–'}]"


def on_word(names: Mapping[str, Printed] | Iterable[Printed]) -> tuple[Remark, ...]:
    """What is taken for the same quantity only because the author of the file says so."""
    found = names.values() if isinstance(names, Mapping) else names
    said = dict.fromkeys((one.called, one.text, one.where, one.because) for one in found if one.called)
    return tuple(
        ("on-word", {"called": called or "", "text": text, "where": where, "because": because})
        for called, text, where, because in said
    )


def result(formula: Formula, world: World) -> Fraction | None:
    return value_of(formula, {name: printed.value for name, printed in world.items()})


def sum_of(formula: Formula, world: World) -> str:
    return written(formula, {name: bare(printed) for name, printed in world.items()})


def places_of(world: World) -> tuple[Place, ...]:
    return tuple(
        Place(printed.called or name, printed.text, printed.where) for name, printed in world.items() if name != STATED
    )


def decimals(world: World) -> int:
    return max((printed.places for printed in world.values()), default=0)
