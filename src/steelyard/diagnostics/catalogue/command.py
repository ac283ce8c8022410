"""The command line."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error

ENTRIES: tuple[Entry, ...] = (
    error(
        "C101",
        Text("file not found", "找不到文件"),
        Text("there is no file `{file}`", "没有文件 `{file}`"),
        Text("check the name and the folder", "请检查文件名和文件夹"),
    ),
    error(
        "C102",
        Text("file cannot be read", "无法读取文件"),
        Text("`{file}` cannot be read: {problem}", "无法读取 `{file}`：{problem}"),
        Text("check that it is a file and that you may read it", "请确认它是文件，并且有读取权限"),
    ),
    error(
        "C103",
        Text("file cannot be written", "无法写入文件"),
        Text("`{file}` cannot be written: {problem}", "无法写入 `{file}`：{problem}"),
        Text(
            "check the folder, and close the file if another program has it open",
            "请检查文件夹；若文件正被其他程序打开，请先关闭",
        ),
    ),
    error(
        "C104",
        Text("not a trace", "不是评分过程文件"),
        Text(
            "`{file}` is not a trace that can be read ({problem})",
            "`{file}` 不是可以读取的评分过程文件（{problem}）",
        ),
        Text(
            "write one with `steelyard score RULES DATA --trace FILE`",
            "请用 `steelyard score 规则 数据 --trace 文件` 生成",
        ),
    ),
    error(
        "C105",
        Text("unknown part", "没有这个部分"),
        Text("the trace has no part or rule `{path}`", "评分过程中没有部分或规则 `{path}`"),
        Text("leave it out to see the whole", "不写即可查看全部"),
    ),
    error(
        "C106",
        Text("unknown record", "没有这个对象"),
        Text("there is no record `{record}`", "没有对象 `{record}`"),
        Text(
            "keys are listed by `steelyard score` without --record",
            "不加 --record 运行 `steelyard score` 可列出全部对象",
        ),
    ),
    error(
        "C107",
        Text("which record?", "哪一个对象？"),
        Text("`{file}` holds several records", "`{file}` 中有多个对象"),
        Text("name one with --record: {records}, …", "请用 --record 指明：{records} 等"),
    ),
    error(
        "C108",
        Text("unknown code", "没有这个代码"),
        Text("there is no code `{found}`", "没有代码 `{found}`"),
        Text("run `steelyard explain` to list all codes", "运行 `steelyard explain` 可列出全部代码"),
    ),
    error(
        "C199",
        Text("internal error", "内部错误"),
        Text(
            "Steelyard made a mistake ({kind} at {place}); nothing was written",
            "Steelyard 自身出错（{place} 处 {kind}）；没有写入任何内容",
        ),
        Text(
            "please report it with the rule file; STEELYARD_TRACEBACK=1 shows the details",
            "请附上规则文件反馈；设置 STEELYARD_TRACEBACK=1 可显示详情",
        ),
    ),
    error(
        "C109",
        Text("output over an input", "输出会覆盖输入"),
        Text("`{file}` is read by this command and would be overwritten", "`{file}` 是本次要读取的文件，会被覆盖"),
        Text("choose another name for the output", "请给输出另取文件名"),
    ),
    error(
        "C110",
        Text("not a day", "不是日期"),
        Text("`{found}` is not a day", "`{found}` 不是日期"),
        Text("write it as 2023-06-30", "请写成 2023-06-30 的样子"),
    ),
    error(
        "C111",
        Text("unknown option", "没有这个选项"),
        Text("there is no option `{option}`", "没有选项 `{option}`"),
        Text("`{command} --help` lists the options", "`{command} --help` 可列出全部选项"),
    ),
    error(
        "C112",
        Text("argument missing", "缺少参数"),
        Text("`{name}` is missing", "缺少 `{name}`"),
        Text("`{command} --help` shows how it is called", "`{command} --help` 可查看用法"),
    ),
    error(
        "C113",
        Text("not one of the choices", "不在可选范围"),
        Text("`{found}` is nothing that `{option}` takes", "`{option}` 不能写 `{found}`"),
        Text("write {choices}", "请写 {choices}"),
    ),
    error(
        "C114",
        Text("option without its value", "选项缺少值"),
        Text("`{option}` needs a value behind it", "`{option}` 后面要写一个值"),
        Text("`{command} --help` shows which", "`{command} --help` 可查看写什么"),
    ),
    error(
        "C115",
        Text("value where none belongs", "选项不带值"),
        Text("`{option}` takes no value", "`{option}` 不带值"),
        Text("write the option alone", "请只写选项本身"),
    ),
    error(
        "C116",
        Text("unknown command", "没有这个命令"),
        Text("there is no command `{found}`", "没有命令 `{found}`"),
        Text("`{command} --help` lists the commands", "`{command} --help` 可列出全部命令"),
    ),
    error(
        "C117",
        Text("one argument too many", "参数过多"),
        Text("`{found}` is one argument too many", "`{found}` 是多余的参数"),
        Text(
            "a name with blanks stands in quotes; `{command} --help` shows how it is called",
            "带空格的名称要加引号；`{command} --help` 可查看用法",
        ),
    ),
    error(
        "C118",
        Text("not a number", "不是数字"),
        Text("`{found}` is not a number", "`{found}` 不是数字"),
        Text("write it as 60 or 89.5", "请写成 60 或 89.5 的样子"),
    ),
    error(
        "C119",
        Text("trace of another day", "不是当日的评分过程"),
        Text("`{file}` holds no score as of {day}", "`{file}` 中没有按 {day} 计算的评分"),
        Text(
            "it holds {days}; `steelyard score` with --as-of makes another",
            "其中有：{days}；可用 `steelyard score` 加 --as-of 另行计算",
        ),
    ),
    error(
        "C120",
        Text("no trace named", "没有指明评分过程文件"),
        Text("`steelyard verify` needs a trace file", "`steelyard verify` 需要一个评分过程文件"),
        Text(
            "write one with `steelyard score RULES DATA --trace FILE`, then `steelyard verify FILE`",
            "请先用 `steelyard score 规则 数据 --trace 文件` 生成，再 `steelyard verify 文件`",
        ),
    ),
    error(
        "C121",
        Text("data the verifier cannot read", "核验程序读不了的数据"),
        Text("`{file}` cannot be read as {problem}", "`{file}` 不能按 {problem} 读取"),
        Text(
            "give the files that were scored, unchanged; without --data the rest is still verified",
            "请给出评分时所用、未经改动的文件；不加 --data 仍可核验其余内容",
        ),
    ),
)
