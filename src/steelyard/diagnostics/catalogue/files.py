"""Other files, amendments, dated values, code tables, functions, examples."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error, warning

ENTRIES: tuple[Entry, ...] = (
    # ---- other files
    error(
        "N130",
        Text("other file not found", "找不到引用的文件"),
        Text("there is no file `{file}` beside this one", "旁边没有文件 `{file}`"),
        Text(
            "write its path from the folder of this file, with `/`: `common/rates.rules`",
            "请从本文件所在的文件夹写起，用 `/` 分隔，如 `common/rates.rules`",
        ),
    ),
    error(
        "N131",
        Text("other file outside the folder", "引用的文件不在文件夹内"),
        Text(
            "`{file}` does not lie in the folder of the rule file or below it",
            "`{file}` 不在规则文件所在的文件夹（或其下级）内",
        ),
        Text(
            "put a copy of it beside the rule file, and write its path from there",
            "请把它复制到规则文件旁边，再从那里写起",
        ),
    ),
    error(
        "N132",
        Text("other file cannot be read", "引用的文件无法读取"),
        Text("`{file}` cannot be read: {problem}", "无法读取 `{file}`：{problem}"),
        Text("check that it is a file and that you may read it", "请确认它是文件，并且有读取权限"),
    ),
    error(
        "N133",
        Text("files in a circle", "文件循环引用"),
        Text("`{file}` leads back to itself: {way}", "`{file}` 又引用到它自己：{way}"),
        Text(
            "put what both need into a third file, and use that in both",
            "请把两边都要用的内容放进第三个文件，两边都引用它",
        ),
    ),
    error(
        "N134",
        Text("too many other files", "引用的文件过多"),
        Text(
            "`{file}` would be one too many: files may be {depth} deep, and {count} in all",
            "再引用 `{file}` 就过多了：最多 {depth} 层，总共 {count} 个文件",
        ),
        Text("join some of the files", "请合并其中一些文件"),
    ),
    error(
        "N135",
        Text("no folder for other files", "没有文件夹可供引用"),
        Text(
            "`{file}` cannot be looked for: these rules do not stand in a file",
            "无法查找 `{file}`：这份规则不在文件里",
        ),
        Text("save the rules as a file beside it", "请先把规则存为文件，放在它旁边"),
    ),
    error(
        "N136",
        Text("more than definitions", "引用的文件内容过多"),
        Text(
            "`{file}` is used for its parameters, tables and functions, and holds something else",
            "`{file}` 是供引用参数、对照表和函数的，里面还有别的内容",
        ),
        Text(
            "move this elsewhere, or change the file as a whole with `amend`",
            "请把这部分移走；若要在整个办法上调整，请用 `修订`",
        ),
    ),
    # ---- amendments
    error(
        "N137",
        Text("rules beside changes", "修订之外另有规则"),
        Text(
            "a file that amends another holds changes, not rules of its own",
            "修订文件里只写改动，不直接写规则",
        ),
        Text("write it under `amend`, with `add` in front", "请写到 `修订` 之下，前面加上 `增加`"),
    ),
    error(
        "N138",
        Text("two files amended", "修订了两个文件"),
        Text("a file amends one other file", "一个文件只能修订一个文件"),
        Text(
            "let one file amend the first, and another amend that one",
            "请先由一个文件修订前者，再由另一个文件修订它",
        ),
    ),
    error(
        "N139",
        Text("nothing of that name to change", "没有可改动的对象"),
        Text(
            "`{name}` is no part and no named statement of `{file}`",
            "`{file}` 中没有名为 `{name}` 的部分或规则",
        ),
        Text(
            "a statement gets its name with `as NAME` in the file that is amended",
            "规则要在被修订的文件里用 `记为 名称` 起名",
        ),
    ),
    error(
        "N140",
        Text("several things of that name", "同名的不止一个"),
        Text("{count} things are called `{name}`", "有 {count} 处叫 `{name}`"),
        Text(
            "write the parts around it too: `remove PART.{name}`, `add to PART`",
            "请连同外层的名称一起写：`删去 外层.{name}`、`增加到 外层`",
        ),
    ),
    error(
        "N141",
        Text("replacement without a name", "替换的规则没有名称"),
        Text("it is not said which statement this replaces", "没有写明替换哪一条"),
        Text("end it with `, as NAME`, the name of the old one", "请在末尾写 `，记为 名称`，即原来那条的名称"),
    ),
    # ---- dated values
    error(
        "N142",
        Text("no value on that day", "当日没有数值"),
        Text(
            "`{name}` has no value on {day}: the first begins on {first}",
            "`{name}` 在 {day} 没有数值：最早自 {first} 起",
        ),
        Text(
            "choose a later day, or add a value for the time before; the nearest is never taken",
            "请选更晚的日期，或补上此前的数值；不会取最近的数值代替",
        ),
    ),
    error(
        "N143",
        Text("which day?", "按哪一天？"),
        Text("`{name}` has values with dates, and no day is given", "`{name}` 的数值按日期分段，而没有写明按哪一天"),
        Text(
            "say the day with --as-of, as in `--as-of {latest}`; values begin on {days}",
            "请用 --as-of 写明日期，如 `--as-of {latest}`；各段数值的起始日期：{days}",
        ),
    ),
    error(
        "W142",
        Text("days out of order", "日期顺序不对"),
        Text("the day {day} of `{name}` does not come after the one before it", "`{name}` 的 {day} 没有晚于前一个日期"),
        Text("write each day once, the earliest first", "每个日期只写一次，从早到晚排列"),
    ),
    error(
        "W143",
        Text("scheme not in force", "方案不在施行期内"),
        Text(
            "on {day} the scheme is not in force: it is from {start} until {end}",
            "{day} 不在方案的施行期内：自 {start} 起，至 {end} 止",
        ),
        Text("choose another day, or the scheme of that day", "请换一个日期，或使用当日施行的方案"),
    ),
    error(
        "W144",
        Text("version of the language", "语言版本"),
        Text("there is no version {number} of the language", "规则语言没有第 {number} 版"),
        Text("write `steelyard {known}`, or leave the line out", "请写 `steelyard {known}`，或不写这一行"),
    ),
    error(
        "W147",
        Text("end before the start", "施行期首尾颠倒"),
        Text("{end} is before {start}", "{end} 早于 {start}"),
        Text("write the first day first", "请先写开始的日期"),
    ),
    error(
        "W148",
        Text("unknown language", "未知的语言"),
        Text("`{text}` names no language that there is", "`{text}` 没有写明可用的语言"),
        Text("write `language en` or `language zh`", "请写 `语言 zh` 或 `语言 en`"),
    ),
    # ---- parameters, tables, functions
    error(
        "N144",
        Text("name taken", "名称已被占用"),
        Text(
            "the {kind} `{name}` has the name of something else",
            "{kind} `{name}` 与别的名称相同",
        ),
        Text(
            "give one of them another name: the {kind} would be put in for both",
            "请给其中一个另起名称，否则两处都会被这个{kind}替代",
        ),
    ),
    error(
        "N145",
        Text("not a fixed value", "不是固定的值"),
        Text("the value of `{name}` is not written out", "`{name}` 的值没有直接写出"),
        Text(
            "write a number, a percentage, a text, a date or yes/no; what depends on data is a `let`",
            "请写数字、百分比、文字、日期或 是/否；依赖数据的值请用 `设`",
        ),
    ),
    error(
        "N146",
        Text("function reads something else", "函数用了别的名称"),
        Text("`{name}` is not an argument of this function", "`{name}` 不是这个函数的自变量"),
        Text(
            "hand it over: a function reads its arguments, parameters, tables and functions alone",
            "请作为自变量传入：函数只能用自变量、参数、对照表和其他函数",
        ),
    ),
    error(
        "N147",
        Text("function in a circle", "函数循环调用"),
        Text("`{name}` calls itself: {way}", "`{name}` 又调用到它自己：{way}"),
        Text("break the circle: write the value out in one of them", "请打断循环，在其中一个函数里直接写出算式"),
    ),
    error(
        "N148",
        Text("too much to write out", "展开后过大"),
        Text(
            "written out, `{name}` is too large: more than {limit} pieces in all, or {depth} one inside the other",
            "`{name}` 展开后过大：总共超过 {limit} 个成分，或嵌套超过 {depth} 层",
        ),
        Text("name a part of it with `let`, so that it is computed once", "请用 `设` 给其中一部分起名，只算一次"),
    ),
    error(
        "N149",
        Text("which column?", "哪一列？"),
        Text("`{shown}` names no column of `{name}`", "`{shown}` 没有写明 `{name}` 的哪一列"),
        Text("its columns: {columns}", "它的列：{columns}"),
    ),
    error(
        "W145",
        Text("row given twice", "对照表重复"),
        Text("`{name}` has two rows for these keys", "`{name}` 对同样的键值写了两行"),
        Text("keep one of them", "请只保留一行"),
    ),
    error(
        "W146",
        Text("row of another width", "对照表列数不对"),
        Text(
            "this row of `{name}` has {got} {what}, not {wanted}", "`{name}` 的这一行有 {got} {what}，应为 {wanted} 个"
        ),
        Text(
            "write the keys, a colon, and a value for each column",
            "请写各个键值、冒号，再写每一列的数值",
        ),
    ),
    warning(
        "W140",
        Text("defined and not used", "定义后没有使用"),
        Text("the {kind} `{name}` is not used", "{kind} `{name}` 没有被使用"),
        Text("use it, or take it out", "请使用它，或删去"),
    ),
    # ---- examples
    error(
        "W141",
        Text("example does not come out", "算例不符"),
        Text(
            "in “{title}”, `{shown}` does not hold: it comes to {found}",
            "算例“{title}”中 `{shown}` 不成立：算得 {found}",
        ),
        Text("correct the example or the rule that decides it", "请更正算例，或更正相应的规则"),
    ),
    error(
        "W149",
        Text("example cannot be decided", "算例无法判定"),
        Text(
            "in “{title}”, `{shown}` stays open: {cells} {cause}",
            "算例“{title}”中 `{shown}` 无法判定：{cells}{cause}",
        ),
        Text("give what is missing with `given`", "请用 `已知` 补上缺少的数据"),
    ),
)
