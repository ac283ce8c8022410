"""Files of figures, for the reverse audit of a finished report."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error

ENTRIES: tuple[Entry, ...] = (
    error(
        "C140",
        Text("unknown name in a file of figures", "数字文件中的名称不明"),
        Text("there is no `{name}` to refer to", "没有名为 `{name}` 的内容"),
        Text(
            "rows carry the names of the scheme's parts; everything else, names that stand in the file",
            "得分表的行要用方案中的名称，其余要用文件中已有的名称",
        ),
    ),
    error(
        "C141",
        Text("unknown key in a file of figures", "数字文件中的键不明"),
        Text("`{name}` is no key of {inside}", "“{inside}”里没有 `{name}` 这个键"),
        Text("`docs/audit-report.md` lists the keys", "`docs/audit-report.md` 列有全部的键"),
    ),
    error(
        "C142",
        Text("key missing in a file of figures", "数字文件中缺少键"),
        Text("{inside}: `{key}` is missing", "“{inside}”里缺少 `{key}`"),
        Text("add it as the report prints it", "请按报告所印补上"),
    ),
    error(
        "C143",
        Text("no number in a file of figures", "数字文件中不是数字"),
        Text("`{key}` is `{found}`, which is not a number", "`{key}` 写作 `{found}`，不是数字"),
        Text("type it as it is printed: 9.67, 1,225.70, 97.61%", "请照印好的数字录入，如 9.67、1,225.70、97.61%"),
    ),
    error(
        "C144",
        Text("wrong shape in a file of figures", "数字文件的结构不对"),
        Text("`{name}` must be {expected}", "`{name}` 应当是{expected}"),
        Text("`docs/audit-report.md` shows the shape", "`docs/audit-report.md` 有样例"),
    ),
    error(
        "C145",
        Text("unknown word in a file of figures", "数字文件中的用词不明"),
        Text("`{key}` cannot be `{found}`", "`{key}` 不能写 `{found}`"),
        Text("write {choices}", "请写 {choices}"),
    ),
    error(
        "C146",
        Text("file of figures too big", "数字文件过大"),
        Text("`{name}` is longer than {limit}", "`{name}` 超过 {limit} 的上限"),
        Text("a report that is larger is audited in several files", "更大的报告请分几个文件核对"),
    ),
    error(
        "C147",
        Text("formula that cannot be read", "算式无法读取"),
        Text("`{formula}` cannot be read from `{rest}` on", "算式 `{formula}` 从 `{rest}` 起无法读取"),
        Text(
            "a formula has the names of figures, numbers, + - × ÷ and brackets; an equation one `=`",
            "算式由数值的名称、数字、+ - × ÷ 和括号组成，等式另有一个“=”",
        ),
    ),
    error(
        "C148",
        Text("negative number in a file of figures", "数字文件中的负数"),
        Text("`{key}` is `{found}`, and cannot be negative", "`{key}` 写作 `{found}`，不能为负"),
        Text("points, scores, weights and counts are typed without a sign", "分值、得分、权重和个数不带负号"),
    ),
    error(
        "C149",
        Text("twice in a file of figures", "数字文件中重复"),
        Text("`{name}` comes twice", "`{name}` 出现两次"),
        Text(
            "a figure that is printed in several places stands once, with all its places",
            "多处印出的同一数字只写一次，列出各处位置",
        ),
    ),
)
