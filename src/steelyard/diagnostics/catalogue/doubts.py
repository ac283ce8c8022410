"""What a rule file may say and hardly means; and what its author allows all the same."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error, warning

ENTRIES: tuple[Entry, ...] = (
    warning(
        "W126",
        Text("nothing can be lost", "不会失分"),
        Text(
            "{kind} `{part}` has no rule, so it always gives full points",
            "{kind} `{part}` 没有规则，总是得满分",
        ),
        Text(
            "write its rules under it, or `judged` if reviewers score it",
            "请在其下写出规则；若由评审打分，请写 `由评审打分`",
        ),
    ),
    warning(
        "W128",
        Text("nothing to allow", "没有可允许的"),
        Text("there is no {name} here to be allowed", "这里没有 {name}，无需允许"),
        Text("remove the line", "请删去这一行"),
    ),
    warning(
        "W170",
        Text("equality of a computed number", "计算结果判断相等"),
        Text(
            "`{value}` is a quotient: it is hardly ever exactly {text}",
            "`{value}` 是相除的结果，极少恰好等于 {text}",
        ),
        Text(
            "compare with `<` or `>=`, or round it first: `round({value}, 2)`",
            "请用 `低于`、`不低于` 等比较，或先取整：`四舍五入({value}, 2)`",
        ),
    ),
    warning(
        "W171",
        Text("deducted twice for one thing", "同一事项重复扣分"),
        Text(
            "where `{condition}` holds, both deductions take points, for one and the same thing",
            "`{condition}` 时，两条规则就同一事项都扣分",
        ),
        Text(
            "use a table or `highest of`; if both are meant, say so: `allow W171 because …`",
            "请改用分档的表或 `取最高`；确要都扣的，请写 `允许 W171 理由 …`",
        ),
    ),
    warning(
        "W172",
        Text("rule without a reason", "规则没有理由"),
        Text(
            "almost all rules of this file say why they take points, this one does not",
            "本文件的扣分规则几乎都写了理由，这一条没有",
        ),
        Text('add `because "…"`', "请补上 `理由 “…”`"),
    ),
    warning(
        "W173",
        Text("deduction without an end", "没有止境的扣分"),
        Text(
            "scores may go below 0 in this scheme, and nothing bounds what is counted here",
            "本方案可为负分，而这里按数量扣分，没有限度",
        ),
        Text(
            "add `, up to …`; if it is meant, write `may go below 0` in the part",
            "请补上 `，最多扣 … 分`；确要如此的，请在本项写 `可为负分`",
        ),
    ),
    warning(
        "W174",
        Text("both scores count", "两个得分同时计入"),
        Text(
            "where `{condition}` holds, the score above can hold too, and scores add up",
            "`{condition}` 时，上面的得分也可能成立，而得分是相加的",
        ),
        Text(
            "use a table (`score by …`) or `highest of`",
            "请改用表（`按 … 得分`）或 `取最高`",
        ),
    ),
    warning(
        "W175",
        Text("rule that cannot matter", "不起作用的规则"),
        Text(
            "where this holds, `{condition}` holds too, and everything is zero",
            "符合这一条时，`{condition}` 也成立，结果总是 0 分",
        ),
        Text("remove one of the two, or change a condition", "请删去其中一条，或修改条件"),
    ),
    warning(
        "W176",
        Text("input that nothing reads", "没有用到的数据项"),
        Text("no rule reads `{name}`", "没有规则用到 `{name}`"),
        Text("remove it, or look for the rule that forgot it", "请删去，或检查是否漏写了规则"),
    ),
    warning(
        "W177",
        Text("let that nothing reads", "没有用到的设定值"),
        Text("no rule reads `{name}`", "没有规则用到 `{name}`"),
        Text("remove it, or look for the rule that forgot it", "请删去，或检查是否漏写了规则"),
    ),
    warning(
        "W178",
        Text("nothing else counts", "其余规则不起作用"),
        Text(
            "this holds always, so all other rules of the part count for nothing",
            "这一条没有条件，总是成立，本部分的其他规则都不起作用",
        ),
        Text("add a condition: `if …`", "请写上条件：`…的，`"),
    ),
    warning(
        "W179",
        Text("condition that the ranges decide", "条件的结果已定"),
        Text("`{text}` {answer}, whatever the data within the declared ranges", "在声明的范围内，`{text}` {answer}"),
        Text(
            "look at the bound, the sign, and the declared range",
            "请检查界限、符号和声明的范围",
        ),
    ),
    warning(
        "W180",
        Text("more than the part can have", "得分超过可得分"),
        Text("{text} is more than the {full} that the part can have", "{text} 分超过这一部分可得的 {full} 分"),
        Text("change the amount, or the points of the part", "请修改分数，或修改这一部分的分值"),
    ),
    warning(
        "W181",
        Text("limit that holds nothing back", "不起作用的限制"),
        Text("the part cannot have more than {top} anyway", "这一部分本来就不超过 {top} 分，限制到 {limit} 分不起作用"),
        Text("write a smaller number", "请改小"),
    ),
    warning(
        "W183",
        Text("number compared with a percentage", "数字与百分比比较"),
        Text(
            "`{name}` may be up to {high}, and `{text}` is a rate: is {number} meant?",
            "`{name}` 可到 {high}，而 `{text}` 是比率：是否指 {number}？",
        ),
        Text(
            "write {number}, or declare `{name}` as `number in %`",
            "请写 {number}，或把 `{name}` 声明为 `数值，单位 %`",
        ),
    ),
    error(
        "W184",
        Text("allowed without a reason", "允许而无理由"),
        Text("an `allow` says why the warning is no mistake", "`允许` 要写明为什么这条警告不是错误"),
        Text('add `because "…"`', "请补上 `理由 “…”`"),
    ),
    error(
        "W185",
        Text("no such code", "没有这个编号"),
        Text("`{name}` is not the code of a diagnostic", "`{name}` 不是诊断编号"),
        Text("write the code as the warning shows it", "请照警告里的编号写"),
    ),
    error(
        "W186",
        Text("an error cannot be allowed", "错误不能允许"),
        Text("{name} is an error, and only warnings can be allowed", "{name} 是错误，只有警告可以允许"),
        Text("mend the error", "请改正错误"),
    ),
    warning(
        "W187",
        Text("name that reads like a sentence", "像句子的名称"),
        Text("read as one column of the data: `{name}`", "整个读作数据的一列：`{name}`"),
        Text(
            "if that is its name, declare it under `input` or write 「{name}」; else part the words with blanks",
            "若它就是列名，请在“数据”中声明，或写成 「{name}」；否则请用空格把各词分开",
        ),
    ),
    error(
        "W188",
        Text("example that expects nothing", "算例没有写应得结果"),
        Text("the example “{title}” expects nothing, so it cannot fail", "算例“{title}”没有写应得的结果，永远不会不符"),
        Text("add what must come out: `expect total = 98`", "请写上应得的结果，例如 `总分 应得 98 分`"),
    ),
    warning(
        "W189",
        Text("deduction from nothing", "无分可扣"),
        Text(
            "where `{condition}` holds, no score here gives points: there is nothing to deduct from, and the score is 0",
            "`{condition}` 时这里没有规则给分：无分可扣，得 0 分",
        ),
        Text(
            "say from how many points is deducted; if 0 is meant, take the deduction out",
            "请写明从多少分起扣；若确应得 0 分，请删去这条扣分",
        ),
    ),
    warning(
        "W190",
        Text("counted twice", "重复计入"),
        Text(
            "{kind} `{part}` is added to or taken from what this line computes anyway: here it counts a second time",
            "{kind} `{part}` 本来就会加到（或从中扣减）这一行算出的分数上，写在这里会重复计入",
        ),
        Text(
            "leave it out of the formula; a part that only the formula counts is a criterion",
            "请从算式中去掉它；只由算式计入的，请写成评分项",
        ),
    ),
)
