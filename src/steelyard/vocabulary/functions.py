"""The functions of the language. Their spellings are in the keyword table; an example is run by the tests."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from steelyard.diagnostics.catalogue.entry import Text

Takes = Literal["number", "places", "mode", "date", "actual", "target", "list"]
"""`places` and `mode` are written out, never computed. What an aggregate takes of each row is a number, or a condition
where it gives `truth`."""
Gives = Literal["number", "rate", "truth", "same", "bare"]


@frozen
class Function:
    """Gives `same`: the result has the unit of the arguments, which must agree; `bare`: it takes the unit of what it
    stands beside, as a literal does."""

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
    """Over the rows of a list: `f(LIST where C)`, `f(E for R in LIST)`; over the batch: `f(all.N where C)`."""
    over_parts: bool = False
    """Also over the parts of the part it stands in: `f(parts)`."""
    irrational: bool = False
    """Its value may be no fraction: stands only inside `round(E, N)`, which makes it exact once."""


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
        "round", ("number", "places", "mode"), "same",
        Text(
            "the value rounded to so many places (none: to a whole number), half up or in the mode that is named",
            "舍入到指定位小数（不写则到整数）；不写舍入方式的为四舍五入",
        ),
        (("round(29.025, 2)", "29.03"), ("round(-0.5)", "-1"), ("round(2.4)", "2"), ("round(2.5, 0, half even)", "2")),
        optional=2,
    ),
    Function(
        "floor", ("number",), "same",
        Text("the largest whole number that is not above the value", "不大于该值的最大整数"),
        (("floor(2.7)", "2"), ("floor(-2.1)", "-3")),
    ),
    Function(
        "ceiling", ("number",), "same",
        Text("the smallest whole number that is not below the value", "不小于该值的最小整数"),
        (("ceiling(2.1)", "3"), ("ceiling(-2.7)", "-2")),
    ),
    Function(
        "sqrt", ("number",), "number",
        Text("the square root, inside a `round`; undefined below 0", "平方根，写在“四舍五入”之内；负数无法计算"),
        (("round(sqrt(2), 4)", "1.4142"), ("round(sqrt(2.25), 2)", "1.5")),
        irrational=True,
    ),
    Function(
        "ln", ("number",), "number",
        Text(
            "the natural logarithm, inside a `round`; undefined unless the value is above 0",
            "自然对数，写在“四舍五入”之内；不大于 0 的无法计算",
        ),
        (("round(ln(2), 4)", "0.6931"),),
        irrational=True,
    ),
    Function(
        "exp", ("number",), "number",
        Text("e to the power of the value, inside a `round`", "自然常数 e 的乘方，写在“四舍五入”之内"),
        (("round(exp(1), 4)", "2.7183"), ("round(100 * exp(-0.5), 2)", "60.65")),
        irrational=True,
    ),
    Function(
        "days", ("date", "date"), "bare",
        Text("the days from the first date to the second; negative where the second is earlier", "从前一日期到后一日期的天数；后者更早的为负数"),
        (("days(2024-02-28, 2024-03-01)", "2"), ("days(2023-06-30, 2023-06-30)", "0")),
    ),
    Function(
        "months", ("date", "date"), "bare",
        Text(
            "the whole months from the first date to the second: a month is full on the same day of the next one, or on "
            "its last day where it has no such day; negative where the second is earlier",
            "从前一日期到后一日期的整月数：到次月的同一日满一个月，次月没有该日的，到其最后一日满一个月；后者更早的为负数",
        ),
        (("months(2023-01-31, 2023-02-28)", "1"), ("months(2023-01-15, 2023-03-14)", "1")),
    ),
    Function(
        "year", ("date",), "bare",
        Text("the year of the date", "日期所在的年份"),
        (("year(2024-02-28)", "2024"),),
    ),
    Function(
        "month", ("date",), "bare",
        Text("the month of the date, from 1 to 12", "日期所在的月份，1 至 12"),
        (("month(2024-02-28)", "2"),),
    ),
    Function(
        "count", ("list",), "number",
        Text("how many rows a list has, or how many of them meet a condition", "列表的行数，或满足条件的行数"),
        (("count(indicators)", "3"), ("count(indicators where points_lost > 0)", "1")),
        aggregate=True, over_parts=True,
    ),
    Function(
        "sum", ("list",), "same",
        Text("the sum of a value over the rows of a list; 0 for no rows", "列表各行某值之和；没有行时为 0"),
        (("sum(r.points_lost for r in indicators)", "0.5"),),
        aggregate=True, over_parts=True,
    ),
    Function(
        "average", ("list",), "same",
        Text("the mean of a value over the rows of a list; undefined for no rows", "列表各行某值的平均；没有行时无法计算"),
        (("average(r.points_lost for r in indicators)", "1/6"),),
        aggregate=True, over_parts=True,
    ),
    Function(
        "median", ("list",), "same",
        Text(
            "the middle value over the rows of a list, or the mean of the middle two; undefined for no rows",
            "列表各行某值的中位数；行数为偶数的，取中间两个的平均；没有行时无法计算",
        ),
        (("median(r.points_lost for r in indicators)", "0"),),
        aggregate=True, over_parts=True,
    ),
    Function(
        "lowest", ("list",), "same",
        Text("the smallest value over the rows of a list; undefined for no rows", "列表各行某值中最小的；没有行时无法计算"),
        (("lowest(r.points_lost for r in indicators)", "0"),),
        aggregate=True, over_parts=True,
    ),
    Function(
        "highest", ("list",), "same",
        Text("the largest value over the rows of a list; undefined for no rows", "列表各行某值中最大的；没有行时无法计算"),
        (("highest(r.points_lost for r in indicators)", "0.5"),),
        aggregate=True, over_parts=True,
    ),
    Function(
        "every", ("list",), "truth",
        Text("does a condition hold for every row of a list? yes for no rows", "列表的每一行是否都满足条件；没有行时为“是”"),
        (("every(r.points_lost < 1 for r in indicators)", "yes"),),
        aggregate=True,
    ),
    Function(
        "any", ("list",), "truth",
        Text("does a condition hold for any row of a list? no for no rows", "列表中是否有任一行满足条件；没有行时为“否”"),
        (("any(r.points_lost > 0 for r in indicators)", "yes"), ("any(indicators where points_lost > 1)", "no")),
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
