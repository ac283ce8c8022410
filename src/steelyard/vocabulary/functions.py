"""The functions of the language. Their spellings are in the keyword table; an example is run by the tests."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from steelyard.diagnostics.catalogue.entry import Text

Takes = Literal["number", "places", "actual", "target", "list"]
Gives = Literal["number", "rate", "truth", "same"]


@frozen
class Function:
    """`same`: the result has the unit of the arguments, which must agree."""

    key: str
    takes: tuple[Takes, ...]
    gives: Gives
    doc: Text
    examples: tuple[tuple[str, str], ...]
    """Expression and its value, as the language writes both."""
    repeats: bool = False
    """May the last argument come any number of times?"""
    optional: int = 0
    """How many arguments at the end may be left out."""
    aggregate: bool = False
    """Over the rows of a list: `f(LIST where C)`, `f(E for R in LIST)`."""


FUNCTIONS: tuple[Function, ...] = (
    Function(
        "min", ("number",), "same",
        Text("the smallest of the values", "各值中最小的"),
        (("min(3, 1.5, 2)", "1.5"), ("min(-1, 0)", "-1")),
        repeats=True,
    ),
    Function(
        "max", ("number",), "same",
        Text("the largest of the values", "各值中最大的"),
        (("max(3, 1.5, 2)", "3"), ("max(0, -4)", "0")),
        repeats=True,
    ),
    Function(
        "abs", ("number",), "same",
        Text("the value without its sign", "去掉正负号的值"),
        (("abs(-2.5)", "2.5"), ("abs(3)", "3")),
    ),
    Function(
        "round", ("number", "places"), "same",
        Text("the value rounded half up to so many places (none: to a whole number)", "四舍五入到指定位小数（不写则到整数）"),
        (("round(29.025, 2)", "29.03"), ("round(-0.5)", "-1"), ("round(2.4)", "2")),
        optional=1,
    ),
    Function(
        "count", ("list",), "number",
        Text("how many rows a list has, or how many of them meet a condition", "列表的行数，或满足条件的行数"),
        (("count(indicators)", "3"), ("count(indicators where points_lost > 0)", "1")),
        aggregate=True,
    ),
    Function(
        "sum", ("list",), "same",
        Text("the sum of a value over the rows of a list; 0 for no rows", "列表各行某值之和；没有行时为 0"),
        (("sum(r.points_lost for r in indicators)", "0.5"),),
        aggregate=True,
    ),
    Function(
        "average", ("list",), "same",
        Text("the mean of a value over the rows of a list; undefined for no rows", "列表各行某值的平均；没有行时无法计算"),
        (("average(r.points_lost for r in indicators)", "1/6"),),
        aggregate=True,
    ),
    Function(
        "met", ("actual", "target"), "truth",
        Text("does the actual meet the target, in the direction the target names?", "完成值是否达到目标（按目标自己的方向）"),
        (("met(actual, target)", "yes"),),
    ),
    Function(
        "attainment", ("actual", "target"), "rate",
        Text(
            "how much of the target was reached, in the good direction: actual ÷ target for at least, target ÷ actual for "
            "at most; 1 or 0 for yes/no; not capped",
            "完成率：越大越好的目标为完成值÷目标值，越小越好的为目标值÷完成值；是否型为 1 或 0；不封顶",
        ),
        (("attainment(actual, target)", "410.9%"),),
    ),
    Function(
        "excess", ("actual", "target"), "rate",
        Text("how far the actual lies beyond the target, as a share of it: (actual − target) ÷ target", "超出率：（完成值 − 目标值）÷ 目标值"),
        (("excess(actual, target)", "310.9%"),),
    ),
)  # fmt: skip

BY_KEY = {function.key: function for function in FUNCTIONS}
