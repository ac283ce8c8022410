"""The words of `impact`."""

from __future__ import annotations

from steelyard.diagnostics.model import Language

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "head": "{old} → {new}, {count} records", "head.one": "{old} → {new}, 1 record",
        "same": "both rules are the same core: nothing changes",
        "moved": "moved: {moved} ({up} up, {down} down), unchanged: {same}", "open": ", not attributed: {open}",
        "sum": "all changes together: {sum}", "regraded": "grades changed: {count}", "from": "from \\ to", "no grade": "none",
        "order": "What each change did, in the order of attribution: every change is put on top of those before it, in the "
                 "order of the new rules, removed statements where they stood. The shares of a record add up exactly.",
        "step": "{points} in {records}", "records": "{count} records", "record": "1 record", "none": "moved no record",
        "span": ", from {low} to {high}", "each": ", each by {low}", "grades": ", changed the grade of {count}",
        "statements": "together, for they hold only together:",
        "kind.order": "the same statements in another order", "kind.reading": "reading of the data: inputs are declared in another way",
        "same words": "in the same words: what it reads, or the points of its part, changed",
        "both": "{steps} together: {said}", "and": " and ",
        "quiet": "Changes that move no points:", "check": "check: findings under the old rules {old}, under the new {new}",
        "words": "words alone",
        "readings": "Cells that read differently under the two declarations: {count}", "cell": "{name} of {record}: {text}",
        "most": "Records, the largest change first:", "fewest": "The {count} records that changed most (--all shows {all}):",
        "unattributed": "Not attributed, for a total is not exact:", "not there": "no such record", "not issued": "no score",
        "grade": "grade {old} → {new}", "more": "… and {count} more", "colon": ": ", "comma": ", ",
    },
    "zh": {
        "head": "{old} → {new}，共 {count} 个对象", "head.one": "{old} → {new}，1 个对象",
        "same": "两份规则内容相同，没有变化",
        "moved": "总分变化 {moved} 个（升 {up} 个，降 {down} 个），不变 {same} 个", "open": "，未归因 {open} 个",
        "sum": "变化合计 {sum}", "regraded": "等级变化 {count} 个", "from": "旧 \\ 新", "no grade": "无",
        "order": "各项修改的影响，按归因顺序：每项修改都叠加在前面各项之上，顺序同新规则，删去的语句按原来的位置。"
                 "每个对象的各项之和与其总分变化完全相等。",
        "step": "合计 {points}，涉及 {records}", "records": "{count} 个对象", "record": "1 个对象", "none": "没有对象变化",
        "span": "，从 {low} 至 {high}", "each": "，每个 {low}", "grades": "，改变 {count} 个等级",
        "statements": "以下各处须一并修改：",
        "kind.order": "语句相同，先后不同", "kind.reading": "数据的读法：数据项的声明不同",
        "same words": "原文未变：它引用的内容或所在部分的分值变了",
        "both": "{steps} 合并计算：{said}", "and": " 与 ",
        "quiet": "不影响分数的修改：", "check": "核对：按旧规则发现 {old} 处，按新规则发现 {new} 处",
        "words": "只改了文字",
        "readings": "按两份声明读出不同的数据：{count} 处", "cell": "{record} 的 {name}：{text}",
        "most": "各对象，变化大的在前：", "fewest": "变化最大的 {count} 个对象（--all 显示全部 {all} 个）：",
        "unattributed": "总分不是确数，未归因：", "not there": "没有这个对象", "not issued": "不予评价",
        "grade": "等级 {old} → {new}", "more": "…… 另有 {count} 处", "colon": "：", "comma": "，",
    },
}  # fmt: skip
