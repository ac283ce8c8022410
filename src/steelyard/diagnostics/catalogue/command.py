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
)
