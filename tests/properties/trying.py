"""A property tried on many cases. A failing case is made smaller, and told with its seed.

The same cases in every run of CI: a failure is found by everybody or by nobody. `TIMES=10` tries ten times as many, drawn
anew in every run; `SEED=7` tries the one case of that seed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from random import SystemRandom
from typing import Any

from attrs import evolve

from properties import runs
from properties.description import smaller
from properties.records import Case, case_of
from steelyard.pipeline import Loaded

TIMES = int(os.environ.get("TIMES", "1"))
SEED = os.environ.get("SEED")
PATIENCE = 60.0
"""Seconds that a failing case is made smaller for."""

Property = Callable[[Case], None]


class Refused(Exception):
    """The scheme has an error, so there is nothing to try."""


def program_of(case: Case, language: str = "en") -> Loaded:
    loaded = runs.load(case.description, language)
    if loaded.program is None:
        raise Refused
    return loaded


def tried(count: int, **kind: Any) -> Callable[[Property], Callable[[], None]]:
    """Makes a test of a property of cases; `kind` says which."""

    def decorate(holds: Property) -> Callable[[], None]:
        def test() -> None:
            for seed in seeds(count):
                case = case_of(seed, **kind)
                failure = _failure(holds, case)
                if failure is not None:
                    raise AssertionError(_told(*_smallest(holds, case, failure)))

        test.__name__ = holds.__name__
        test.__doc__ = holds.__doc__
        return test

    return decorate


def seeds(count: int) -> Iterator[int]:
    if SEED is not None:
        yield int(SEED)
    elif TIMES == 1:
        yield from range(count)
    else:
        first = SystemRandom().randrange(10**9)
        yield from range(first, first + count * TIMES)


def _failure(holds: Property, case: Case) -> Exception | None:
    try:
        holds(case)
    except Refused:
        pass
    except Exception as failure:
        return failure
    return None


def _smallest(holds: Property, case: Case, failure: Exception) -> tuple[Case, Exception]:
    """The smallest case found that fails in the same way."""
    until = time.monotonic() + PATIENCE
    found = True
    while found and time.monotonic() < until:
        found = False
        for description in smaller(case.description):
            less = evolve(case, description=description)
            other = _failure(holds, less)
            if other is not None and type(other) is type(failure) and time.monotonic() < until:
                case, failure, found = less, other, True
                break
    return case, failure


def _told(case: Case, failure: Exception) -> str:
    kinds = f"SEED={case.seed}: {type(failure).__name__}: {failure}"
    return f"{kinds}\n\n{case.description.text('en')}\n{json.dumps(case.records, ensure_ascii=False)}"
