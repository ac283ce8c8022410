"""Places in a trace: JSON pointers (RFC 6901), what stands there, and what a trace looks like with them replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from steelyard.seal.documents import Malformed
from steelyard.values.canonical import Json

LONGEST_POINTER = 4000


def pointer(*steps: str | int) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def value_at(document: Json, place: str) -> Json:
    """What stands there. Raises Malformed where there is nothing."""
    found = document
    for step in steps_of(place):
        if isinstance(found, dict) and step in found:
            found = found[step]
        elif isinstance(found, list) and _is_index(step) and int(step) < len(found):
            found = found[int(step)]
        else:
            raise Malformed(place[:60])
    return found


def with_values(document: dict[str, Json], values: Mapping[str, Json]) -> dict[str, Json]:
    """A copy with other values at these places. Raises Malformed where a place does not exist or lies inside another."""
    for place in values:
        value_at(document, place)
        _outside_others(place, values)
    copied = {name: _copy(value) for name, value in document.items()}
    for place, value in values.items():
        *way, last = steps_of(place)
        around = value_at(copied, "".join("/" + _escaped(step) for step in way))
        if isinstance(around, list):
            around[int(last)] = value
        elif isinstance(around, dict):
            around[last] = value
    return copied


def steps_of(place: str) -> list[str]:
    """The names and indices of a pointer. Raises Malformed."""
    if (place and not place.startswith("/")) or len(place) > LONGEST_POINTER:
        raise Malformed(place[:60])
    return [step.replace("~1", "/").replace("~0", "~") for step in place.split("/")[1:]]


def _outside_others(place: str, others: Iterable[str]) -> None:
    known = others if isinstance(others, Mapping) else frozenset(others)
    end = place.rfind("/")
    if end < 0:
        raise Malformed("/")
    while end > 0:
        if place[:end] in known:
            raise Malformed(place[:60])
        end = place.rfind("/", 0, end)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _is_index(step: str) -> bool:
    """Digits without a leading zero: every place has one pointer."""
    return step.isascii() and step.isdigit() and len(step) < 10 and (step == "0" or step[0] != "0")


def _copy(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _copy(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_copy(item) for item in value]
    return value
