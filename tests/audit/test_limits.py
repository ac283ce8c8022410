"""What a level cannot know, it says it cannot know."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.corpus import Document, Sample, samples
from audit.tampering import canonical
from steelyard.audit import verify as alone
from steelyard.cli.verify import command

NOT_KNOWN = {
    "en": ("Not known: whether these are the rules.", "Not known: whether these are the data.", "Not determined by what is checked here: the engine's version"),
    "zh": ("无从知道：规则是否如此。", "无从知道：数据是否如此。", "不由这里所核验的内容决定：引擎版本"),
}  # fmt: skip


@pytest.fixture
def genuine() -> tuple[Sample, Document]:
    sample = next(one for one in samples() if one.name == "cn-fiscal-guangzhou.guangzhou-2023")
    return sample, copy.deepcopy(sample.traces[0])


def rewritten(trace: Document) -> Document:
    """A statement says something else, and rests on another article."""
    entry = next(e for e in trace["entries"] if e["kind"] == "judge")
    entry["authority"] = "第九十九条"
    entry["source"]["text"] = "从不扣分"
    return trace


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_rewritten_statement_that_moves_no_number_needs_the_rules(
    genuine: tuple[Sample, Document], language: str, tmp_path: Path
) -> None:
    sample, trace = genuine
    path = tmp_path / "trace.json"
    path.write_text(canonical(rewritten(trace)), encoding="utf-8")
    run = CliRunner().invoke(command, [str(path), "--lang", language], catch_exceptions=False)
    assert run.exit_code == 0
    for sentence in NOT_KNOWN[language]:
        assert sentence in run.output
    levels, _, unread = alone.verify(trace, sample.core)[1:]
    assert (levels, unread) == (["arithmetic", "rules"], [])
    with_rules = CliRunner().invoke(
        command, [str(path), "--rules", str(sample.rules), "--lang", language], catch_exceptions=False
    )
    assert with_rules.exit_code == 1
    assert "第九十九条" in with_rules.output and "从不扣分" in with_rules.output
    assert NOT_KNOWN[language][0] not in with_rules.output
    assert NOT_KNOWN[language][1] in with_rules.output


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_file_alone_says_the_same(
    genuine: tuple[Sample, Document], language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, trace = genuine
    path = tmp_path / "trace.json"
    path.write_text(canonical(rewritten(trace)), encoding="utf-8")
    assert alone.main([str(path), "--lang", language]) == 0
    said = capsys.readouterr().out
    for sentence in NOT_KNOWN[language]:
        assert sentence in said


def test_with_rules_and_data_only_the_version_and_the_day_are_not_known(
    genuine: tuple[Sample, Document], tmp_path: Path
) -> None:
    sample, trace = genuine
    path = tmp_path / "trace.json"
    path.write_text(canonical(trace), encoding="utf-8")
    files = ["--rules", str(sample.rules), "--data", str(sample.data), "--lang", "en"]
    run = CliRunner().invoke(command, [str(path), *files], catch_exceptions=False)
    assert run.exit_code == 0
    assert "verified (levels: arithmetic, rules, data, fresh run)" in run.output
    assert "Not " not in run.output
    assert "Determined by neither rules nor data: the engine's version, and the day" in run.output
    trace["header"]["title"] = "another title"
    path.write_text(canonical(trace), encoding="utf-8")
    run = CliRunner().invoke(command, [str(path), *files], catch_exceptions=False)
    assert run.exit_code == 1
    assert "header/title" in run.output


def test_only_the_version_and_the_day_are_not_determined(genuine: tuple[Sample, Document], tmp_path: Path) -> None:
    """They are the fields that no check at hand can see; see test_tampering.UNDETERMINED."""
    sample, trace = genuine
    path = tmp_path / "trace.json"
    trace["header"] |= {"engine": "steelyard 99"}
    path.write_text(canonical(trace), encoding="utf-8")
    files = ["--rules", str(sample.rules), "--data", str(sample.data)]
    assert CliRunner().invoke(command, [str(path), *files], catch_exceptions=False).exit_code == 0
