"""Rows of tables, grades and levels: what they cover."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error, warning

ENTRIES: tuple[Entry, ...] = (
    error(
        "W105",
        Text("values without a row", "有的值没有对应的行"),
        Text("no row covers {values}", "没有一行包含 {values}"),
        Text("add a row for them, or `otherwise` as the last row", "请补上一行，或在最后加一行 `其余`"),
    ),
    error(
        "W106",
        Text("rows overlap", "各行重叠"),
        Text("`{label}` and `{other}` both cover {values}", "“{label}”与“{other}”都包含 {values}"),
        Text("change a bound so that each value has one row", "请修改界限，使每个值只属于一行"),
    ),
    error(
        "W107",
        Text("rows in two directions", "各行方向不一致"),
        Text(
            "some rows hold what is above a bound, others what is below one",
            "有的行写“以上”，有的行写“以下”，方向不一致",
        ),
        Text("write all rows in one direction, or both ends of each row", "请统一按一个方向书写，或每行写明上下限"),
    ),
    error(
        "W108",
        Text("tests and keys do not match", "各行条件与表头不符"),
        Text("the table has {keys} keys, and this row tests {tests}", "表头有 {keys} 项，而这一行写了 {tests} 个条件"),
        Text("write one test for each key, in their order", "请按表头的顺序，每项写一个条件"),
    ),
    error(
        "W109",
        Text("is the number included?", "是否含本数不明"),
        Text("`{word}`: does it include {number}?", "“{word}”：是否包含 {number}？"),
        Text(
            "or state it once at the head of the scheme: “以上”“以下”“以内”包括本数",
            "也可以在方案开头统一写明：“以上”“以下”“以内”包括本数",
        ),
    ),
    error(
        "W110",
        Text("point outside an interpolated table", "不是插值表"),
        Text(
            "`at` names a point of a line, and this table is not interpolated",
            "这一行写的是插值的一个点，而这个表没有写 `线性插值`",
        ),
        Text(
            "write `interpolated` behind the key, or `is`, `from`, `below` in the row",
            "请在表头写上 `，线性插值`，或在这一行写 `等于`、`以上`、`低于`",
        ),
    ),
    error(
        "W116",
        Text("which end is included?", "哪一端含本数不明"),
        Text("“{low}—{high}”: which end is included?", "“{low}—{high}”：哪一端包含本数？"),
        Text(
            "write （含） after each number that belongs to the row",
            "哪个数属于这一行，就在哪个数后写上（含）",
        ),
    ),
    error(
        "W117",
        Text("written twice", "重复"),
        Text("`{label}` stands twice", "“{label}”写了两次"),
        Text("join the two rows", "请合并这两行"),
    ),
    error(
        "W118",
        Text("bound that is not fixed", "界限不固定"),
        Text("`{text}` must be a number written out", "`{text}` 必须是写明的数字"),
        Text("write the number itself", "请直接写出数字"),
    ),
    error(
        "W119",
        Text("row that holds nothing", "空的区间"),
        Text(
            "nothing can be in the row `{label}`: its lower end is above its upper end",
            "“{label}”这一行不含任何值：下限高于上限",
        ),
        Text("write the smaller number first", "请把较小的数写在前面"),
    ),
    error(
        "W124",
        Text("row that never matches", "永远用不到的行"),
        Text(
            "nothing is left for `{label}`: the rows above it take all",
            "没有值能用到“{label}”这一行：上面的行已全部包含",
        ),
        Text("move the row up, or change its bound", "请上移这一行，或修改界限"),
    ),
    error(
        "W131",
        Text("no grade below", "下面没有等级"),
        Text("`{label}` is the last grade: there is none below it", "“{label}”是最低一级，下面没有等级了"),
        Text("name a better grade", "请写更高的等级"),
    ),
    error(
        "W133",
        Text("no such grade", "没有这个等级"),
        Text("`{label}` is not one of the grades: {grades}", "“{label}”不在等级之内：{grades}"),
        Text("use a grade of the list, or add it there", "请使用等级表里的等级，或在表里补上"),
    ),
    warning(
        "W134",
        Text("limit that holds nothing back", "不起作用的等级限制"),
        Text("`{label}` is the best grade: nothing is above it", "“{label}”已是最高一级，限制不起作用"),
        Text("name a lower grade, or remove the rule", "请写更低的等级，或删去这条规则"),
    ),
    error(
        "W135",
        Text("points out of order", "插值的点顺序不对"),
        Text(
            "the points of an interpolated table rise or fall all the way, each once",
            "插值表的各点应一路由小到大或由大到小，且不重复",
        ),
        Text("put the points in order", "请按顺序排列各点"),
    ),
    error(
        "W136",
        Text("rows that may leave something out", "各行可能不完整"),
        Text(
            "a bound is known only with the data, so whether all values have a row is not",
            "有的界限要有数据才知道，因此无法确定各行是否完整",
        ),
        Text("add `otherwise` as the last row", "请在最后加一行 `其余`"),
    ),
    error(
        "W137",
        Text("no line to interpolate", "不能插值"),
        Text(
            "interpolation needs one key that is a number, and at least two points",
            "线性插值要有一个数值型的项，并至少有两个点",
        ),
        Text(
            "write points, as in `at 60% : 0`, or take `interpolated` out",
            "请写出各点，例如 `60% ：0 分`，或删去 `线性插值`",
        ),
    ),
    error(
        "W138",
        Text("too many rows across each other", "各行交错过多"),
        Text(
            "so many rows of several keys overlap that what they cover cannot be worked out",
            "多个项的各行交错过多，无法算出它们包含了什么",
        ),
        Text("split the table, one for each value of a key", "请拆成几个表，例如每个取值一个"),
    ),
    error(
        "W157",
        Text("level outside the points", "档次超出分值"),
        Text("the level `{label}` does not lie between 0 and {full}", "“{label}”这一档不在 0 与 {full} 之间"),
        Text("write its range within the points, the two ends apart", "请把范围写在分值以内，两端不同"),
    ),
    error(
        "W163",
        Text("total as a percentage", "总分写成百分比"),
        Text("`{text}` is a rate, and the rows of a grade are points", "`{text}` 是比率，而等级按分数划分"),
        Text("write the points", "请写分数"),
    ),
    error(
        "W191",
        Text("line between which points?", "线性得分的两端不明"),
        Text(
            "`{text}`: no row beside it says what its two ends give",
            "`{text}`：没有相邻的行写明两端各得几分",
        ),
        Text(
            "give the rows below and above it plain points, with the same two numbers as their bounds; one such row in a table",
            "请使其上下两行的界限与这两个数相同并给出固定的分数；一张表里只能有一行线性得分",
        ),
    ),
    warning(
        "W182",
        Text("row outside what can occur", "超出范围的行"),
        Text("`{label}` lies outside what can occur: {range}", "“{label}”超出可能的范围：{range}"),
        Text("remove the row, or change the declared range", "请删去这一行，或修改声明的范围"),
    ),
)
