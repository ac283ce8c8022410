"""Reports to audit: the Guangzhou figures as they are printed, and a copy in which everything agrees."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from steelyard.core.nodes import Program
from steelyard.data.model import Records
from steelyard.diagnostics.model import Diagnostic, Language
from steelyard.pipeline import load, load_bytes, score_each
from steelyard.reverse import audit, read_figures
from steelyard.reverse.composition import parts_of
from steelyard.reverse.model import Audit, Finding
from steelyard.reverse.tell import sentence

ROOT = Path(__file__).parents[2]
GUANGZHOU = ROOT / "rules" / "guangzhou-2023"
FIGURES = GUANGZHOU / "figures.yaml"

MENDED = [
    ("等级: 优秀", "等级: 优"),
    ('值: "2,057.85"', '值: "1,918.02"'),
    ('值: "39.7"', '值: "39.70"'),
    ('值: "1,255.7"', '值: "1,225.70"'),
    ('值: "1,255.70"', '值: "1,225.70"'),
    ('值: "1,225.7"', '值: "1,225.70"'),
    ('值: "≥2,000次"', '值: "≥2000次"'),
    ("值: 约 8218 次", "值: 8218次"),
    ("值: 不少于4类", '值: "≥4类"'),
    ("值: 达 90%", '值: "≥90%"'),
    ("值: 达90%", '值: "≥90%"'),
    ("值: 不低于90%", '值: "≥90%"'),
    ("值: 通过等保三级测评", "值: 是"),
    ("值: 四个项目均通过三级测评", "值: 是"),
    ("值: 完成全流程的数据库设计说明书", "值: 是"),
    ("值: 通过项目初步验收", "值: 是"),
    ("值: 通过专家验收", "值: 是"),
    (
        "      - {值: 95.22%, 所指: 网上提捕案件率, 位置: 四（二）3}\n      - {值: 95.02%, 所指: 移送审查, 位置: 四（二）3}",
        "      - {值: 95.02%, 范围: 认罪认罚盗窃案件, 位置: 四（二）3}",
    ),
    ("- 项目应用成果类绩效指标设置不足。", "- {内容: 应用成果类指标设置不足。, 扣分: 0.20}"),
    ("- 可量化绩效指标设置的科学性有待提升。", "- {内容: 可量化指标偏少。, 扣分: 0.13}"),
    ("- 案件信息实时共享和高效流转率有待进一步提升。", "- {内容: 信息共享率有待提升。, 扣分: 0.18}"),
    ("- 全业务协同仍有提升空间。", "- {内容: 协同仍有空间。, 扣分: 0.10}"),
    ("150%以上。, 涉及: 月平均协同业务量}", "150%以上。, 涉及: 月平均协同业务量, 扣分: 0.50}"),
    ("- 绩效指标设置的科学性、合理性有待提升。", "- {内容: 年中监控次数不足。, 扣分: 0.67}"),
    ("- 绩效运行监控及偏差调整纠正不及时。", "- {内容: 偏差纠正不及时。, 扣分: 0.50}"),
    (
        "- {项目: 项目结果绩效, 权重: 60%, 位置: 三（二）、四（二）, 所据: [月平均协同业务量]}",
        "- {项目: 项目结果绩效, 分值: 100, 得分: 98.05, 权重: 60%, 位置: 四（二）, 扣分: 1.95, 扣分原因: 验收材料不全。}",
    ),
    ("项目过程管理, 项目绩效管理, 项目应用管理]", "项目过程管理, 项目绩效管理]"),
    ("说法:", "规则:\n  - {内容: 指标实现值超过年初值150%以上的，扣 0.5 分, 位置: 三（二）}\n\n说法:"),
]
"""What has to be changed for the report to agree with itself: each contradiction has its mending here."""


def mended() -> dict[str, Any]:
    """The mended copy, as a tree of texts."""
    text = FIGURES.read_text(encoding="utf-8")
    for old, new in MENDED:
        assert old in text, old
        text = text.replace(old, new)
    tree: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return tree


@cache
def guangzhou() -> Program:
    program = load(GUANGZHOU / "scheme.rules").program
    assert program is not None
    return program


def program_of(rules: str) -> Program:
    loaded = load_bytes("scheme.rules", rules.encode())
    assert loaded.program is not None, loaded.diagnostics
    return loaded.program


def read(program: Program, path: Path, language: Language = "en") -> tuple[Audit | None, tuple[Diagnostic, ...]]:
    """The audit of a file of figures, or what is wrong with the file."""
    parts = parts_of(program)
    figures, diagnostics = read_figures(path, parts, [t for t in (program.title, program.name) if t], language)
    if figures is None:
        return None, diagnostics
    return audit(program, parts, figures, lambda r: next(iter(score_each(program, Records((r,), ()))))), diagnostics


def audited(program: Program, figures: object, folder: Path) -> Audit:
    path = folder / "figures.json"
    path.write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")
    found, diagnostics = read(program, path)
    assert found is not None, diagnostics
    return found


def told(finding: Finding) -> str:
    """Everything a finding says, in one text."""
    places = (f"{place.name} {place.text} {place.where}" for place in finding.places)
    return "\n".join([sentence(finding, "zh"), *finding.sums, *places])
