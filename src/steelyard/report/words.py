"""The words of the terminal report, beside the sentences of its entries."""

from __future__ import annotations

from steelyard.diagnostics.model import Language

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "total": "Total", "of": "of", "grade": "grade", "open": "open", "record": "record", "lost": "lost points",
        "nothing": "no point was lost", "given": "points given", "none given": "no points were given",
        "in total": "in the total", "reason": "reason", "authority": "under",
        "provisional": "provisional", "not final": "not final: an error finding stands against it",
        "final": "", "score": "score", "rank": "rank", "status": "status", "weight": "worth", "part": "part",
        "bonus": "bonus {name}", "penalty": "penalty {name}", "full": "of",
        "not issued": "no score is issued", "no maximum": "no maximum",
        "not assessed": "not assessed", "perhaps": "perhaps not assessed", "computed": "computed {computed}",
        "misses": "misses by {by}, below",
        "misses.above": "misses by {by}, above", "points of percent": "{by} percentage points",
        "misses.edge": "misses by nothing: equal is not enough", "none": "no rule was left out",
        "passed": "not {label}: {said}", "more": "… and {count} more, {points} in the total",
    },
    "zh": {
        "total": "总分", "of": "/", "grade": "等级", "open": "未定", "record": "对象", "lost": "失分",
        "nothing": "没有失分", "given": "计分事项", "none given": "没有计分事项", "in total": "折合总分", "reason": "理由", "authority": "依据",
        "provisional": "暂定", "not final": "非最终结果：存在错误级别的核对发现",
        "final": "", "score": "得分", "rank": "名次", "status": "状态", "weight": "折算", "part": "部分",
        "bonus": "加分项 {name}", "penalty": "减分项 {name}", "full": "满分",
        "not issued": "不予评价", "no maximum": "不设上限", "not assessed": "不考核", "perhaps": "可能不考核", "computed": "计算得分 {computed}",
        "misses": "差 {by}",
        "misses.above": "高出 {by}", "points of percent": "{by} 个百分点",
        "misses.edge": "正好相等，不算", "none": "没有未生效的规则",
        "passed": "未评为{label}：{said}", "more": "…… 另有 {count} 项，折合总分 {points}",
    },
}  # fmt: skip
