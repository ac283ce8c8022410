"""Names: what a word stands for."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error, warning

ENTRIES: tuple[Entry, ...] = (
    error(
        "N101",
        Text("unknown name", "未定义的名称"),
        Text("`{name}` is neither an input nor a named value here", "`{name}` 既不是数据项，也不是这里定义的值"),
        Text("declare it under `input`, or name it with `let`", "请在 `数据` 中声明，或用 `设` 定义"),
    ),
    error(
        "N102",
        Text("unknown function", "未知的函数"),
        Text("there is no function `{name}`", "没有函数 `{name}`"),
        Text(
            "functions: min, max, abs, round, count, sum, average, met, attainment, excess",
            "可用的函数：取小、取大、绝对值、四舍五入、个数、合计、平均、达到目标、完成率、超出率",
        ),
    ),
    error(
        "N103",
        Text("name given twice", "名称重复"),
        Text("`{name}` is given twice", "`{name}` 重复定义"),
        Text("give one of them another name", "请给其中一个另起名称"),
    ),
    error(
        "N105",
        Text("wrong number of values", "值的个数不对"),
        Text("`{name}` takes {wanted} value(s), not {got}", "`{name}` 需要 {wanted} 个值，而不是 {got} 个"),
        Text(
            "write all its values in the brackets, with commas between them",
            "请在括号里写全各个值，用逗号分开",
        ),
    ),
    error(
        "N106",
        Text("unknown unit", "未知的单位"),
        Text("`{unit}` is not a known unit", "不认识单位 `{unit}`"),
        Text('a unit of your own stands in quotes: `"{unit}"`', '若是自定的单位，请加引号：`"{unit}"`'),
    ),
    error(
        "N107",
        Text("names written together", "名称连写"),
        Text(
            "`{name}` is not a name here, but looks like two names and a word between them",
            "`{name}` 不是已有的名称，看来是两个名称连写",
        ),
        Text("put blanks around the word in the middle", "请在中间的词两边加空格"),
    ),
    error(
        "N108",
        Text("not a list", "不是列表"),
        Text("`{name}` is a single value, not a list", "`{name}` 是单个值，不是列表"),
        Text("use a list that `input` declares", "请改用 `数据` 中声明的列表"),
    ),
    error(
        "N109",
        Text("name with two meanings", "名称有两个含义"),
        Text(
            "`{name}` is both a field of the row and something outside it",
            "`{name}` 既是行内的字段，又是行外的名称",
        ),
        Text("write `{row}.{name}` for the row's", "若指行内的字段，请写 `{row}.{name}`"),
    ),
    error(
        "N110",
        Text("value defined by itself", "循环定义"),
        Text(
            "`{name}` is defined in a circle: its value needs `{name}` itself",
            "`{name}` 循环定义：计算它时又用到它自己",
        ),
        Text(
            "break the circle: use an input or a number in one of the definitions",
            "请打断循环：让其中一个定义只用数据项或数字",
        ),
    ),
    error(
        "N111",
        Text("how to aggregate", "汇总的写法"),
        Text(
            "`{name}` works on the rows of a list; this does not say which rows and which value",
            "`{name}` 用于列表的各行，这里没有写清是哪些行的哪个值",
        ),
        Text(
            "write `count(LIST where …)` or `sum(R.field for R in LIST)`",
            "请写成 `个数(列表 其中 …)` 或 `合计(行.字段 对 列表 中每个 行)`",
        ),
    ),
    error(
        "N112",
        Text("list without a declaration", "列表没有声明"),
        Text("the list `{name}` must be declared with its fields", "列表 `{name}` 必须连同字段一起声明"),
        Text(
            "write an `input` block with `{name} : list of` and the fields under it",
            "请写 `数据` 块：`{name} ：列表`，下面列出各字段",
        ),
    ),
    error(
        "N113",
        Text("nothing to put in", "花括号里不是名称"),
        Text("`{text}` holds no name", "`{text}` 里不是名称"),
        Text(
            "put one name in the braces, as in {{rate}} or {{rate, %}}; name a calculation with `let` first; "
            "write {{{{ for a brace",
            "花括号里只写一个名称，如 {{执行率}} 或 {{执行率, %}}；算式请先用 `设` 起名；要写花括号本身请用 {{{{",
        ),
    ),
    error(
        "N114",
        Text("list used as a value", "把列表当作值"),
        Text("`{name}` is a list of rows and has no single value", "`{name}` 是列表，没有单个的值"),
        Text(
            "use `count`, `sum` or `average`, or `for each`",
            "请用 `个数`、`合计`、`平均`，或 `对 … 中每个 …`",
        ),
    ),
    error(
        "N115",
        Text("unknown row", "未知的行"),
        Text("no row called `{name}` is in reach here", "这里没有名为 `{name}` 的行"),
        Text("use the name given in `for each NAME in LIST`", "请用 `对 列表 中每个 名称` 里的名称"),
    ),
    error(
        "N116",
        Text("unknown field", "未知的字段"),
        Text("the rows of `{rows}` have no field `{name}`", "列表 `{rows}` 的行没有字段 `{name}`"),
        Text("declare the field under the list in `input`", "请在 `数据` 的该列表下声明这个字段"),
    ),
    error(
        "N117",
        Text("total read too early", "过早读取总分"),
        Text("`{name}` is known only after every rule has run", "`{name}` 在所有规则之后才有结果"),
        Text("only `check` may read it", "只能在 `核对` 中使用它"),
    ),
    error(
        "N118",
        Text("score read from inside", "在内部读取得分"),
        Text(
            "`{name}` depends on the score of a part, and this rule stands inside that part or beside it",
            "`{name}` 依赖某部分的得分，而这条规则就在其内部或与之并列",
        ),
        Text("use it only in rules of the outer part", "只能在外层部分的规则里使用"),
    ),
    error(
        "N119",
        Text("name of another part", "其他部分的名称"),
        Text(
            "`{name}` is a part; its score is not known to this rule",
            "`{name}` 是一个部分，这条规则读不到它的得分",
        ),
        Text(
            "if a column of the data is meant, declare it under `input`; a score can be read in a `check` or in the part around it",
            "若指数据中的同名列，请在 `数据` 中声明；得分只能在 `核对` 或其外层部分的规则里使用",
        ),
    ),
    error(
        "N120",
        Text("name of the full points", "满分一词"),
        Text("`{name}` always means the full points of the part", "`{name}` 总是指该部分的满分"),
        Text("choose another name", "请另取名称"),
    ),
    error(
        "N121",
        Text("no such deduction", "没有这项扣分"),
        Text(
            "no deduction beside this rule is called `{name}`",
            "与这条规则并列的扣分规则中，没有一条记为 `{name}`",
        ),
        Text(
            "name the deduction with `as {name}`; it must stand in the same block as `restore`",
            "请在扣分规则上写 `记为 {name}`；它必须与 `恢复` 在同一层",
        ),
    ),
    error(
        "N122",
        Text("no such part", "没有这个部分"),
        Text("no part called `{name}` can be meant here", "这里没有可以用 `{name}` 指称的部分"),
        Text(
            "name a part around this rule or inside its part; a part for each row of a list has no name of its own",
            "请写这条规则所在的、其外层或其内部的部分；按列表逐行设立的部分没有自己的名称",
        ),
    ),
    error(
        "N123",
        Text("field of a group", "组内的字段"),
        Text(
            "`{name}` has a value for each row of the group `{row}`, and none for the group",
            "`{name}` 在组 `{row}` 的每一行各有一个值，整组没有",
        ),
        Text(
            "say which: `sum({row}.{name})`, `highest({row}.{name})`, `count({row} where …)`",
            "请写明取哪一个：`合计({row}.{name})`、`最高({row}.{name})`、`个数({row} 其中 …)`",
        ),
    ),
    error(
        "N124",
        Text("not an exemption", "不能作为除外"),
        Text("`{name}` is not a yes/no column of the data", "`{name}` 不是数据中的是否列"),
        Text(
            "an exemption is a yes/no input, declared or not; its reason and approver stand in two columns beside it",
            "除外要用一个是否型数据项（可以不声明）；理由和批准人写在它旁边的两列",
        ),
    ),
    error(
        "N125",
        Text("given value not written out", "算例的值没有写出"),
        Text("`{text}` is not a value as it stands in a cell", "`{text}` 不是可以填在单元格里的值"),
        Text(
            "give a number, a text in quotes, a date, yes or no: `given late = 1`",
            "请写数值、带引号的文本、日期、是或否：`已知 late = 1`",
        ),
    ),
    error(
        "N126",
        Text("score read across the batch", "跨记录读取得分"),
        Text(
            "`{name}` depends on scores, which are not known of the other records",
            "`{name}` 依赖得分，而其他记录的得分此时还不知道",
        ),
        Text(
            "over the batch use inputs, and `let`s that are made from inputs",
            "跨记录只能使用数据项，以及由数据项算出的 `设`",
        ),
    ),
    error(
        "N127",
        Text("score that needs itself", "得分循环依赖"),
        Text(
            "`{name}` is read where it is still being made: its value would depend on itself",
            "`{name}` 在这里还没有算完：它的值会依赖它自己",
        ),
        Text(
            "break the circle: let one of the rules read the data instead of a score",
            "请打断循环：让其中一条规则读取数据，而不是得分",
        ),
    ),
    error(
        "N128",
        Text("no parts here", "这里没有下级部分"),
        Text("`{name}` stands in a part that has no parts", "`{name}` 所在的部分没有下级部分"),
        Text(
            "use it in the rules of the part around its sections or criteria",
            "请在包含各部分或评分项的那一层规则里使用",
        ),
    ),
    error(
        "N129",
        Text("score read too early", "过早读取得分"),
        Text(
            "`{name}` depends on a score, but whether a part is skipped is decided before anything is scored",
            "`{name}` 依赖得分，而是否不考核要在计分之前决定",
        ),
        Text("let `skip` read the data only", "`不考核` 的条件只能读取数据"),
    ),
    error(
        "N150",
        Text("unknown fact of a part", "部分没有这一项"),
        Text("a part such as `{part}` has no `{name}`", "部分 `{part}` 没有 `{name}` 这一项"),
        Text(
            "ask for its rate, points, full, grade or score",
            "可用：得分率、折合分、满分、等级、得分",
        ),
    ),
    error(
        "N151",
        Text("no grade to move", "没有可调整的等级"),
        Text("no part around this rule has a grade", "这条规则所在的各层都没有等级"),
        Text(
            "write a `grade` block with its rows, or take this rule out",
            "请写 `等级` 块并列出各档，或删去这条规则",
        ),
    ),
    error(
        "N152",
        Text("score of a row", "逐行的得分"),
        Text(
            "`{name}` has a score for each row, and this rule acts outside of the rows",
            "`{name}` 在每一行各有得分，而这条规则在各行之外起作用",
        ),
        Text(
            "let the rule read the row's data, or act on the part of the row itself",
            "请让规则读取该行的数据，或只作用于该行自己的部分",
        ),
    ),
    warning(
        "N153",
        Text("a part and an input of one name", "评分项与数据项同名"),
        Text(
            "`{name}` is read as the input or named value, though a part has the name too",
            "`{name}` 在这里是数据项或定义的值，而有一个部分与它同名",
        ),
        Text(
            "name the one that is meant: a part's score has `.score` behind its name",
            "请写明所指：部分的得分在名称后加 `.得分`",
        ),
    ),
    error(
        "N154",
        Text("total inside a part", "总分写在部分之内"),
        Text(
            "`{text}` stands inside `{name}`, which is not the total",
            "`{text}` 写在“{name}”之内，而它不是总分",
        ),
        Text(
            "write `score` for the part's own score, or begin the line at the margin for the total",
            "部分自己的得分请用 `得`；若指总分，请顶格书写",
        ),
    ),
    error(
        "N155",
        Text("condition in the name of a row", "行名中有条件"),
        Text(
            "`{name}` would only be the name of a row: what it says of the row would not be asked",
            "`{name}` 在这里只是行的名称，其中的条件不会起作用",
        ),
        Text("name the row by one word, and write the condition behind `where`", "行名只写一个词，条件写在“其中”后面"),
    ),
)
