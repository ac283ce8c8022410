"""The words of `diff`."""

from __future__ import annotations

from steelyard.diagnostics.model import Language

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "head": "{title}  [{record}]", "record": "the records differ: {old} and {new}",
        "scheme": "the schemes differ: {old} and {new}", "total": "Total", "grade": "grade", "same": "nothing differs",
        "same but": "nothing that was read or came out differs", "unchanged": "the same",
        "rules": "rules: {files}", "rules.same": "rules: the same", "rules.core": ", and they mean something else",
        "rules.words": ", and they mean the same", "data": "data: {files}", "data.same": "data: the same",
        "changed": "{file} changed", "gone": "{file} is gone", "added": "{file} is new", "as_of": "as of: {old} → {new}",
        "engine": "engine: {old} → {new}", "none": "none", "status": "status: {old} → {new}",
        "final": "final", "provisional": "provisional", "not final": "not final: an error finding stands against it",
        "not issued": "no score is issued",
        "causes": "What caused it:", "side.rules": "rules", "side.parameters": "parameters", "side.data": "data",
        "value": "{old} → {new} in “{name}”", "core": "the rules behind {name}, in the same words",
        "cell": "{name}: {old} → {new}", "place": " ({place})", "places": " ({old} → {new})",
        "row.gone": "row “{key}” of {rows} is gone", "row.new": "row “{key}” of {rows} is new",
        "batch": "other records of the batch", "some": "the data behind {name}",
        "nothing": "nothing comes of it", "was": "was: {said}", "is": "is:  {said}", "not there": "not considered",
        "more": "… and {count} more", "follows": "What follows:", "skipped": "not assessed", "no part": "no such part",
        "colon": ": ", "comma": ", ",
    },
    "zh": {
        "head": "{title}  [{record}]", "record": "对象不同：{old} 与 {new}",
        "scheme": "方案不同：{old} 与 {new}", "total": "总分", "grade": "等级", "same": "没有不同",
        "same but": "所读的数据和评分结果没有不同", "unchanged": "相同",
        "rules": "规则：{files}", "rules.same": "规则：相同", "rules.core": "，含义有变",
        "rules.words": "，含义未变", "data": "数据：{files}", "data.same": "数据：相同",
        "changed": "{file} 已改", "gone": "{file} 已删", "added": "{file} 为新增", "as_of": "计算日期：{old} → {new}",
        "engine": "程序：{old} → {new}", "none": "无", "status": "状态：{old} → {new}",
        "final": "最终", "provisional": "暂定", "not final": "非最终：存在错误级别的核对发现", "not issued": "不予评价",
        "causes": "原因：", "side.rules": "规则", "side.parameters": "参数", "side.data": "数据",
        "value": "“{name}”中 {old} → {new}", "core": "{name} 依据的规则有变，原文相同",
        "cell": "{name}：{old} → {new}", "place": "（{place}）", "places": "（{old} → {new}）",
        "row.gone": "{rows} 少了“{key}”一行", "row.new": "{rows} 多了“{key}”一行",
        "batch": "同批的其他对象", "some": "{name} 依据的数据",
        "nothing": "没有影响", "was": "原：{said}", "is": "现：{said}", "not there": "未涉及",
        "more": "…… 另有 {count} 处", "follows": "结果：", "skipped": "不考核", "no part": "没有这一部分",
        "colon": "：", "comma": "，",
    },
}  # fmt: skip
