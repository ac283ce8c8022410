"""Words of fixes and of second labels."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Text

FIXES: dict[str, Text] = {
    "did-you-mean": Text("did you mean `{name}`?", "是不是想写 `{name}`？"),
    "write": Text("write `{text}`", "请写成 `{text}`"),
    "write-either-line": Text(
        "write `interpolated` behind the head of the table, and the points `{first}` and `{second}` for this row",
        "请在表头后写 `，线性插值`，并把这一行写成两个点：`{first}` 和 `{second}`",
    ),
    "write-rule": Text("write `{shown}`", "请写成 `{shown}`"),
    "write-either": Text("write `{first}` or `{second}`", "请写成 `{first}` 或 `{second}`"),
    "whole-numbers": Text(
        "where only whole numbers occur, say so: `whole number` of an input, `round total to 0 places` of the total",
        "若只会出现整数，请写明：数据项写 `整数`，总分写 `总分保留 0 位小数`",
    ),
    "first-here": Text("first written here", "第一次写在这里"),
    "score-here": Text("this gives points only elsewhere", "这里的得分与它不同时成立"),
    "worth": Text("worth {points} points", "满分 {points} 分"),
    "other-row": Text("`{label}` has it too", "“{label}”也包含它"),
    "only-data-know": Text("this bound is known with the data only", "这里的界限要有数据才知道"),
    "zero-here": Text("everything is zero here", "这里一律不得分"),
    "weight-here": Text("a weight of the same level", "同一级的权重"),
    "part-here": Text("this part", "这一部分"),
    "indent": Text("indent it by two spaces, under the part", "请缩进两个空格，写到该部分之下"),
    "differ-by-points": Text(
        "{left} and {right} differ by {difference} percentage points", "{left} 与 {right} 相差 {difference} 个百分点"
    ),
    "differ-by": Text("{left} and {right} differ by {difference}", "{left} 与 {right} 相差 {difference}"),
    "one-digit": Text(
        "{left} and {right} differ in one digit only: look for a slip in the source",
        "{left} 与 {right} 只差一个数字，请查原文是否有笔误",
    ),
    "day-before": Text("the day before it", "前一个日期"),
    "also-here": Text("this has the name too", "这里也用了这个名称"),
    "this-function": Text("in this function", "在这个函数里"),
    "used-here": Text("named here", "在这里引用"),
    "amended-here": Text("this file changes another", "本文件是对另一文件的修订"),
    "this-one": Text("one of them", "其中之一"),
    "not-applicable": Text("write `N/A` or `不适用` if it does not apply", "若不适用，请填写 `不适用` 或 `N/A`"),
    "took": Text("{points} points", "{points} 分"),
    "did-not-fire": Text("did not apply", "没有触发"),
    "no-cells": Text(
        "cells have no names here: over a list of the data, write `{text}`",
        "这里没有单元格的名称；对数据中的列表，请写成 `{text}`",
    ),
    "opened-here": Text("opened here", "从这里开始"),
    "this-unit": Text("unit: {unit}", "单位：{unit}"),
    "this-type": Text("this is {type}", "这里是{type}"),
}
