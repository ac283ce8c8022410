"""Every evaluator there is. A new engine is one row here and then runs every case."""

from __future__ import annotations

from collections.abc import Callable

from steelyard import pipeline
from steelyard.core.nodes import Program
from steelyard.data.model import Records
from steelyard.trace.model import Trace

Evaluator = Callable[[Program, Records], tuple[Trace, ...]]


def reference(program: Program, records: Records) -> tuple[Trace, ...]:
    return pipeline.score(program, records).traces


EVALUATORS: tuple[Evaluator, ...] = (reference,)
