"""Reasons with their values put in: an input as its own text and unit, a computed value at two places."""

from __future__ import annotations

from fractions import Fraction

from steelyard.core import nodes as c
from steelyard.diagnostics.model import Language
from steelyard.scalar.environment import Environment
from steelyard.scalar.evaluate import evaluate
from steelyard.trace.model import Expr
from steelyard.trace.show import brief, cell_text, show_percent, show_value
from steelyard.values.numbers import show_rounded
from steelyard.values.states import Unknown


def render_reason(template: c.Template | None, env: Environment, language: Language) -> str | None:
    if template is None:
        return None
    return "".join(
        piece if isinstance(piece, str) else _insert(evaluate(piece.value, env), piece.show, env, language)
        for piece in template.pieces
    )


def _insert(expr: Expr, show: str | None, env: Environment, language: Language) -> str:
    value = expr.value
    if isinstance(value, Fraction):
        if show == "%":
            return show_percent(value)
        if show is not None:
            return show_rounded(value, int(show))
        if expr.op != "cell":
            return show_percent(value) if expr.percent else brief(value)
    if expr.op == "cell" and expr.ref is not None:
        return cell_text(env.recorder.cells[expr.ref], language)
    if isinstance(value, Unknown):
        return "？" if language == "zh" else "?"
    return value if isinstance(value, str) else show_value(value, language)
