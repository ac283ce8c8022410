"""Questions: what if, what differs, what a change does."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error

ENTRIES: tuple[Entry, ...] = (
    error(
        "C150",
        Text("unknown input", "没有这个数据项"),
        Text("the record has no input `{found}`", "这个对象没有数据项 `{found}`"),
        Text(
            "write a name of the data, or `list[key].field` for a cell of a row: {names}, …",
            "请写数据项的名称，列表中的一格写成 `列表[键].字段`：{names} 等",
        ),
    ),
    error(
        "C151",
        Text("not a value of the input", "不是该数据项的值"),
        Text("`{found}` is no value of `{input}`: {problem}", "`{found}` 不能作为 `{input}` 的值：{problem}"),
        Text("write it as it would stand in the data file", "请按数据文件中的写法填写"),
    ),
    error(
        "C152",
        Text("not a grade of the scheme", "方案没有这个等级"),
        Text("the scheme has no grade `{found}`", "方案没有等级 `{found}`"),
        Text("its grades are, the best first: {grades}", "等级由高到低为：{grades}"),
    ),
    error(
        "C153",
        Text("scheme without grades", "方案不分等级"),
        Text("the total of `{scheme}` has no grades, so none can be asked for", "`{scheme}` 的总分不分等级，无从查找"),
        Text(
            "leave out --for-grade to see which points can be recovered, or add a `grade` block to the rules",
            "不写 --for-grade 可查看可挽回的分数；或在规则中增加等级",
        ),
    ),
    error(
        "C154",
        Text("not a step", "步长不对"),
        Text("`{found}` is no step", "`{found}` 不能作步长"),
        Text(
            "write a number above 0 in the unit of the input, such as 0.5; for dates a whole number of days",
            "请写大于 0 的数，单位与数据项相同，如 0.5；日期写整天数",
        ),
    ),
    error(
        "C155",
        Text("not a setting", "写法不对"),
        Text("`{found}` sets nothing", "`{found}` 没有设定任何值"),
        Text("write `field=value`, or `list[key].field=value`", "请写成 `数据项=值`，或 `列表[键].字段=值`"),
    ),
    error(
        "C156",
        Text("input without steps", "该数据项不能逐值尝试"),
        Text("the values of `{input}` cannot be gone through one by one", "`{input}` 的取值无法逐个尝试"),
        Text(
            "numbers, percentages, dates, yes/no and choices can; `--set` tries any single text",
            "数值、百分比、日期、是否和选项可以；单个取值可用 `--set` 尝试",
        ),
    ),
    error(
        "C157",
        Text("too many values", "取值过多"),
        Text("that is {count} values to score, more than {limit}", "要评分 {count} 个取值，超过 {limit} 个"),
        Text(
            "choose a larger --step, or a shorter way from --from to --to",
            "请加大 --step，或缩小 --from 与 --to 之间的范围",
        ),
    ),
    error(
        "C158",
        Text("options that do not go together", "选项不能一起使用"),
        Text("`{option}` {problem}", "`{option}` {problem}"),
        Text(
            "ask one question at a time: --set, --for-grade or --sweep; --from, --to and --plot belong to --sweep, "
            "--input to --for-grade",
            "一次只问一个问题：--set、--for-grade 或 --sweep；--from、--to、--plot 只用于 --sweep，--input 只用于 --for-grade",
        ),
    ),
    error(
        "C159",
        Text("ends in the wrong order", "范围首尾颠倒"),
        Text("there is no value from `{first}` to `{last}`", "从 `{first}` 到 `{last}` 之间没有可取的值"),
        Text("put the smaller end first, a step apart or more", "请把较小的一端写在前面，两端至少相差一个步长"),
    ),
    error(
        "C160",
        Text("traces of different schemes", "不是同一方案的评分过程"),
        Text(
            "`{a}` is a score by `{old}` and `{b}` one by `{new}`: they share no part and no statement",
            "`{a}` 按 `{old}` 评分，`{b}` 按 `{new}` 评分，两者没有相同的部分或语句",
        ),
        Text(
            "compare two traces of one scheme, or of two versions of it",
            "请比较同一方案的两次评分，或同一方案两个版本的评分",
        ),
    ),
    error(
        "C161",
        Text("too much to score", "评分次数过多"),
        Text(
            "{records} records and {steps} changes are more than {limit} scores",
            "{records} 个对象、{steps} 项修改，评分次数超过 {limit} 次",
        ),
        Text(
            "take one record (--record), fewer records, or fewer changes at a time",
            "请用 --record 只看一个对象，或减少对象，或把修改分成几次",
        ),
    ),
    error(
        "C162",
        Text("not a count", "不是个数"),
        Text("`{found}` is no count for `{option}`", "`{option}` 的个数不能写 `{found}`"),
        Text("write a whole number from 1, as 3", "请写从 1 起的整数，如 3"),
    ),
)
