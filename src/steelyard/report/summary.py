"""What a batch came to, in a few lines: how many records, how they ended, between what, with which grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from steelyard.diagnostics.model import Language
from steelyard.trace.model import ResultStatus, Trace
from steelyard.trace.show import brief, show_value

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "records": "{count} records: {ends}", "final": "{count} final", "provisional": "{count} provisional",
        "not final": "{count} not final", "not issued": "{count} without a score", "and": ", ",
        "totals": "final totals from {low} to {high}, mean {mean}", "grades": "final grades: {grades}",
        "grade": "{count} × {label}", "findings": "findings: {count}", "no findings": "no findings",
    },
    "zh": {
        "records": "共 {count} 个对象：{ends}", "final": "最终 {count} 个", "provisional": "暂定 {count} 个",
        "not final": "非最终 {count} 个", "not issued": "不予评价 {count} 个", "and": "，",
        "totals": "最终总分 {low} 至 {high}，平均 {mean}", "grades": "最终等级：{grades}", "grade": "{label} {count} 个",
        "findings": "核对发现 {count} 项", "no findings": "没有核对发现",
    },
}  # fmt: skip
_ENDS: tuple[ResultStatus, ...] = ("final", "provisional", "not final", "not issued")


def summary(traces: Sequence[Trace], findings: int, language: Language) -> str:
    """Records by how they ended, the span and mean of the final totals, final grades from the best, findings."""
    words = _WORDS[language]
    ended = Counter(trace.result.status for trace in traces)
    ends = words["and"].join(words[end].format(count=ended[end]) for end in _ENDS if ended[end])
    lines = [words["records"].format(count=len(traces), ends=ends)]
    final = [trace for trace in traces if trace.result.status == "final"]
    totals = [trace.result.total for trace in final if isinstance(trace.result.total, Fraction)]
    if totals:
        low, high = (show_value(end, language) for end in (min(totals), max(totals)))
        lines.append(words["totals"].format(low=low, high=high, mean=brief(sum(totals, Fraction(0)) / len(totals))))
    grades = _grades(final, language)
    if grades:
        lines.append(words["grades"].format(grades=grades))
    lines.append(words["findings"].format(count=findings) if findings else words["no findings"])
    return "\n".join(lines)


def _grades(traces: Sequence[Trace], language: Language) -> str:
    """How many of these records have each grade of the total, from the best; nothing where the scheme has no grades."""
    words = _WORDS[language]
    of_total = [entry for trace in traces for entry in trace.entries if entry.kind == "grade" and entry.part == "total"]
    scale = dict.fromkeys(label for entry in of_total for label in entry.scale)
    given = Counter(trace.result.grade for trace in traces if trace.result.grade is not None)
    found = [words["grade"].format(label=label, count=given[label]) for label in scale if given[label]]
    return words["and"].join(found)
