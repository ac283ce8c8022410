"""`or V if missing`, `or V if not applicable`, `or V if undefined`: what a value is where it has none.

The state of a datum is known, so what is missing is answered for certain, and what is not applicable is where nothing is
missing beside it: with that filled in, the datum that does not apply may not be asked for. What is undefined only for the
data there are may come out otherwise with those that are not there.
"""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.core import nodes as c
from steelyard.scalar.environment import Environment
from steelyard.scalar.evaluate import BESIDE, evaluate
from steelyard.scalar.operations import enclosure
from steelyard.trace.model import Expr
from steelyard.values import intervals as iv
from steelyard.values.states import OF_DATA, Cause, Unknown


def answer_to(instead: Sequence[c.Instead], unknown: Unknown | None) -> c.Instead | None:
    """The `or V if …` that certainly counts. Nothing answers for an invalid cell."""
    if unknown is None or Cause.INVALID in unknown.causes:
        return None
    return next((a for a in instead if a.on in unknown.causes and not unknown.causes & BESIDE[a.on]), None)


def may_answer(instead: Sequence[c.Instead], unknown: Unknown) -> list[c.Instead]:
    """Those that may count yet, as the data that are not there turn out, where none does for certain."""
    return [a for a in instead if a.on in unknown.causes and unknown.causes & OF_DATA]


def left_open(unknown: Unknown, answers: Sequence[c.Instead]) -> frozenset[Cause]:
    """Why a value with these possible answers is open: not for what they answer."""
    answered = {Cause(answer.on) for answer in answers}
    return unknown.causes - answered or unknown.causes


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
    possible = may_answer(statement.instead, unknown)
    if not possible:
        return value
    answers = [evaluate(answer.amount, env) for answer in possible]
    within = iv.hull([unknown.within, *(enclosure(answer.value) for answer in answers)])
    return Expr("instead", Unknown(left_open(unknown, possible), unknown.blame, within), (value, *answers))
