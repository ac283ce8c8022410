"""Every diagnostic code has a page, and its examples give what it says.

A page has a section in each language, each with examples of the mistake and of the same thing done right:

    ```rules wrong             a rule file that gives the page's code
    ```rules right             the same, mended: no error, and not that code

A code about data or about a score has a rule file first, then its data:

    ```rules
    ```csv data.csv wrong      also json, yaml; several blocks make one data set, a folder if there is a records.csv
    ```csv data.csv right      a block without either word belongs to both

A code of the command line has a console. What the page shows must be the output, word for word (`STEELYARD_BLESS=1`
writes it into the page):

    ```console
    $ steelyard check missing.rules

What Markdown cannot hold (bytes, hidden characters, huge files) is made here, by the tables below.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from language.examples import ROOT, Block, blocks, write_data, write_files
from steelyard.cli.explain import section
from steelyard.diagnostics.catalogue import CATALOGUE
from steelyard.diagnostics.model import Diagnostic, Severity
from steelyard.diagnostics.render import render
from steelyard.diagnostics.wording import severity_of
from steelyard.pipeline import load_bytes, read_data, score

PAGES = ROOT / "docs" / "diagnostics"
CODES = sorted(path.stem for path in PAGES.glob("*.md"))
LANGUAGES = {"en": "## English", "zh": "## 中文"}
RULES_OF_A_TABLE = "input\n  area : number\n\ncriterion a, 100 points\n  deduct 1 if area < 50\n"

MADE_RULES: dict[str, bytes] = {
    "S104": "criterion visits, 100 points\n  deduct 2 if visi\u200bts < 4\n".encode(),
    "S206": b"criterion a, 100 points\n" + b"  deduct 1 if a > 1\n" * 40_001,
    "S213": b"# a line\n" * 120_000,
    "S214": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "W138": (
        "input\n  a : number, from 0 to 2000\n  b : number, from 0 to 2000\n\nscore by a, b\n"
        + "".join(f"  from {i} to below {i + 600}, from {i} to below {i + 600} : 1\n" for i in range(700))
        + "  otherwise : 0\n"
    ).encode(),
    "S215": "评分项 人员配备，100 分\n  医生数 < 1 的，扣 10 分\n".encode("gb18030"),
}
"""Rule files that no page can show."""


def _write(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def _folder(**tables: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        for name, content in tables.items():
            (folder / f"{name}.csv").write_bytes(content)
        return folder

    return make


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "data.csv")
    return folder / "data.csv"


def _link(folder: Path) -> Path:
    outside, inside = folder / "elsewhere.csv", folder / "data"
    outside.write_text("key,area\na,40\n")
    inside.mkdir()
    (inside / "records.csv").symlink_to(outside)
    return inside


def _sparse(folder: Path) -> Path:
    path = folder / "data.csv"
    with path.open("wb") as file:
        file.truncate(64 * 2**20 + 1)
    return path


MADE_DATA: dict[str, Callable[[Path], Path]] = {
    "D101": lambda folder: folder / "data.csv",
    "D102": _pipe,
    "D104": _sparse,
    "D105": _write("data.csv", b"key,area\na\xff,40\n"),
    "D106": _write("data.csv", "编号,area\n甲村,40\n".encode("gb18030")),
    "D107": _write("data.csv", b"key,area\na\0,40\n"),
    "D108": _write("data.csv", b"key,area\n" + b"," * 8_000_001),
    "D109": _link,
    "D111": _folder(),
    "D117": _write("data.json", b"[" * 101 + b"]" * 101),
    "D126": _write("data.csv", b"key,area\n" + b"".join(b"r%d,\n" % i for i in range(1_100))),
    "D127": _write("data.csv", b"key,area\na," + b"4" * 1_000_001 + b"\n"),
    "D130": _write("data.csv", b",".join(b"c%d" % i for i in range(16_385)) + b"\n"),
}
"""Data that no page can show, for `RULES_OF_A_TABLE`."""

WITHOUT_EXAMPLE = {"C132", "C161", "C199", "F207"}
"""A library that lacks something (tests/seal) and an error of the program itself cannot be asked for; a quarter of a
million rows, or a million scores, would take seconds (tests/scalar, tests/questions)."""


def page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def sections(code: str) -> Iterator[tuple[str, list[Block]]]:
    for language in LANGUAGES:
        yield language, list(blocks(section(page(code), language)))


# ---- every code has a page of the right shape


def test_codes_and_pages_are_the_same() -> None:
    assert sorted(CATALOGUE) == CODES


@pytest.mark.parametrize("code", CODES)
def test_page_has_its_title_and_both_languages(code: str) -> None:
    text, title = page(code), CATALOGUE[code].title
    assert text.partition("\n")[0] == f"# {code} · {title.en} · {title.zh}"
    assert re.findall(r"(?m)^## .*", text) == list(LANGUAGES.values())


@pytest.mark.parametrize("code", sorted(set(CODES) - WITHOUT_EXAMPLE))
def test_each_language_has_an_example(code: str) -> None:
    made = code in {**MADE_RULES, **MADE_DATA}
    for language, found in sections(code):
        shown = {block.kind for block in found} | {word for block in found for word in block.words}
        assert "console" in shown or made or {"wrong", "right"} <= shown, f"{code} {language}: {shown}"


# ---- rule files


def rule_blocks() -> Iterator[object]:
    for code in CODES:
        for language, found in sections(code):
            for block in found:
                if block.kind == "rules" and {"wrong", "right"} & set(block.words):
                    word = "wrong" if "wrong" in block.words else "right"
                    yield pytest.param(code, block, word, id=f"{code}-{language}-{block.line}-{word}")


@pytest.mark.parametrize(("code", "block", "word"), list(rule_blocks()))
def test_rules(code: str, block: Block, word: str) -> None:
    _judge(code, word, load_bytes(block.name, block.text.encode()).diagnostics)


@pytest.mark.parametrize("code", sorted(MADE_RULES))
def test_rules_that_no_page_can_show(code: str) -> None:
    _judge(code, "wrong", load_bytes("made.rules", MADE_RULES[code]).diagnostics)


# ---- data


def data_sets() -> Iterator[object]:
    for code in CODES:
        for language, found in sections(code):
            rules: Block | None = None
            data: list[Block] = []
            for block in [*found, Block("rules", (), "", 0)]:
                if block.kind != "rules":
                    data.append(block)
                    continue
                if rules is not None:
                    for word in ("wrong", "right"):
                        chosen = tuple(b for b in data if word in b.words or not {"wrong", "right"} & set(b.words))
                        if any(word in b.words for b in chosen):
                            yield pytest.param(code, rules, chosen, word, id=f"{code}-{language}-{rules.line}-{word}")
                rules, data = (None if {"wrong", "right"} & set(block.words) else block), []


@pytest.mark.parametrize(("code", "rules", "data", "word"), list(data_sets()))
def test_data(code: str, rules: Block, data: tuple[Block, ...], word: str, tmp_path: Path) -> None:
    _judge(code, word, _score(rules.text, write_data(data, tmp_path)))


@pytest.mark.parametrize("code", sorted(MADE_DATA))
def test_data_that_no_page_can_show(code: str, tmp_path: Path) -> None:
    _judge(code, "wrong", _score(RULES_OF_A_TABLE, MADE_DATA[code](tmp_path)))


def _score(rules: str, data: Path) -> tuple[Diagnostic, ...]:
    loaded = load_bytes("scheme.rules", rules.encode())
    assert loaded.program is not None, render(loaded.diagnostics, "en")
    records = read_data(loaded.program, data)
    scored = score(loaded.program, records)
    return (*scored.findings, *(finding for trace in scored.traces for finding in trace.findings))


def _judge(code: str, word: str, diagnostics: tuple[Diagnostic, ...]) -> None:
    told = render(diagnostics[:20], "zh")
    codes = [diagnostic.code for diagnostic in diagnostics]
    if word == "wrong":
        assert code in codes, told
        errors = {d.code for d in diagnostics if severity_of(d) is Severity.ERROR}
        assert errors <= {code}, f"an example shows one mistake\n{told}"
    else:
        assert code not in codes, told
        assert not [d for d in diagnostics if severity_of(d) is Severity.ERROR], told


# ---- the command line


def consoles() -> Iterator[object]:
    for code in CODES:
        for language, found in sections(code):
            if any(block.kind == "console" for block in found):
                yield pytest.param(code, language, found, id=f"{code}-{language}")


@pytest.mark.parametrize(("code", "language", "found"), list(consoles()))
def test_console(code: str, language: str, found: list[Block], tmp_path: Path) -> None:
    write_files(tuple(block for block in found if block.kind != "console"), tmp_path)
    said = ""
    for block in found:
        if block.kind != "console":
            continue
        ran = "".join(f"$ {command}\n{_run(command, tmp_path)}" for command in re.findall(r"(?m)^\$ (.*)", block.text))
        said += ran
        if os.environ.get("STEELYARD_BLESS"):
            (PAGES / f"{code}.md").write_text(page(code).replace(block.text, ran), encoding="utf-8")
        else:
            assert ran == block.text
    assert f"[{code}]" in said


def _run(command: str, folder: Path) -> str:
    arguments = shlex.split(command)
    assert arguments.pop(0) == "steelyard"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("STEELYARD")}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    run = [sys.executable, "-c", "from steelyard.cli.main import main; main()", *arguments]
    done = subprocess.run(
        run, cwd=folder, env=environment, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False,
    )  # fmt: skip
    return done.stdout
