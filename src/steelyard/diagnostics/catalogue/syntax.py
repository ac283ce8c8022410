"""Syntax: how a rule file is written."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error, warning

ENTRIES: tuple[Entry, ...] = (
    error(
        "S101",
        Text("unclosed quote", "引号没有闭合"),
        Text("the text has no closing quote `{quote}` on its line", "这一行的文字缺少右引号 `{quote}`"),
        Text(
            "close the quote on the same line; a quote of the other kind may stand inside",
            "请在同一行写上右引号；文字里若有引号，可换用另一种引号",
        ),
    ),
    error(
        "S102",
        Text("unknown character", "不认识的字符"),
        Text("the character `{character}` has no meaning here", "字符 `{character}` 在这里没有意义"),
        Text(
            "remove it, or put it in quotes if it belongs to a text or a name",
            "请删去；若它属于文字或名称，请放进引号",
        ),
    ),
    error(
        "S103",
        Text("number too long", "数字过长"),
        Text(
            "the number has {length} characters, and at most {limit} are read",
            "数字有 {length} 个字符，超过上限 {limit} 个",
        ),
        Text("round the number to at most {limit} characters", "请把数字写在 {limit} 个字符以内"),
    ),
    error(
        "S104",
        Text("hidden character", "隐藏字符"),
        Text(
            "the hidden character {character} makes the text mean something else than what you see",
            "隐藏字符 {character} 会使看到的内容与实际含义不一致",
        ),
        Text(
            "delete it; it often comes along when text is copied from a web page or document",
            "请删除；从网页或文档复制文字时常会带入",
        ),
    ),
    error(
        "S105",
        Text("mixed indentation", "缩进混用"),
        Text(
            "the line is indented with other blanks (spaces, tabs, full-width spaces) than the lines around it",
            "这一行缩进用的空白（空格、Tab 或全角空格）与前后行不一致",
        ),
        Text(
            "indent with the same kind of blank everywhere, best two spaces",
            "请统一用同一种空白缩进，最好每级两个空格",
        ),
    ),
    error(
        "S106",
        Text("indentation fits no level", "缩进不对齐"),
        Text("the indentation matches no line above it", "缩进与上面任何一行都不对齐"),
        Text("align the line with the statement it belongs beside", "请与同级的语句对齐"),
    ),
    warning(
        "S107",
        Text("sign of another language", "其他语言的符号"),
        Text("`{found}` is read as `{wanted}`", "`{found}` 按 `{wanted}` 理解"),
        Text("", ""),
    ),
    error(
        "S108",
        Text("thousands comma", "千位分隔逗号"),
        Text("`{text}` can be one number or several", "`{text}` 可能是一个数，也可能是几个数"),
        Text(
            "write `{joined}` for one number, or a blank after the comma for several",
            "若是一个数，请写成 `{joined}`；若是几个数，请在逗号后加空格",
        ),
    ),
    error(
        "S109",
        Text("exponent in a number", "科学计数法"),
        Text("`{text}` is written with an exponent", "`{text}` 用了科学计数法"),
        Text("write the number out, as in `1500` for `1.5e3`", "请把数字完整写出，例如 `1.5e3` 写成 `1500`"),
    ),
    error(
        "S110",
        Text("no such day", "没有这一天"),
        Text("`{text}` is no day of the calendar", "日历上没有 `{text}` 这一天"),
        Text("write a day there is, as in `2023-06-30`", "请写真实存在的日期，例如 `2023年6月30日`"),
    ),
    error(
        "S111",
        Text("name begins with a digit", "名称以数字开头"),
        Text("the name `{text}` begins with a digit", "名称 `{text}` 以数字开头"),
        Text(
            "such a name stands in name quotes wherever it is used",
            "以数字开头的名称，每次使用都要加名称引号「」",
        ),
    ),
    error(
        "S112",
        Text("empty name", "空名称"),
        Text("the quoted name is empty", "引号里的名称是空的"),
        Text("write a name between the quotes", "请在引号里写上名称"),
    ),
    error(
        "S201",
        Text("not expected here", "此处不应出现"),
        Text("`{found}` is not expected here; expected: {expected}", "这里不应出现 `{found}`；应为：{expected}"),
        Text("", ""),
    ),
    error(
        "S202",
        Text("unknown word at the start of a line", "行首的词不认识"),
        Text("a line cannot start with `{word}`", "这一行不能以 `{word}` 开头"),
        Text(
            "start it with a word such as `criterion`, `deduct`, `award`, `score`, `let`, `check`",
            "请以规则用词开头，例如 `评分项`、`扣`、`加`、`得`、`设`、`核对`；条件写成 `…… 的，扣 1 分`",
        ),
    ),
    error(
        "S203",
        Text("block missing", "缺少内容"),
        Text("this line needs lines indented under it", "这一行下面需要有缩进的内容"),
        Text("write them on the next lines, indented by two spaces", "请在下面几行写出内容，每行缩进两个空格"),
    ),
    error(
        "S204",
        Text("unexpected indentation", "多余的缩进"),
        Text(
            "this line is indented, but nothing above it takes indented lines",
            "这一行有缩进，但上面一行不带下级内容",
        ),
        Text("remove the indentation", "请去掉缩进"),
    ),
    error(
        "S205",
        Text("nested too deep", "嵌套过深"),
        Text("brackets, blocks or terms are nested deeper than {limit}", "括号、缩进或算式的嵌套超过 {limit} 层"),
        Text("give parts of it a name with `let`", "请用 `设` 给其中的部分起名"),
    ),
    error(
        "S206",
        Text("file too long", "文件过长"),
        Text("the file has more than {limit} words and signs", "文件的词和符号超过 {limit} 个"),
        Text("split the scheme into several files", "请把方案拆成几个文件"),
    ),
    error(
        "S207",
        Text("no rule in the file", "文件里没有规则"),
        Text("the file holds no rule", "文件里没有任何规则"),
        Text(
            "write at least one, such as: deduct 0.5 if actual > target * 1.5",
            "请至少写一条，例如：扣 0.5 分 如果 实际值 > 目标值 * 1.5",
        ),
    ),
    error(
        "S208",
        Text("bracket closes nothing", "多余的右括号"),
        Text("`{sign}` closes no bracket", "`{sign}` 没有对应的左括号"),
        Text("remove it, or write the opening bracket", "请删去，或补上左括号"),
    ),
    error(
        "S209",
        Text("minus sign as a range sign", "用减号表示范围"),
        Text(
            "`{found}` between two numbers is a minus sign, not a range",
            "两个数之间的 `{found}` 是减号，不是范围号",
        ),
        Text(
            "a range is written with the dash —, or as `from 80 to below 90`",
            "范围用破折号 —，并标明含本数的一端，例如 `80（含）—90`",
        ),
    ),
    error(
        "S210",
        Text("line ends too early", "这一行没有写完"),
        Text("something is missing here; expected: {expected}", "这里缺少内容；应为：{expected}"),
        Text("", ""),
    ),
    error(
        "S211",
        Text("lost indentation", "缺少缩进"),
        Text(
            "this rule stands beside {kind} `{part}`, which is left without any rule",
            "这条规则与{kind} `{part}` 并列，而该{kind}下没有任何规则",
        ),
        Text(
            "or write other rules under the {kind}, or `judged` if reviewers score it",
            "或者在该{kind}下另写规则；若由评审打分，请写 `由评审打分`",
        ),
    ),
    error(
        "S212",
        Text("written twice", "重复书写"),
        Text("a file has only one `{word}`", "一个文件只能有一个 `{word}`"),
        Text("join the two into one", "请合并成一个"),
    ),
    error(
        "S213",
        Text("rule file too large", "规则文件过大"),
        Text("the rule file is larger than {limit} bytes", "规则文件超过 {limit} 字节"),
        Text("split the scheme into several files", "请把方案拆成几个文件"),
    ),
    error(
        "S214",
        Text("not a text file", "不是文本文件"),
        Text(
            "the file is not plain text in UTF-8: byte {byte} does not fit",
            "文件不是 UTF-8 编码的纯文本（第 {byte} 字节不符合编码）",
        ),
        Text(
            "a Word, Excel or PDF file cannot be read: copy the rules into a text file and save it as UTF-8",
            "Word、Excel、PDF 文件不能直接读取：请把规则复制到纯文本文件，并存为 UTF-8 编码",
        ),
    ),
    error(
        "S215",
        Text("file in another encoding", "文件的编码不是 UTF-8"),
        Text("the file is not UTF-8 but reads as {encoding}", "文件不是 UTF-8，看来是 {encoding} 编码"),
        Text(
            "save it again in UTF-8; in Notepad: Save as, Encoding: UTF-8",
            "请另存为 UTF-8 编码；用记事本时，在“另存为”中把编码选为 UTF-8",
        ),
    ),
    error(
        "S216",
        Text("condition without 的", "条件后缺少“的”"),
        Text("a condition before the comma ends in `的`", "逗号前的条件应以“的”结尾"),
        Text("or begin the line with `如果`", "也可以用 `如果` 开头"),
    ),
    error(
        "S217",
        Text("unit beside a number", "数字后带单位"),
        Text(
            "`{text}`: a number in a rule carries no unit, it takes that of the value it is compared with",
            "`{text}`：规则里的数字不带单位，与哪个值比较就用哪个值的单位",
        ),
        Text(
            "leave `{unit}` out, and declare the unit of the input: `number in {unit}`",
            "请去掉 `{unit}`，并在 `数据` 中声明单位：`数值，单位 {unit}`",
        ),
    ),
    error(
        "S218",
        Text("name in two words", "名称中有空格"),
        Text("the name `{text}` is written in two words", "名称 `{text}` 中间有空格"),
        Text(
            "a name is one word: join its parts, or put it in name quotes; a colon stands before the type",
            "名称中间不留空格：请连写，或加上名称引号；类型前要写冒号",
        ),
    ),
    error(
        "S219",
        Text("以上 in a condition", "条件里的“以上”“以下”"),
        Text("`{word}` in a condition: does it include {number}?", "条件里的“{word}”：是否包含 {number}？"),
        Text("", ""),
    ),
    error(
        "S221",
        Text("attribute outside the scheme", "方案的属性没有缩进"),
        Text("`{word}` belongs to the scheme", "`{word}` 属于方案"),
        Text("indent it by two spaces, under the line `scheme`", "请缩进两个空格，写在 `方案` 一行之下"),
    ),
    error(
        "S222",
        Text("two rules on one line", "一行写了两条规则"),
        Text("a line holds one rule", "一行只写一条规则"),
        Text("begin a new line behind this sign", "请在这个标点后换行"),
    ),
    error(
        "S223",
        Text("otherwise on a line of its own", "“其余”单独成行"),
        Text("`{word}` is the other case of no rule", "`{word}` 没有接在规则后面"),
        Text(
            "put it on the line of its rule, behind a comma, or indent it under the rule",
            "请接在规则那一行的逗号之后，或缩进写在规则之下",
        ),
    ),
    error(
        "S224",
        Text("count without what is counted", "没有写明数的是什么"),
        Text("`{text}` does not say what is counted", "`{text}`：没有写明数的是什么"),
        Text(
            "name the column that holds the number, or list under the line what is looked for",
            "请写出记录个数的数据项；若是逐项核对，请用“以下每少一项”并在下面列出各项",
        ),
    ),
    error(
        "S225",
        Text("between", "“之间”"),
        Text(
            "does `between` include {low} and {high}?",
            "“之间”是否包含 {low} 和 {high}？",
        ),
        Text("", ""),
    ),
    error(
        "S226",
        Text("name with signs", "名称中有符号"),
        Text("the name `{text}` holds a sign that means something else", "名称 `{text}` 中有另有含义的符号"),
        Text("write it in name quotes, everywhere it stands", "请加上名称引号，各处都这样写"),
    ),
    error(
        "S227",
        Text("several cases on one line", "一行写了几种情形"),
        Text("`{text}` is a further case on the line of a rule", "`{text}` 是同一条规则里的又一种情形"),
        Text("write a table, a row for each case", "请写成表，每种情形一行"),
    ),
    error(
        "S228",
        Text("until exhausted, of no rule", "扣完为止的位置"),
        Text("`{text}` says how far a deduction goes, and is none itself", "`{text}` 说明扣到什么为止，本身不是扣分"),
        Text(
            "write `, until exhausted` (扣完为止) behind the points of a rule that deducts, on the same line",
            "请在扣分规则的分数后面、同一行写 `，扣完为止`",
        ),
    ),
)
