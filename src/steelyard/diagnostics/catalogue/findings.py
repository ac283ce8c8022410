"""Findings about a score."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error, warning

ENTRIES: tuple[Entry, ...] = (
    warning(
        "F101",
        Text("check does not hold", "核对不符"),
        Text("{reason}: `{shown}` does not hold", "{reason}：`{shown}` 不成立"),
        Text("compare the figures with their sources", "请与原始资料核对"),
    ),
    warning(
        "F102",
        Text("check cannot be made", "无法核对"),
        Text("`{shown}` cannot be checked: {cells} {cause}", "无法核对 `{shown}`：{cells}{cause}"),
        Text("supply or correct the data", "请补充或更正数据"),
    ),
    error(
        "F201",
        Text("negative amount", "分数为负"),
        Text(
            "the amount came to {amount}, which is negative: the rule cannot be applied",
            "算出的分数为 {amount}，是负数：规则无法执行",
        ),
        Text("use max(…, 0), or add a condition to the rule", "请用 取大(…, 0)，或给规则加条件"),
    ),
    warning(
        "F301",
        Text("no reviewer's score", "没有评审打分"),
        Text("no reviewer has scored `{criterion}`", "`{criterion}` 没有评审打分"),
        Text("add a row for it to reviewers.csv", "请在 评审.csv（reviewers.csv）中补上一行"),
    ),
    error(
        "F302",
        Text("reviewer's score out of range", "评审打分超出范围"),
        Text(
            "the score {score} for `{criterion}` is not between 0 and {full}",
            "`{criterion}` 的打分 {score} 不在 0 与 {full} 之间",
        ),
        Text("correct the score", "请更正打分"),
    ),
    warning(
        "F303",
        Text("points lost without a reason", "失分没有理由"),
        Text(
            "reviewer `{reviewer}` took {lost} points from `{criterion}` and gave no reason",
            "评审“{reviewer}”对 `{criterion}` 扣了 {lost} 分，没有写理由",
        ),
        Text("write the reason beside the score", "请在打分旁写明理由"),
    ),
    error(
        "F304",
        Text("reviewer scored twice", "评审重复打分"),
        Text("reviewer `{reviewer}` scored `{criterion}` twice", "评审“{reviewer}”对 `{criterion}` 打了两次分"),
        Text("keep one of the rows", "请只保留一行"),
    ),
    error(
        "F305",
        Text("several reviewers", "多名评审"),
        Text(
            "{count} reviewers scored `{criterion}`, and the file does not say how to combine them",
            "{count} 名评审对 `{criterion}` 打了分，而规则没有写明如何合并",
        ),
        Text("write `judged, average of reviewers`", "请写 `由评审打分，取平均`"),
    ),
    error(
        "F306",
        Text("review of no criterion", "评审打分对不上评分项"),
        Text("no judged criterion is called `{criterion}`", "没有名为“{criterion}”、由评审打分的评分项"),
        Text("write the criterion's name as in the rule file", "请按规则文件中的名称填写评分项"),
    ),
    warning(
        "F202",
        Text("units that do not go together", "单位对不上"),
        Text(
            "`{shown}` cannot be computed: one side is {left}, the other {right}",
            "无法计算 `{shown}`：一边是 {left}，另一边是 {right}",
        ),
        Text(
            "write the same unit in both cells; a percentage with its sign",
            "请在两个单元格里写同样的单位；百分比要带百分号",
        ),
    ),
    warning(
        "F203",
        Text("division by zero", "除数为零"),
        Text("`{shown}` cannot be computed: the divisor is 0", "无法计算 `{shown}`：除数为 0"),
        Text(
            "say in the rule what holds then: `, or 0 if undefined`",
            "请在规则里写明这种情况：`，无法计算时按 0 计`",
        ),
    ),
    warning(
        "F204",
        Text("nothing to compute with", "无法计算"),
        Text("`{shown}` cannot be computed from these values", "这些值无法计算 `{shown}`"),
        Text(
            "correct the cell; where it is right, say in the rule what holds: `, or 0 if undefined`",
            "请先核对单元格；若填写无误，再在规则里写明这种情况：`，无法计算时按 0 计`",
        ),
    ),
    warning(
        "F205",
        Text("number too long", "数值过长"),
        Text("`{text}` makes a number too long to compute with", "`{text}` 算出的数过长，无法继续计算"),
        Text("round the amount: `round(…, 4)`", "请先取整：`四舍五入(…, 4)`"),
    ),
    error(
        "F207",
        Text("too many rows", "行数过多"),
        Text("nested loops read more than {limit} rows for one record", "嵌套的循环为一个对象读取了超过 {limit} 行"),
        Text(
            "nest fewer loops, or use `sum` or `count` once in a `let`", "请减少嵌套，或先用 `设` 求一次 `合计`、`个数`"
        ),
    ),
)
