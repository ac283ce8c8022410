"""`or V if missing`, `or V if undefined`: what a value is where it has none."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.core import nodes as c
from steelyard.scalar.environment import Environment
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.operations import enclosure
from steelyard.trace.model import Expr
from steelyard.values import intervals as iv
from steelyard.values.states import OF_DATA, Cause, Unknown


def answer_to(instead: Sequence[c.Instead], unknown: Unknown | None) -> c.Instead | None:
    """The `or V if …` that certainly counts. What is undefined only for the data there are may come out otherwise with
    those that are missing; and nothing answers for an invalid cell."""
    if unknown is None or Cause.INVALID in unknown.causes:
        return None
    for answer in instead:
        if answer.on in unknown.causes and (answer.on == "missing" or not unknown.causes & OF_DATA):
            return answer
    return None


def let_value(statement: c.Let, env: Environment) -> Expr:
    """The value of a `let`, or the answer that it gives for having none."""
    value = evaluate(statement.value, env)
    if not isinstance(value.value, Unknown):
        return value
    unknown = value.value
    answered = answer_to(statement.instead, unknown)
    if answered is not None:
        answer = evaluate(answered.amount, env)
        return Expr("instead", answer.value, (value, answer), percent=answer.percent)
    # What missing data may yet turn out to leave undefined: then the answer for that is possible too.
    answers = [evaluate(answer.amount, env) for answer in statement.instead if answer.on == "undefined"]
    if not answers or Cause.UNDEFINED not in unknown.causes or not unknown.causes & OF_DATA:
        return value
    within = iv.hull([unknown.within, *(enclosure(answer.value) for answer in answers)])
    return Expr("instead", Unknown(unknown.causes & OF_DATA, unknown.blame, within), (value, *answers))
