"""Types and units: values that do not go together."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error

ENTRIES: tuple[Entry, ...] = (
    error(
        "T101",
        Text("wrong kind of value", "值的种类不对"),
        Text("{expected} is needed here, and this is {found}", "这里需要{expected}，而这是{found}"),
        Text("use a value of that kind", "请改用这种值"),
    ),
    error(
        "T102",
        Text("values that cannot be compared", "无法比较"),
        Text("{left} cannot be compared with {right}", "{left}不能与{right}比较"),
        Text(
            "compare values of one kind; a text stands in quotes, a number does not",
            "请比较同一种值；文本加引号，数值不加",
        ),
    ),
    error(
        "T103",
        Text("units that differ", "单位不同"),
        Text(
            "values of different units cannot be added or compared: {left}, {right}",
            "单位不同，不能相加或比较：{left}、{right}",
        ),
        Text(
            "bring both to one unit: change the declaration, or multiply by the factor between them",
            "请统一单位：修改 `数据` 中的声明，或乘以两者之间的换算系数",
        ),
    ),
    error(
        "T104",
        Text("not a condition", "不是条件"),
        Text("a condition is needed here, and `{text}` is {found}", "这里需要条件，而 `{text}` 是{found}"),
        Text("compare it with something, as in `{text} > 0`", "请加上比较，例如 `{text} > 0`"),
    ),
    error(
        "T105",
        Text("amount with a unit", "分数带有单位"),
        Text("an amount of points has no unit, and this is in {unit}", "分数没有单位，而这里的单位是 {unit}"),
        Text(
            "divide by a value of the same unit first, as in `overrun / budget * 10`",
            "请先除以同一单位的值，例如 `超支额 / 预算数 * 10`",
        ),
    ),
    error(
        "T106",
        Text("negative amount", "分数为负"),
        Text("`{text}` is negative; amounts of points are never negative", "`{text}` 是负数；分数不写成负数"),
        Text(
            "write the amount without the sign: `deduct` and `award` give the direction",
            "请去掉负号：`扣` 和 `加` 已说明方向",
        ),
    ),
    error(
        "T107",
        Text("exponent not allowed", "指数不合规定"),
        Text(
            "the exponent must be a whole number from -{limit} to {limit}, written out",
            "指数必须是直接写出的整数，在 -{limit} 与 {limit} 之间",
        ),
        Text(
            "write a whole number, as in `rate ^ 2`; inside `round(…, 2)` any exponent may stand",
            "请写整数，例如 `增长率 ^ 2`；写在 `四舍五入(…, 2)` 之内的可以是任何指数",
        ),
    ),
    error(
        "T108",
        Text("percentage compared with a number", "百分比与数字比较"),
        Text(
            "`{name}` is a percentage: does `{text}` mean {text}%, or {text} itself?",
            "`{name}` 是百分比：`{text}` 是指 {text}%，还是 {text} 本身？",
        ),
        Text("if {text} itself is meant, write `{text} * 100%`", "若确指 {text} 本身，请写成 `{text} * 100%`"),
    ),
    error(
        "T109",
        Text("amount as a percentage", "分数写成百分比"),
        Text("`{text}` is a rate, not an amount of points", "`{text}` 是比率，不是分数"),
        Text("say of what: of the full points, or of another value", "请写明是满分的还是哪个值的百分之几"),
    ),
    error(
        "T110",
        Text("number of places not fixed", "小数位数不明"),
        Text(
            "the number of decimal places must be a whole number from 0 to 18, written out",
            "小数位数必须是写明的 0 到 18 的整数",
        ),
        Text("write the number itself", "请直接写出数字"),
    ),
    error(
        "T111",
        Text("two types", "两个类型"),
        Text("`{name}` has two types", "`{name}` 有两个类型"),
        Text("keep one of them", "请只保留一个"),
    ),
    error(
        "T112",
        Text("no type", "没有类型"),
        Text("`{name}` has no type", "`{name}` 没有类型"),
        Text(
            "write one after the colon: number, whole number, text, yes/no, one of, target, actual, list of",
            "请在冒号后写明：数值、整数、文本、是否、取值、目标值、完成值、列表",
        ),
    ),
    error(
        "T113",
        Text("does not fit the type", "与类型不符"),
        Text("`{word}` does not fit this type", "`{word}` 与这个类型不符"),
        Text(
            "units and ranges belong to numbers, values in quotes to `one of`",
            "单位和范围用于数值，引号里的值用于 `取值`",
        ),
    ),
    error(
        "T114",
        Text("range the wrong way round", "范围颠倒"),
        Text("the range of `{name}` ends before it begins", "`{name}` 的范围上限小于下限"),
        Text("write the smaller number first", "请把较小的数写在前面"),
    ),
    error(
        "T115",
        Text("fields under a single value", "单个值下有字段"),
        Text("`{name}` is not a list, so it has no fields", "`{name}` 不是列表，不能有字段"),
        Text("write `list of` as its type, or remove the indentation", "请把类型写成 `列表`，或去掉缩进"),
    ),
    error(
        "T116",
        Text("no values to choose from", "没有列出取值"),
        Text("`{name}` lists no values", "`{name}` 没有列出可取的值"),
        Text("write them in quotes after `one of`", "请在 `取值` 后用引号列出"),
    ),
    error(
        "T117",
        Text("list without fields", "列表没有字段"),
        Text("the list `{name}` has no fields", "列表 `{name}` 没有字段"),
        Text("write its fields on the next lines, indented", "请在下面几行缩进写出字段"),
    ),
    error(
        "T118",
        Text("list inside a list", "列表里的列表"),
        Text("`{name}` is a list inside a list", "`{name}` 是列表里的列表"),
        Text("make it a list of its own", "请改为单独的列表"),
    ),
    error(
        "T119",
        Text("value that cannot occur", "不可能出现的值"),
        Text("“{text}” is not one of the declared values: {choices}", "“{text}”不在声明的取值之内：{choices}"),
        Text("use one of the declared values", "请使用声明过的取值"),
    ),
    error(
        "T120",
        Text("clause written twice", "附加说明重复"),
        Text("`{word}` stands twice on one rule", "一条规则里有两个 `{word}`"),
        Text("keep one of them, or split the rule in two", "请只保留一个，或拆成两条规则"),
    ),
    error(
        "T121",
        Text("clause that does not belong", "附加说明用错地方"),
        Text("`{word}` has no meaning on this rule", "`{word}` 不能用于这条规则"),
        Text("remove it", "请删去"),
    ),
    error(
        "T122",
        Text("form that does not fit", "格式不适用"),
        Text("`{name}` is a text and cannot be shown as `{show}`", "`{name}` 是文本，不能按 `{show}` 显示"),
        Text("leave the form out: only the name in the braces", "请去掉格式，花括号里只写名称"),
    ),
    error(
        "T123",
        Text("target compared as a number", "把目标值当作数字比较"),
        Text(
            "`{text}` compares two numbers, and does not know whether more or less is better",
            "`{text}` 只比较两个数字，不知道目标是越大越好还是越小越好",
        ),
        Text("", ""),
    ),
    error(
        "T124",
        Text("part of a step not said", "不足一步怎么算不明"),
        Text("what does a part of {size} count?", "不足 {size} 的怎么算？"),
        Text(
            "`full`: nothing; `started`: a whole one; `fractional`: its part",
            "`不足 … 不计`：不算；`不足 … 按 … 计`：算一个；`按比例计算`：按比例",
        ),
    ),
    error(
        "T125",
        Text("percent of a percentage", "百分比的百分比"),
        Text(
            "`{bound}` is a percentage: is {text} of it meant, or {text} as percentage points?",
            "`{bound}` 是百分比：`{text}` 是指它的 {text}，还是百分点？",
        ),
        Text("", ""),
    ),
    error(
        "T126",
        Text("not a whole number", "不是整数"),
        Text(
            "things are counted in whole numbers, and `{text}` may be any", "按件计数要用整数，而 `{text}` 可以不是整数"
        ),
        Text(
            "declare it as `whole number`, or multiply: `deduct 2 * {text}`",
            "请声明为 `整数`，或写成相乘：`扣 2 * {text} 分`",
        ),
    ),
    error(
        "T127",
        Text("arithmetic with a date", "用日期计算"),
        Text("a number is needed here, and `{text}` is a date", "这里需要数值，而 `{text}` 是日期"),
        Text(
            "count the days: `days(a, b)`, `x within 30 days of {text}`",
            "请计算天数：`间隔天数(a, b)`，`x 在 {text} 后 30 日内`",
        ),
    ),
    error(
        "T128",
        Text("ties not said", "并列名次不明"),
        Text("how are equal values ranked?", "并列的怎么排名？"),
        Text("ties that share: 1, 1, 3; dense: 1, 1, 2", "并列同名次：1、1、3；连续名次：1、1、2"),
    ),
    error(
        "T129",
        Text("not an exact number", "不是精确的数"),
        Text(
            "`{text}` has no exact value: say to how many places it is rounded",
            "`{text}` 没有精确值，必须写明保留几位小数",
        ),
        Text("", ""),
    ),
    error(
        "T130",
        Text("step not positive", "步长不是正数"),
        Text("a step must be more than 0, and this is `{text}`", "步长必须大于 0，这里是 `{text}`"),
        Text("write a positive number", "请写正数"),
    ),
    error(
        "T131",
        Text("steps from where?", "从哪里起算不明"),
        Text(
            "`{text}`: from which bound are the steps counted?",
            "`{text}`：没有写明从哪个界限起算",
        ),
        Text(
            "write the bound and the size of the step: `执行率 每低于 95% 1 个百分点，扣 0.5 分`, or the bound in a condition in front",
            "请写明界限和每一步的大小，例如 `执行率 每低于 95% 1 个百分点，扣 0.5 分`，或 `执行率 低于 95% 的，每低 1 个百分点扣 0.5 分`",
        ),
    ),
    error(
        "T132",
        Text("percentage points of an amount", "数量按百分点计"),
        Text(
            "`{value}` is in {unit}, and percentage points step a rate", "`{value}` 的单位是 {unit}，而百分点只用于比率"
        ),
        Text("write the step in {unit}, or as a percentage of the bound", "请按 {unit} 写，或写成界限的百分之几"),
    ),
    error(
        "T133",
        Text("rows of two kinds", "各行的值种类不同"),
        Text("the rows above give another kind of value, and this is {found}", "上面各行是另一种值，而这里是{found}"),
        Text("give the same kind of value in all rows", "请各行写同一种值"),
    ),
    error(
        "T134",
        Text("unknown rounding", "舍入方式不明"),
        Text("`{text}` is not a way of rounding", "`{text}` 不是舍入方式"),
        Text(
            "half up, half even, down, up, floor, ceiling",
            "四舍五入、四舍六入五成双、舍去、进一、向下取整、向上取整",
        ),
    ),
    error(
        "T135",
        Text("option that does not belong", "选项用错地方"),
        Text("{option} has no meaning in `{name}`", "{option}不能用于 `{name}`"),
        Text("remove it", "请删去"),
    ),
    error(
        "T136",
        Text("number that does not fit", "个数不合适"),
        Text(
            "`{text}` must be a whole number written out that fits what it counts",
            "`{text}` 必须是写明的整数，且大小合适",
        ),
        Text(
            "at least 1, for grades and reviewers at most 1,000,000; to leave out one highest and one lowest, at least 3",
            "至少为 1，级数和人数最大 1,000,000；去掉一个最高和一个最低的，至少为 3",
        ),
    ),
    error(
        "T137",
        Text("otherwise without its rule", "“其余”没有对应的规则"),
        Text(
            "`{word}` is the other case of nothing: before it stands one rule with one condition and one amount, of the same kind",
            "`{word}` 没有对应的规则：它前面应是同一类（扣、加、得）的一条规则，有一个条件和一个分数",
        ),
        Text(
            "write the other case as a rule with a condition of its own",
            "请把另一种情况写成一条规则，写明自己的条件",
        ),
    ),
    error(
        "T138",
        Text("part of no step", "没有对应的步长"),
        Text(
            "`{text}` says what a part of a step counts, and this rule has no such step",
            "`{text}` 说的是不足一步怎样计算，而这条规则没有这样的步长",
        ),
        Text(
            "remove it; a count takes full ones only, a step (`天数超过 0 的，每超过 3 天扣 1 分`) may take started ones",
            "请删去；按件数只计满数，不足也要计的请写成 `天数超过 0 的，每超过 3 天扣 1 分，不足 3 天按 3 天计`",
        ),
    ),
    error(
        "T139",
        Text("step in the other direction", "步长方向相反"),
        Text(
            "`{condition}` lies on the other side of the bound than `{step}` counts",
            "`{condition}` 与 `{step}` 方向相反",
        ),
        Text(
            "count in the direction of the condition, or the rule takes nothing",
            "请使两者方向一致，否则这条规则不起作用",
        ),
    ),
    error(
        "T140",
        Text("percentage compared with points", "分数与百分比比较"),
        Text(
            "`{name}` is in points, up to {full}, and `{text}` is a rate: is {number} meant?",
            "`{name}` 是分数，满分 {full} 分，而 `{text}` 是比率：是否指 {number} 分？",
        ),
        Text("the rate of a part is written `NAME.rate`", "某一项的得分率写作 `名称.rate`"),
    ),
)
