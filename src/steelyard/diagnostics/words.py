"""Words for facts that are the same in every message: what was expected, what a thing is called."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Text

WORDS: dict[str, Text] = {
    # what a parser can expect, in an author's words
    "value": Text("a value", "值"),
    "name": Text("a name", "名称"),
    "text": Text("a text in quotes", "引号里的文字"),
    "operator": Text("an operator (`+`, `/` …)", "运算符（`+`、`/` 等）"),
    "comparison": Text("a comparison (`<`, `=` …)", "比较（`<`、`低于` 等）"),
    "clause": Text("a clause (`if`, `because`, `under` …)", "附加说明（`如果`、`理由`、`依据` 等）"),
    "statement": Text("a rule", "规则"),
    "block": Text("an indented block", "缩进的内容"),
    "line end": Text("the end of the line", "行末"),
    "type": Text("a type (`number`, `text` …)", "类型（`数值`、`文本` 等）"),
    "bound": Text("a bound (`from 90`, `otherwise` …)", "界限（`90 分（含）以上`、`其余` 等）"),
    "share": Text("points or a weight", "分值或权重"),
    "bound of a part": Text(
        "a bound of the part (`may reach 6`, `at least 2`)", "部分的上下限（`最高 6 分`、`最低 2 分`）"
    ),
    "attribute": Text("an attribute of the scheme", "方案的属性"),
    "sign": Text("a sign", "标点"),
    # kinds of value
    "type.number": Text("a number", "数值"),
    "type.text": Text("a text", "文本"),
    "type.truth": Text("a yes/no value", "“是/否”值"),
    "type.date": Text("a date", "日期"),
    "type.target": Text("a target", "目标值"),
    "type.actual": Text("an actual", "完成值"),
    "type.list": Text("a list", "列表"),
    "type.unknown": Text("a value", "值"),
    "at least one": Text("at least 1", "至少 1"),
    "no unit": Text("no unit", "无单位"),
    "missing points": Text("missing", "缺"),
    "too many points": Text("too many", "多出"),
    # what the system says of a file
    "system.ENOENT": Text("there is no such folder", "没有这个文件夹"),
    "system.EISDIR": Text("it is a folder", "这是一个文件夹"),
    "system.ENOTDIR": Text("a part of the path is no folder", "路径中有一段不是文件夹"),
    "system.EACCES": Text("no permission", "没有权限"),
    "system.EPERM": Text("no permission", "没有权限"),
    "system.ENOSPC": Text("the disk is full", "磁盘已满"),
    "system.EROFS": Text("the disk is read-only", "磁盘是只读的"),
    "system.ENAMETOOLONG": Text("the name is too long", "名称过长"),
    # what keeps another file from being read
    "file.special": Text("it is no plain file", "它不是普通文件"),
    "file.unreadable": Text("the system does not open it", "系统无法打开它"),
    # what a file defines
    "parameter": Text("parameter", "参数"),
    "code table": Text("table", "对照表"),
    "function": Text("function", "函数"),
    "table.keys": Text("key(s)", "个键值"),
    "table.values": Text("value(s)", "个数值"),
    "table.unnamed": Text("only one, which has no name: write it without the dot", "只有一列且没有列名，不写点号即可"),
    "table.none": Text("none, because it is no table", "没有列，它不是对照表"),
    "not issued": Text("no score is issued", "不予评价"),
    "further notice": Text("further notice", "另行通知"),
    # kinds of part
    "scheme": Text("scheme", "方案"),
    "section": Text("section", "部分"),
    "criterion": Text("criterion", "评分项"),
    "bonus": Text("bonus", "加分项"),
    "penalty": Text("penalty", "减分项"),
    # answers and options
    "never": Text("never holds", "永远不成立"),
    "always": Text("always holds", "总是成立"),
    "option.distinct": Text("“distinct”", "“不重复”"),
    "option.dropping": Text("“dropping highest and lowest”", "“去掉一个最高和一个最低”"),
    # causes
    "missing": Text("missing", "缺失"),
    "not applicable": Text("not applicable", "不适用"),
    "invalid": Text("invalid", "无效"),
    "waived": Text("waived", "经批准除外"),
    "undefined": Text("undefined", "无法计算"),
    "open": Text("an open score", "得分未定"),
    "too big": Text("too big", "数值过大"),
    "irrational": Text("too close to call", "无法判定舍入"),
    # why an override is not applied
    "override.twice": Text("the part is overridden twice", "该项改判了两次"),
    "override.skipped": Text("the part was skipped", "该项不考核"),
    "override.points": Text("it is no number of points", "不是分数"),
    "override.places": Text("it has more places than the part is rounded to", "小数位数多于该项保留的位数"),
    "override.bounds": Text("it is outside the bounds of the part", "超出该项的分值范围"),
    "full points": Text("full points", "满分"),
    # severities
    "error": Text("error", "错误"),
    "warning": Text("warning", "警告"),
    "note": Text("note", "说明"),
    "remark": Text("note", "说明"),
    "help": Text("help", "建议"),
    "and": Text(" and ", "和"),
    "or": Text(" or ", "或"),
    "list.separator": Text(", ", "、"),
}
