"""Points, weights and grades: what must add up."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error, warning

ENTRIES: tuple[Entry, ...] = (
    error(
        "W101",
        Text("weights do not add up", "权重合计不是 100%"),
        Text(
            "the weights of {count} parts add up to {sum}: {difference} {direction}",
            "{count} 个部分的权重合计 {sum}，{direction} {difference}",
        ),
        Text("change the weights so that they add up to 100%", "请调整权重，使合计为 100%"),
    ),
    error(
        "W102",
        Text("points do not add up", "分值合计不符"),
        Text(
            "{kind} `{part}` has {stated} points, its parts have {sum}: {difference} {direction}",
            "{kind} `{part}` 为 {stated} 分，其下合计 {sum} 分，{direction} {difference} 分",
        ),
        Text("change one of them; both must agree", "请修改其中之一，使两者一致"),
    ),
    error(
        "W103",
        Text("points beside weights", "分值与权重混用"),
        Text(
            "parts of one level have either points or weights, not both",
            "同一级的部分要么都用分值，要么都用权重",
        ),
        Text("write all of them in the same way", "请统一写法"),
    ),
    error(
        "W104",
        Text("share missing", "缺少分值"),
        Text("{kind} `{part}` has neither points nor a weight", "{kind} `{part}` 没有写分值或权重"),
        Text(
            "write them after a comma: `, 5 points` or `, weight 40%`",
            "请在逗号后写明：`，5 分` 或 `，权重 40%`",
        ),
    ),
    error(
        "W105",
        Text("grade missing for some totals", "有的总分没有等级"),
        Text("some totals get no grade: {values}", "有的总分没有等级：{values}"),
        Text("add a row for them, or `otherwise` as the last row", "请补上一行，或在最后加一行 `其余`"),
    ),
    error(
        "W106",
        Text("grades overlap", "等级重叠"),
        Text("`{label}` and `{other}` both cover {values}", "“{label}”与“{other}”都包含 {values}"),
        Text("change a bound so that each total has one grade", "请修改界限，使每个总分只属于一个等级"),
    ),
    error(
        "W107",
        Text("rows in two directions", "等级方向不一致"),
        Text(
            "some rows hold what is above a bound, others what is below one",
            "有的行写“以上”，有的行写“以下”，方向不一致",
        ),
        Text("write all rows in one direction, or both ends of each row", "请统一按一个方向书写，或每行写明上下限"),
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
        "W111",
        Text("judged and computed", "既评审又计算"),
        Text(
            "reviewers score this part, so it cannot add up scores too",
            "这一部分由评审打分，不能同时累加得分",
        ),
        Text("keep one of them, or make two criteria", "请只保留一种，或拆成两个评分项"),
    ),
    error(
        "W112",
        Text("judged twice", "重复评审"),
        Text("the part is judged twice", "这一部分写了两次评审打分"),
        Text("keep one of them", "请只保留一个"),
    ),
    error(
        "W113",
        Text("share that is not fixed", "分值不固定"),
        Text("`{text}` must be a number written out", "`{text}` 必须是写明的数字"),
        Text("write the number itself", "请直接写出数字"),
    ),
    error(
        "W114",
        Text("share not positive", "分值不是正数"),
        Text("points and weights must be more than 0, and this is `{text}`", "分值或权重必须大于 0，这里是 `{text}`"),
        Text("write a positive number", "请写正数"),
    ),
    error(
        "W115",
        Text("points finer than the rounding", "分值比取整更细"),
        Text(
            "{points} points cannot be written with {places} decimal places",
            "{points} 分无法用 {places} 位小数写出",
        ),
        Text("round to more places, or change the points", "请增加保留的小数位数，或修改分值"),
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
        Text("grade written twice", "等级重复"),
        Text("the grade `{label}` stands twice", "等级“{label}”写了两次"),
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
        Text("row that holds nothing", "空的等级区间"),
        Text(
            "no total can be in the row `{label}`: its lower end is above its upper end",
            "“{label}”这一行不含任何总分：下限高于上限",
        ),
        Text("write the smaller number first", "请把较小的数写在前面"),
    ),
    error(
        "W120",
        Text("award without a base", "加分没有起点"),
        Text("the part starts from full points, so an award can add nothing", "这一部分从满分起，加分不起作用"),
        Text(
            "use `score` to add up from 0, or `deduct` for what is missing",
            "请用 `得` 从 0 累加，或用 `扣` 扣除缺少的部分",
        ),
    ),
    error(
        "W121",
        Text("judged inside a loop", "循环里评审打分"),
        Text("reviewers score a part as a whole, not each row", "评审对整个部分打分，不对每一行打分"),
        Text("move `judged` out of the loop", "请把评审打分移到循环之外"),
    ),
    error(
        "W122",
        Text("points as a percentage", "分值写成百分比"),
        Text(
            "`{text}` points: points are numbers, weights are percentages",
            "`{text}` 分：分值是数字，权重才是百分比",
        ),
        Text("write the points as a number, or `weight {text}`", "请写成数字，或写 `权重 {text}`"),
    ),
    error(
        "W123",
        Text("weight above 100%", "权重超过 100%"),
        Text("a weight of `{text}` is more than the whole", "权重 `{text}` 超过了 100%"),
        Text("write it as a percentage, such as `weight {text}%`", "请写成百分比，例如 `权重 {text}%`"),
    ),
    error(
        "W124",
        Text("row that never matches", "永远用不到的等级"),
        Text(
            "no total can get `{label}`: the rows above it take all",
            "没有总分能得到“{label}”：上面的行已全部包含",
        ),
        Text("move the row up, or change its bound", "请上移这一行，或修改界限"),
    ),
    error(
        "W125",
        Text("parts that do not count", "下级不起作用"),
        Text(
            "this score replaces the sum of the parts inside, so they would count for nothing",
            "这里的得分会取代下级各部分之和，使它们不起作用",
        ),
        Text("put it into a part of its own beside them", "请把它写成并列的另一个部分"),
    ),
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
    error(
        "W127",
        Text("too many places", "小数位数过多"),
        Text("{places} decimal places are more than {limit}", "{places} 位小数超过上限 {limit}"),
        Text("round to fewer places", "请减少保留的位数"),
    ),
)
