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
    warning(
        "F220",
        Text("step that is not positive", "步长不是正数"),
        Text("`{shown}` cannot be counted in steps: the step is not above 0", "无法按步长计算 `{shown}`：步长不大于 0"),
        Text(
            "correct the data; where the step may be 0, say what holds then: `, or 0 if undefined`",
            "请更正数据；步长可能为 0 的，请在规则里写明：`，无法计算时按 0 计`",
        ),
    ),
    warning(
        "F221",
        Text("outside what the function is defined for", "超出函数的定义范围"),
        Text(
            "`{shown}` has no value: a root needs a number from 0, a logarithm one above 0",
            "`{shown}` 没有值：平方根要求不小于 0，对数要求大于 0",
        ),
        Text(
            "correct the data, or say what holds then: `, or 0 if undefined`",
            "请更正数据，或在规则里写明：`，无法计算时按 0 计`",
        ),
    ),
    warning(
        "F222",
        Text("rounding that cannot be decided", "无法判定舍入"),
        Text(
            "`{shown}`: even {digits} digits do not say to which side it is rounded",
            "`{shown}`：算到 {digits} 位仍不能判定舍入到哪一边",
        ),
        Text(
            "the value is a tie, or as good as one: write it without a root, `ln` or `exp`, or round to other places",
            "该值恰好（或几乎）在舍入的分界上：请改写算式，不用开方、对数、指数，或改变小数位数",
        ),
    ),
    warning(
        "F223",
        Text("nothing to take it of", "没有可汇总的值"),
        Text("`{shown}` has no value: no row counts", "`{shown}` 没有值：没有一行计入"),
        Text(
            "say in the rule what holds then: `, or 0 if undefined`",
            "请在规则里写明这种情况：`，无法计算时按 0 计`",
        ),
    ),
    warning(
        "F224",
        Text("left open in the batch", "批次内取值不明"),
        Text(
            "what this record adds to `{value}` is not known, so every result of the batch that uses it is provisional",
            "无法确定本对象对 `{value}` 的影响，同批次用到它的结果都是暂定的",
        ),
        Text("supply or correct its data, or leave it out: `where …`", "请补充或更正数据，或用 `其中 …` 把它排除在外"),
    ),
    warning(
        "F225",
        Text("value of the batch is open", "批次的值不能确定"),
        Text(
            "`{value}` is not certain: {count} records of the batch leave it open, `{first}` first",
            "`{value}` 不能确定：批次内有 {count} 个对象取值不明，首个为 `{first}`",
        ),
        Text("supply or correct the data of those records", "请补充或更正这些对象的数据"),
    ),
    warning(
        "F226",
        Text("no row for this key", "对照表中没有"),
        Text("`{key}` is no row of the table `{table}`", "对照表 `{table}` 中没有 `{key}`"),
        Text(
            "correct the cell, add a row to the table, or an `otherwise` for all others",
            "请更正单元格，或在对照表中补上一行，或写一行 `其余`",
        ),
    ),
    error(
        "F307",
        Text("score that may not be given", "打分不在允许取值之内"),
        Text(
            "the score {score} for `{criterion}` may not be given: only {choices}",
            "`{criterion}` 的打分 {score} 不在允许取值之内：只能是 {choices}",
        ),
        Text("correct the score", "请更正打分"),
    ),
    error(
        "F308",
        Text("level that does not exist", "没有这个档次"),
        Text(
            "`{level}` is no level of `{criterion}`: write {levels}", "`{criterion}` 没有档次“{level}”：请填写 {levels}"
        ),
        Text("correct the level", "请更正档次"),
    ),
    error(
        "F309",
        Text("level without a score", "有档次而没有打分"),
        Text(
            "the level `{level}` of `{criterion}` holds more than one score, and none is given",
            "`{criterion}` 的档次“{level}”对应一段分数，没有写明打多少分",
        ),
        Text("write the score beside the level", "请在档次旁写明打分"),
    ),
    error(
        "F310",
        Text("score outside its level", "打分超出档次范围"),
        Text(
            "the score {score} for `{criterion}` is not in the range of {level}",
            "`{criterion}` 的打分 {score} 不在 {level} 的分数范围内",
        ),
        Text("correct the score or the level", "请更正打分或档次"),
    ),
    error(
        "F401",
        Text("share that is no number of points", "分值无效"),
        Text("`{name}` gives the share of a part, but it is {text}", "`{name}` 是一个部分的分值，而这里是 {text}"),
        Text("write a number from 0 up", "请填写不小于 0 的数值"),
    ),
    error(
        "F402",
        Text("shares that miss the stated sum", "分值之和与规定不符"),
        Text(
            "the shares of the parts of `{part}` add up to {total}, the rules say {stated}",
            "`{part}` 各部分的分值之和为 {total}，而规则写明为 {stated}",
        ),
        Text("correct the shares in the data", "请更正数据中的分值"),
    ),
    warning(
        "F403",
        Text("exemption without reason or approver", "除外没有理由或批准人"),
        Text(
            "`{name}` says yes without a reason or an approver: the exemption does not count",
            "`{name}` 填了“是”，但没有写明理由或批准人，除外不予采用",
        ),
        Text(
            "fill in `{name} reason` and `{name} approver`",
            "请填写 `{name} 理由` 和 `{name} 批准人`",
        ),
    ),
    error(
        "F404",
        Text("override that does not count", "改判不予采用"),
        Text("the score {text} set for `{name}` does not count: {why}", "`{name}` 改判为 {text} 不予采用：{why}"),
        Text("correct or remove the override", "请更正或删去该改判"),
    ),
    error(
        "F405",
        Text("override of no part", "改判对不上评分项"),
        Text("no part is called `{name}`", "没有名为“{name}”的评分项或部分"),
        Text("write the part's name as in the rule file", "请按规则文件中的名称填写"),
    ),
)
