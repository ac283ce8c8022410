"""Rule files that people wrote, written out again in either language."""

from __future__ import annotations

from pathlib import Path

import pytest

from language.examples import Case, pages
from steelyard.diagnostics.model import Language
from steelyard.expand.files import Folder
from steelyard.pipeline import load_source
from steelyard.source import Source
from steelyard.syntax.parser import parse
from steelyard.unparse.files import unparse

ROOT = Path(__file__).parents[2]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
FILES = [*sorted((ROOT / "rules").rglob("*.rules")), *sorted((ROOT / "tests/conformance/samples").glob("*.rules"))]
CASES = [case for page in pages() for case in page.cases if "wrong" not in case.rules.words]


def _same(text: str, folder: Path, name: str = "s.rules") -> None:
    """Written in either language it loads to the same core."""
    source = Source.from_text(name, text)
    first = load_source(source, "latest", Folder.of(folder / name))
    if first.program is None:
        return  # Parameters for other files, or a mistake that is shown.
    for language in LANGUAGES:
        written = unparse(parse(source).file, language)
        again = load_source(Source.from_text(name, written), "latest", Folder.of(folder / name))
        assert again.program is not None, f"{[(d.code, dict(d.facts)) for d in again.diagnostics]}\n{written}"
        assert again.program.digest == first.program.digest, written


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_scheme_of_the_library_stays_what_it_is(path: Path) -> None:
    _same(path.read_text(encoding="utf-8"), path.parent, path.name)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_example_of_the_documentation_stays_what_it_is(case: Case, tmp_path: Path) -> None:
    for block in case.beside:
        (tmp_path / block.name).write_text(block.text, encoding="utf-8")
    _same(case.rules.text, tmp_path)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("deduct 1 if a or b and not c, or 0 if missing", "a 或者 b 并且 非 c 的，扣 1 分，缺失时按 0 分计算"),
        ("deduct (a - b) * 2 - (a + b) / -c", "扣 (a - b) * 2 - (a + b) / -c 分"),
        (
            "deduct 0.5 for every started 1 percentage point that rate is below 95%, up to 5",
            "rate 每低于 95% 1 个百分点，扣 0.5 分，不足 1 个百分点 按 1 个百分点 计算，最多扣 5 分",
        ),
        ("deduct 1 for each found in faults where found.big, as late", "faults 中每有 1 found，其中 found.big，扣 1 分，记为 late"),
        ("score round(a, 2, half even) * points", "得 四舍五入(a，2，四舍六入五成双) * 满分 分"),
        ("zero total if a is missing", "a 缺失 的，一票否决"),
        ("skip if a is not applicable, giving full points", "a 不适用 的，不考核，计满分"),
        ('grade not "A" if a in ["x", "y"]', "a 属于 [“x”、“y”] 的，不得评为 “A”"),
        ("award 5 if a, otherwise 4", "a 的，加 5 分，其余 4 分"),
        ("check a within 30 days of b, warn", "核对 a 在 b 后 30 日内，提示"),
        ("let x = sum(r.v * 2 for r in L where r.ok, ignoring missing)", "设 x = 合计(r.v * 2 对 L 中每个 r 其中 r.ok，忽略缺失)"),
    ],
)  # fmt: skip
def test_a_line_in_both_languages(english: str, chinese: str) -> None:
    for text in (english, chinese):
        file = parse(Source.from_text("s.rules", text + "\n")).file
        written = tuple(
            unparse(file, language).strip().replace("`", "").replace("「", "").replace("」", "")
            for language in LANGUAGES
        )
        assert written == (english, chinese)


@pytest.mark.parametrize(
    "name", ["points", "a 的 b", "每月数", "2023年预算", "if", "得分", "不含税价", "a·b", "total", "中标"]
)
def test_a_name_stays_a_name_whatever_words_it_holds(name: str) -> None:
    text = f"input\n  「{name}」 : number\ncriterion c, 100 points\n  deduct 「{name}」 if 「{name}」 > 2, up to 3\n"
    file = parse(Source.from_text("s.rules", text)).file
    for language in LANGUAGES:
        again = parse(Source.from_text("s.rules", unparse(file, language)))
        assert not again.diagnostics
        assert (again.file.inputs, again.file.parts) == (file.inputs, file.parts)


@pytest.mark.parametrize("text", ["plain", 'with "these"', "with “those”", "《办法》第十二条", "{a} and {{b}}", ""])
def test_a_text_stays_a_text_whatever_quotes_it_holds(text: str) -> None:
    source = Source.from_text("s.rules", f"check a = 1\n  because ＂{text}＂\n")
    file = parse(source).file
    for language in LANGUAGES:
        assert parse(Source.from_text("s.rules", unparse(file, language))).file == file
