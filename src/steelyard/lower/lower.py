"""A checked file to a program."""

from __future__ import annotations

from steelyard.bind.paths import TOTAL
from steelyard.check.model import Checked
from steelyard.core import nodes as c
from steelyard.core.encode import digest
from steelyard.core.invariants import verify_invariants
from steelyard.lower.context import Context
from steelyard.lower.examples import lower_examples
from steelyard.lower.parts import Parts
from steelyard.syntax import nodes as n


def lower(checked: Checked) -> c.Program:
    """The program of a file without errors."""
    assert not checked.failed, "only a file without errors is lowered"
    file = checked.bound.file
    context = Context(checked)
    parts = Parts(context)
    total = parts.account(TOTAL)
    examples = tuple(lower_examples(context, parts.statements_of(context.homes[TOTAL]).expressions))
    batch, batch_by = tuple(context.batch.values()), _batch_by(file)
    verify_invariants(total, checked.schema, batch)
    scheme = file.schemes[0] if file.schemes else None
    return c.Program(
        name=scheme.name.name if scheme else file.source.name.rsplit("/", 1)[-1].removesuffix(".rules"),
        title=scheme.title if scheme else None,
        total=total,
        schema=checked.schema,
        language=file.language,
        digest=digest(total, batch, batch_by),
        source=file.source,
        batch=batch,
        batch_by=batch_by,
        fewer_better=any(isinstance(a, n.FewerBetter) for a in scheme.attributes) if scheme else False,
        examples=examples,
    )


def _batch_by(file: n.File) -> str | None:
    attributes = (a for scheme in file.schemes for a in scheme.attributes)
    return next((a.by.name for a in attributes if isinstance(a, n.BatchBy)), None)
