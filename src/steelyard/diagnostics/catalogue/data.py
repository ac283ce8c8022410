"""Codes of family D: data. D1.. a file, D2.. columns and rows, D3.. one cell."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error, note, warning

FILES: tuple[Entry, ...] = (
    error(
        "D101",
        Text("data not found", "找不到数据"),
        Text("there is no file or folder `{file}`", "没有名为 `{file}` 的文件或文件夹"),
        Text("check the path and the spelling of the name", "请核对路径和名称是否写对"),
    ),
    error(
        "D102",
        Text("file cannot be opened", "文件打不开"),
        Text("`{file}` cannot be opened", "`{file}` 打不开"),
        Text(
            "close it in other programs and check that you may read it",
            "请先在其他程序中关闭它，并确认您有读取权限",
        ),
    ),
    error(
        "D103",
        Text("unknown kind of file", "不支持的文件类型"),
        Text("`{file}` is not a kind of data that can be read", "`{file}` 不是可以读取的数据类型"),
        Text(
            "save it as CSV (UTF-8); JSON, YAML and a folder of CSV files can be read as well",
            "请另存为“CSV UTF-8（逗号分隔）”；也可以用 JSON、YAML，或放有 CSV 文件的文件夹",
        ),
    ),
    error(
        "D104",
        Text("file too large", "文件过大"),
        Text("`{file}` is larger than {limit} MB", "`{file}` 超过 {limit} MB"),
        Text("split the data into several files", "请把数据拆成几个文件"),
    ),
    error(
        "D105",
        Text("not UTF-8", "编码不是 UTF-8"),
        Text(
            "`{file}` is not UTF-8 text: byte {offset} (counted from 0) does not fit",
            "`{file}` 不是 UTF-8 文本：第 {offset} 字节（从 0 数起）不符合编码",
        ),
        Text(
            "save the file as UTF-8; in a spreadsheet program choose “CSV UTF-8”",
            "请另存为 UTF-8 编码；在表格软件中选择“CSV UTF-8（逗号分隔）”",
        ),
    ),
    error(
        "D106",
        Text("GB18030 (GBK) instead of UTF-8", "编码是 GB18030（GBK），不是 UTF-8"),
        Text(
            "`{file}` is not UTF-8 text: byte {offset} (counted from 0) does not fit; it reads as GB18030",
            "`{file}` 不是 UTF-8 文本：第 {offset} 字节（从 0 数起）不符合编码；按 GB18030 可以读通",
        ),
        Text(
            "it is probably in GB18030 (GBK): open it in a spreadsheet program and save it as “CSV UTF-8”",
            "文件很可能是 GB18030（GBK）编码：请用表格软件打开，核对无乱码后另存为“CSV UTF-8（逗号分隔）”",
        ),
    ),
    error(
        "D107",
        Text("NUL character", "含有空字符"),
        Text("`{file}` holds a NUL character in line {line}", "`{file}` 第 {line} 行含有空字符（NUL）"),
        Text(
            "the file is damaged or not a text file: export it again as UTF-8",
            "文件已损坏或不是文本文件：请按 UTF-8 重新导出",
        ),
    ),
    error(
        "D108",
        Text("too many cells", "单元格过多"),
        Text("`{file}` holds more than {limit} cells", "`{file}` 的单元格超过 {limit} 个"),
        Text("split the data into several files", "请把数据拆成几个文件"),
    ),
    error(
        "D109",
        Text("not a file of this folder", "不是本文件夹内的文件"),
        Text(
            "`{file}` is a link that leads out of the folder, or not a plain file",
            "`{file}` 是指向文件夹之外的链接，或者不是普通文件",
        ),
        Text("put a copy of the file itself into the folder", "请把文件本身复制到文件夹内"),
    ),
    error(
        "D110",
        Text("unknown file in the folder", "文件夹中有不认识的文件"),
        Text("no table of this scheme is called `{file}`", "本方案没有名为 `{file}` 的表"),
        Text(
            "rename the file or take it out of the folder; known names are {known}",
            "请改名，或把它移出文件夹；可用的文件名有 {known}",
        ),
    ),
    error(
        "D111",
        Text("no table of records", "缺少记录表"),
        Text("the folder holds no `{file}`", "文件夹中没有 `{file}`"),
        Text(
            "add `{file}`: one row for each record, its key in the first column",
            "请加入 `{file}`：每条记录一行，第一列为记录的编号",
        ),
    ),
    error(
        "D112",
        Text("two files for one table", "同一张表有两个文件"),
        Text("`{file}` and `{first}` are the same table", "`{file}` 与 `{first}` 是同一张表"),
        Text("keep one of the two", "请只保留其中一个"),
    ),
    error(
        "D113",
        Text("no records", "没有记录"),
        Text("`{file}` holds no records", "`{file}` 中没有任何记录"),
        Text("add at least one record below the header", "请至少填写一条记录"),
    ),
    error(
        "D114",
        Text("broken CSV", "CSV 格式有误"),
        Text("the quotes in row {row} do not match", "第 {row} 行的引号不配对"),
        Text(
            'close every `"` that opens a cell, and write a `"` inside such a cell twice',
            '单元格开头的 `"` 要有对应的结尾；单元格内容中的 `"` 要写成两个',
        ),
    ),
    error(
        "D115",
        Text("broken JSON", "JSON 格式有误"),
        Text(
            "this is not JSON from line {line}, column {column}",
            "从第 {line} 行第 {column} 个字符起不是合法的 JSON",
        ),
        Text(
            "look for a missing comma, quote or bracket at this place or just before it",
            "请在此处或稍前检查是否缺少逗号、引号或括号",
        ),
    ),
    error(
        "D116",
        Text("broken YAML", "YAML 格式有误"),
        Text(
            "this is not YAML from line {line}, column {column}",
            "从第 {line} 行第 {column} 个字符起不是合法的 YAML",
        ),
        Text(
            "check the indentation, and the colon and blank after each name, at this place or just before it",
            "请在此处或稍前检查缩进，以及名称后的冒号和空格",
        ),
    ),
    error(
        "D117",
        Text("nested too deeply", "嵌套过深"),
        Text("`{file}` is nested more than {limit} deep", "`{file}` 的嵌套超过 {limit} 层"),
        Text(
            "a record holds values and lists of rows, nothing deeper",
            "一条记录只含数值和明细列表，不需要更深的层次",
        ),
    ),
    error(
        "D118",
        Text("anchor or alias in YAML", "YAML 中有锚点或引用"),
        Text("anchors and aliases (`{text}`) are not read", "不读取锚点和引用（`{text}`）"),
        Text(
            "write the value out; put a text that begins with & or * in quotes",
            "请把内容直接写出；以 & 或 * 开头的文字请加引号",
        ),
    ),
    error(
        "D119",
        Text("tag in YAML", "YAML 中有标签"),
        Text("tags (`{text}`) are not read", "不读取标签（`{text}`）"),
        Text(
            "take the tag away: the scheme says the type; put a text that begins with ! in quotes",
            "请删去标签，类型由方案规定；以 ! 开头的文字请加引号",
        ),
    ),
    error(
        "D120",
        Text("several YAML documents", "YAML 中有多个文档"),
        Text("a second document begins here", "此处开始了第二个文档"),
        Text(
            "write the records as one list, each beginning with `- `, without `---` between them",
            "请把各条记录写成一个列表，每条以 `- ` 开头，中间不用 `---`",
        ),
    ),
    error(
        "D121",
        Text("name written twice", "名称重复"),
        Text("`{name}` is written twice in one object", "同一对象中 `{name}` 写了两次"),
        Text("keep the right one of the two", "请只保留正确的一个"),
    ),
    error(
        "D122",
        Text("not a list of records", "不是记录列表"),
        Text("`{file}` is neither an object nor a list of objects", "`{file}` 既不是一个对象，也不是对象的列表"),
        Text(
            "write one record as an object (names with values), many as a list of objects",
            "一条记录写成一个对象（名称和值），多条记录写成对象的列表",
        ),
    ),
    error(
        "D123",
        Text("NaN or Infinity", "出现 NaN 或 Infinity"),
        Text("`{text}` is not a value", "`{text}` 不是有效的值"),
        Text("write the number, or null where it is not known", "请填写数值；未知的写 null"),
    ),
    error(
        "D124",
        Text("half a character", "残缺的字符"),
        Text("a text holds half a character ({text})", "文字中有残缺的字符（{text}）"),
        Text("write the character itself instead of its \\u code", "请直接写出该字符，不用 \\u 编码"),
    ),
    warning(
        "D125",
        Text("damaged characters", "疑似乱码"),
        Text(
            "line {line} holds `{text}`, left by a wrong conversion",
            "第 {line} 行有 `{text}`，是转码错误留下的乱码",
        ),
        Text(
            "export the file again from where it was made; the characters are lost here",
            "原来的文字已经丢失，请从数据源重新导出",
        ),
    ),
    warning(
        "D126",
        Text("more findings", "还有其他问题"),
        Text("{count} more findings are not shown", "另有 {count} 个问题未列出"),
        Text("mend the ones shown first, then read the data again", "请先处理已列出的问题，再重新读取"),
    ),
    error(
        "D127",
        Text("cell too long", "单元格内容过长"),
        Text(
            "a cell in row {row} has more than {limit} characters",
            "第 {row} 行有单元格超过 {limit} 个字符",
        ),
        Text(
            'shorten it, or look for a `"` in this row that is never closed',
            '请缩短内容，或检查该行是否有未闭合的 `"`',
        ),
    ),
    error(
        "D131",
        Text("title above the header", "表头之上有标题"),
        Text("line {row} looks like a title: `{text}`", "第 {row} 行像是标题：`{text}`"),
        Text("remove it: the first line must name the columns", "请删去该行：第一行应为各列的名称"),
    ),
    error(
        "D128",
        Text("not separated by commas", "不是以逗号分隔"),
        Text("the header is one cell: `{text}`", "表头只有一个单元格：`{text}`"),
        Text(
            "save the file with an ordinary comma (,) between the cells",
            "请另存为以英文逗号（,）分隔的文件",
        ),
    ),
    error(
        "D129",
        Text("empty file", "空文件"),
        Text("`{file}` is empty", "`{file}` 是空的"),
        Text(
            "write the header in the first row, and a row for each entry below it",
            "请在第一行填写表头，其下每项一行",
        ),
    ),
    error(
        "D130",
        Text("too many columns", "列过多"),
        Text("`{file}` has more than {limit} columns", "`{file}` 超过 {limit} 列"),
        Text(
            "write one record a row; rows of a list belong into a file of their own",
            "请每行写一条记录；明细行请另存为单独的文件",
        ),
    ),
)

ROWS: tuple[Entry, ...] = (
    error(
        "D201",
        Text("unknown column", "未知的列"),
        Text("`{name}` is not an input of the scheme", "`{name}` 不是方案中声明的数据"),
        Text(
            "correct the name, take the column out, or declare it under `input`",
            "请改正名称、删去该列，或在“数据”中声明它",
        ),
    ),
    error(
        "D202",
        Text("column absent", "缺少列"),
        Text("the column `{name}` is absent", "缺少列 `{name}`"),
        Text("add the column, or declare the input as optional", "请补上该列，或在“数据”中将其声明为可缺"),
    ),
    error(
        "D203",
        Text("header written twice", "表头重复"),
        Text("two columns are called `{name}`", "有两列都叫 `{name}`"),
        Text("rename one of them or take it out", "请给其中一列改名，或删去一列"),
    ),
    error(
        "D204",
        Text("column without a header", "列没有表头"),
        Text("column {number} has no header", "第 {number} 列没有表头"),
        Text("write a header, or take the empty column out", "请填写表头，或删去该空列"),
    ),
    error(
        "D205",
        Text("too many cells in a row", "该行单元格过多"),
        Text(
            "the row has {count} cells, the header {columns}",
            "该行有 {count} 个单元格，表头只有 {columns} 个",
        ),
        Text(
            'a cell that holds a comma must stand in quotes: `"1,225.70"`',
            '内容含逗号的单元格要加引号，例如 `"1,225.70"`',
        ),
    ),
    warning(
        "D206",
        Text("too few cells in a row", "该行单元格不足"),
        Text(
            "the row has {count} cells, the header {columns}",
            "该行只有 {count} 个单元格，表头有 {columns} 个",
        ),
        Text(
            "check that no comma was lost; the cells at the end are taken as missing",
            "请检查是否漏了逗号；末尾缺少的单元格按缺失处理",
        ),
    ),
    error(
        "D207",
        Text("first column is not the key", "第一列不是编号"),
        Text(
            "the first column of `{file}` is the input `{name}`, not the key of the record",
            "`{file}` 的第一列是数据 `{name}`，不是记录的编号",
        ),
        Text(
            "put the record's key, as it stands in the table of records, in the first column",
            "请把记录的编号（与记录表一致）放在第一列",
        ),
    ),
    error(
        "D208",
        Text("list absent", "缺少明细表"),
        Text("the list `{name}` is absent", "缺少列表 `{name}`"),
        Text(
            "add `{name}.csv` to the folder (JSON, YAML: the member `{name}`), or declare it as optional",
            "请在文件夹中加入 `{name}.csv`（JSON、YAML 中为成员 `{name}`），或将其声明为可缺",
        ),
    ),
    error(
        "D209",
        Text("row of no record", "明细行没有对应的记录"),
        Text("there is no record `{key}`", "没有编号为 `{key}` 的记录"),
        Text(
            "correct the key in the first column, or add the record to the table of records",
            "请改正第一列的编号，或在记录表中补上该记录",
        ),
    ),
    error(
        "D210",
        Text("record key written twice", "记录编号重复"),
        Text("two records have the key `{key}`", "有两条记录的编号都是 `{key}`"),
        Text(
            "give each record a key of its own, or take the double out",
            "请使每条记录的编号唯一，或删去重复的记录",
        ),
    ),
    error(
        "D211",
        Text("row key written twice", "明细行编号重复"),
        Text("two rows of this list have the key `{key}`", "该列表中有两行的编号都是 `{key}`"),
        Text("give each row a key of its own, or take the double out", "请使每行的编号唯一，或删去重复的行"),
    ),
    error(
        "D212",
        Text("key blank", "编号为空"),
        Text("the key is blank", "编号为空"),
        Text("fill in the key", "请填写编号"),
    ),
    error(
        "D213",
        Text("a list is needed", "此处应为列表"),
        Text("`{name}` must be a list of objects", "`{name}` 应为对象的列表"),
        Text(
            "write it in square brackets, or in YAML with `- ` before each row",
            "请用方括号写成列表；YAML 中每行以 `- ` 开头",
        ),
    ),
    error(
        "D214",
        Text("one value is needed", "此处应为单个值"),
        Text("`{name}` must be one value, not a list or an object", "`{name}` 应为单个值，不能是列表或对象"),
        Text("write one number or text", "请只写一个数值或一段文字"),
    ),
    error(
        "D215",
        Text("an object is needed", "此处应为对象"),
        Text("item {position} of the list is not an object", "列表的第 {position} 项不是对象"),
        Text('write names with values: `{{"name": value}}`', '请写成名称和值：`{{"名称": 值}}`'),
    ),
    error(
        "D216",
        Text("review without criterion or reviewer", "评审缺少评分项或评委"),
        Text("this review names no criterion or no reviewer", "该评审没有写明评分项或评委"),
        Text("fill in criterion, reviewer and score", "请填写评分项、评委和得分"),
    ),
    error(
        "D217",
        Text("no column for a name", "名称没有对应的列"),
        Text(
            "the rules use `{name}`, but the data have no such column",
            "规则中用到 `{name}`，但数据中没有这一列",
        ),
        Text(
            "add the column, or correct the name in the rules or in the header",
            "请补上该列，或改正规则或表头中的名称",
        ),
    ),
    warning(
        "D218",
        Text("no rows", "没有行"),
        Text("the list `{name}` has no rows", "列表 `{name}` 中没有任何行"),
        Text(
            "add its rows; where it may be empty, declare it so: `{name} : list of, optional`",
            "请补上各行；确实可以没有的，请声明为可缺：`{name} ：列表，可缺`",
        ),
    ),
    warning(
        "D219",
        Text("total row", "合计行"),
        Text(
            "`{name}` looks like a row of totals, and is read as a record or row of its own",
            "`{name}` 像是合计行，这里按一个对象或一行来读取",
        ),
        Text("delete the row from the data", "请从数据中删去这一行"),
    ),
    error(
        "D220",
        Text("override of no part", "改判没有写明评分项"),
        Text("the row does not say which part is overridden", "这一行没有写明改判哪个评分项"),
        Text("write the part's name as in the rule file", "请按规则文件中的名称填写评分项"),
    ),
    error(
        "D221",
        Text("override without who or why", "改判没有写明改判人或理由"),
        Text(
            "the override of `{name}` does not say who made it and why: it does not count",
            "`{name}` 的改判没有写明改判人或理由，不予采用",
        ),
        Text("fill in `by` and `reason`", "请填写改判人和理由"),
    ),
    error(
        "D222",
        Text("part overridden twice", "重复改判"),
        Text("`{name}` is overridden twice: neither counts", "`{name}` 改判了两次，均不采用"),
        Text("keep one of the rows", "请只保留一行"),
    ),
    error(
        "D223",
        Text("two keys", "写了两个编号"),
        Text("the object has both `{first}` and `{second}`", "同一对象既有 `{first}` 又有 `{second}`"),
        Text("keep one of them: both name the record", "请只保留一个：两者都是对象的编号"),
    ),
)

CELLS: tuple[Entry, ...] = (
    warning(
        "D301",
        Text("value missing", "缺少值"),
        Text("`{name}` has no value", "`{name}` 没有值"),
        Text("fill in the value, or declare the input as optional", "请填写，或在“数据”中将其声明为可缺"),
    ),
    error(
        "D302",
        Text("not a number", "不是数值"),
        Text("`{text}` is not a number", "`{text}` 不是数值"),
        Text(
            "write a decimal such as 1225.70: 0 where there are none, nothing where the value is not known",
            "请填写数值，例如 1225.70；表示没有请填 0，数值未知才留空",
        ),
    ),
    error(
        "D303",
        Text("error value of a spreadsheet", "表格软件的错误值"),
        Text("`{text}` is an error left by a spreadsheet formula", "`{text}` 是表格公式出错留下的结果"),
        Text("mend the formula in the spreadsheet and export again", "请在表格中改正公式后重新导出"),
    ),
    error(
        "D304",
        Text("number too long", "数值过长"),
        Text(
            "`{text}` is longer than {length} characters or has an exponent beyond ±{exponent}",
            "`{text}` 超过 {length} 个字符，或指数超出 ±{exponent}",
        ),
        Text("write the number as a plain, shorter decimal", "请写成较短的普通小数"),
    ),
    error(
        "D305",
        Text("wrong unit", "单位不符"),
        Text(
            "`{text}` is in {found}, the input `{name}` in {unit}",
            "`{text}` 的单位是 {found}，而 `{name}` 的单位是 {unit}",
        ),
        Text(
            "convert the number to {unit}: units are never converted here",
            "请换算成 {unit} 后填写：系统不自动换算单位",
        ),
    ),
    error(
        "D306",
        Text("unit not expected", "不应有单位"),
        Text(
            "`{text}` has the unit {found}, the input `{name}` has none",
            "`{text}` 带有单位 {found}，而 `{name}` 没有单位",
        ),
        Text(
            "write the number alone, or declare the input as a number in {found}",
            "请只写数值，或在“数据”中声明其单位为 {found}",
        ),
    ),
    error(
        "D307",
        Text("not a whole number", "不是整数"),
        Text("`{text}` is not a whole number", "`{text}` 不是整数"),
        Text("`{name}` counts whole things: write 0, 1, 2 …", "`{name}` 只能是整数：请填写 0、1、2 等"),
    ),
    error(
        "D308",
        Text("out of range", "超出范围"),
        Text("`{text}` is outside the range of `{name}`: {range}", "`{text}` 超出 `{name}` 的范围：{range}"),
        Text(
            "check the number and its unit; or widen the range in the scheme",
            "请核对数值和单位；如范围有误，请修改方案",
        ),
    ),
    error(
        "D309",
        Text("not one of the choices", "不在可选值之中"),
        Text("`{text}` is not a choice of `{name}`", "`{text}` 不是 `{name}` 的可选值"),
        Text("write {choices}", "请填写 {choices}"),
    ),
    error(
        "D310",
        Text("neither yes nor no", "既非“是”也非“否”"),
        Text("`{text}` is neither yes nor no", "`{text}` 既不表示“是”，也不表示“否”"),
        Text("write `yes` or `no`", "请填写 `是` 或 `否`"),
    ),
    error(
        "D311",
        Text("not a date", "不是日期"),
        Text("`{text}` is not a date", "`{text}` 不是日期"),
        Text("write year, month and day: 2023-06-30", "请写明年月日，例如 2023-06-30 或 2023年6月30日"),
    ),
    error(
        "D312",
        Text("no such day", "没有这一天"),
        Text("the calendar has no day `{text}`", "日历上没有 `{text}` 这一天"),
        Text("check the month and the day", "请核对月份和日期"),
    ),
    note(
        "D313",
        Text("approximate value", "约数"),
        Text("`{text}` is approximate; it is used as exactly {value}", "`{text}` 是约数，计算时按 {value} 采用"),
        Text("write the exact number where it is known", "如有准确数值，请填写准确数值"),
    ),
    note(
        "D314",
        Text("target without a comparison", "目标值没有写明比较方式"),
        Text("the target `{text}` is read as at least {value}", "目标值 `{text}` 按“不少于 {value}”理解"),
        Text("write ≥ or ≤ before the number to say which is meant", "请在数值前写明 ≥ 或 ≤"),
    ),
    note(
        "D315",
        Text("target in words", "文字目标值"),
        Text(
            "the target `{text}` is met only by the same words",
            "目标值 `{text}` 是文字，只有完成值写得完全一样才算达到",
        ),
        Text(
            "write a number with ≥ or ≤, or 是, where one is meant",
            "若是数量，请写成 ≥、≤ 加数字；若是是否型，请写“是”",
        ),
    ),
    note(
        "D316",
        Text("printed bound", "印刷体的界限"),
        Text(
            "the target `{text}` is read as {value}, the number included", "目标值 `{text}` 按 {value} 理解，包含本数"
        ),
        Text("write ≥, ≤, > or < to say it without doubt", "请用 ≥、≤、>、< 写明，以免误解"),
    ),
    warning(
        "D317",
        Text("target that is always met", "总能达到的目标值"),
        Text(
            "the target `{text}` is read as at least 0, which anything meets",
            "目标值 `{text}` 按“不少于 0”理解，任何完成值都能达到",
        ),
        Text("write ≤0 where none may occur", "若要求不发生，请写成 ≤0"),
    ),
    warning(
        "D318",
        Text("less than one percent", "不到百分之一"),
        Text("`{text}` in a column of percentages is read as {text}%", "`{text}` 在百分比列里按 {text}% 理解"),
        Text(
            "write {whole}% where {text} stands for {whole}%; write {text}% to keep the reading",
            "若 {text} 是指 {whole}%，请填写 {whole}%；若确指 {text}%，请填写 {text}%",
        ),
    ),
    note(
        "D319",
        Text("number with a leading zero", "数值以 0 开头"),
        Text("`{text}` is read as the number {value}", "`{text}` 按数值 {value} 理解"),
        Text(
            "where it is a code, declare the input as text: then it stays as it is",
            "若是编码，请在“数据”中声明为文本，就会原样保留",
        ),
    ),
    note(
        "D320",
        Text("date in a loose form", "日期写法不规范"),
        Text("`{text}` is read as {value}", "`{text}` 按 {value} 理解"),
        Text("write 2023-06-30, 2023/6/30 or 2023年6月30日", "请写成 2023-06-30、2023/6/30 或 2023年6月30日"),
    ),
    error(
        "D321",
        Text("not a row of the table", "对照表中没有这一行"),
        Text(
            "`{text}` in `{name}` is no row of the table `{table}`",
            "`{name}` 中的 `{text}` 不在对照表 `{table}` 中",
        ),
        Text(
            "correct the cell, add a row to the table, or an `otherwise` for all others",
            "请更正单元格，或在对照表中补上一行，或写一行 `其余`",
        ),
    ),
    error(
        "D322",
        Text("percentage without its sign", "百分比没有百分号"),
        Text(
            "`{text}` would be {percent}: the rules compare `{name}` with percentages",
            "`{text}` 会成为 {percent}：规则把 `{name}` 同百分比相比较",
        ),
        Text(
            "write {text}%, or say under `input` that the column is `number in %`",
            "请填写 {text}%，或在 `数据` 中写明这一列是 `数值，单位 %`",
        ),
    ),
)

ENTRIES: tuple[Entry, ...] = (*FILES, *ROWS, *CELLS)
