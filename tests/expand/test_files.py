"""Other files: what `use` takes from them, and what no path opens."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from expand.expanding import amounts, codes, day, in_folder, number, open_main
from steelyard.diagnostics.render import render, to_json
from steelyard.expand.expand import expand
from steelyard.expand.gather import COUNT, DEPTH
from steelyard.source import Source
from steelyard.syntax.parser import parse
from steelyard.syntax.reading import RULE_FILE_LIMIT

SHARED = 'parameter base = 5\ntable rates by kind\n  "a" : 1\ndefine twice(x) = 2 * x * base\n'


def use(written: str) -> str:
    return f'use "{written}"\ndeduct base\n'


def test_parameters_tables_and_functions_of_another_file(tmp_path: Path) -> None:
    found = in_folder(tmp_path, main='use "rates.rules"\ndeduct base + rates(k) + twice(y)\n', rates=SHARED)
    assert codes(found) == []
    assert [source.name for source in found.sources] == ["rates.rules"]
    assert all(source.digest for source in found.sources)


def test_a_path_begins_at_the_file_that_says_it(tmp_path: Path) -> None:
    found = in_folder(
        tmp_path,
        main='use "common/all.rules"\ndeduct base + edge\n',
        common__all='use "rates.rules"\nuse "../other.rules"\n',
        common__rates="parameter base = 5\n",
        other="parameter edge = 3\n",
    )
    assert codes(found) == []
    assert [source.name for source in found.sources] == ["common/all.rules", "common/rates.rules", "other.rules"]


def test_a_file_that_two_others_use_comes_in_once(tmp_path: Path) -> None:
    found = in_folder(
        tmp_path,
        main='use "a.rules"\nuse "b.rules"\nuse "rates.rules"\ndeduct base\n',
        a='use "rates.rules"\n',
        b='use "rates.rules"\n',
        rates="parameter base = 5\n",
    )
    assert codes(found) == []
    assert [number(amount) for amount in amounts(found)] == ["5"]


def test_dates_of_other_files_count_too(tmp_path: Path) -> None:
    rates = "parameter base\n  from 2021-01-01 : 1\n  from 2023-01-01 : 2\n"
    found = in_folder(tmp_path, day("2022-05-01"), main=use("rates.rules"), rates=rates)
    assert [number(amount) for amount in amounts(found)] == ["1"]
    assert codes(open_main(tmp_path)) == ["N143"]


@pytest.mark.parametrize(
    "content",
    [
        "deduct 1\n", "criterion a, 5 points\n  deduct 1\n", "scheme a\n", "input\n  a : number\n",
        'example "a"\n  given a = 1\n  expect total = 1\n', 'grade\n  "a" from 0\n',
    ],
)  # fmt: skip
def test_a_file_that_is_used_holds_definitions_alone(tmp_path: Path, content: str) -> None:
    assert "N136" in codes(in_folder(tmp_path, main=use("rates.rules"), rates=f"parameter base = 5\n{content}"))


def test_a_used_file_may_say_its_version(tmp_path: Path) -> None:
    found = in_folder(tmp_path, main=use("rates.rules"), rates="steelyard 1\nparameter base = 5\n")
    assert codes(found) == []


def test_mistakes_of_another_file_are_shown_in_its_text(tmp_path: Path) -> None:
    found = in_folder(tmp_path, main=use("rates.rules"), rates="parameter base = 5\n\ndefine f(x) = x + rate\n")
    (diagnostic,) = found.parsed.diagnostics
    assert "rates.rules:3:19\n3 | define f(x) = x + rate" in render([diagnostic], "en")
    assert to_json(diagnostic, "en")["file"] == "rates.rules"


def test_a_mistake_in_the_text_of_another_file_is_told_once(tmp_path: Path) -> None:
    found = in_folder(
        tmp_path, main='use "a.rules"\nuse "b.rules"\ndeduct base\n', a='use "rates.rules"\n', b='use "rates.rules"\n',
        rates="parameter base = 5\nparameter = 3\n",
    )  # fmt: skip
    assert len(codes(found)) == 1


# ---- circles and depths


def test_a_circle_is_an_error(tmp_path: Path) -> None:
    found = in_folder(tmp_path, main='use "a.rules"\ndeduct 1\n', a='use "b.rules"\n', b='use "a.rules"\n')
    assert codes(found) == ["N133"]
    assert found.broken
    (diagnostic,) = found.parsed.diagnostics
    assert diagnostic.facts["way"] == "a.rules → b.rules → a.rules"


@pytest.mark.parametrize("name", ["main.rules", "./main.rules", "sub/../main.rules"])
def test_a_file_does_not_use_itself(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    assert codes(in_folder(tmp_path, main=f'use "{name}"\ndeduct 1\n')) == ["N133"]


def test_files_lie_only_so_deep(tmp_path: Path) -> None:
    files = {f"f{i}": f'use "f{i + 1}.rules"\n' for i in range(DEPTH + 2)} | {f"f{DEPTH + 2}": "parameter a = 1\n"}
    assert codes(in_folder(tmp_path, main='use "f3.rules"\ndeduct a\n', **files)) == []
    assert codes(in_folder(tmp_path, main='use "f0.rules"\ndeduct a\n', **files)) == ["N134"]


def test_there_are_only_so_many(tmp_path: Path) -> None:
    files = {f"f{i}": f"parameter a{i} = 1\n" for i in range(COUNT + 20)}
    text = "".join(f'use "f{i}.rules"\n' for i in range(COUNT + 20)) + "deduct 1\n"
    assert set(codes(in_folder(tmp_path, main=text, **files))) == {"N134"}


def test_many_ways_to_the_same_files_end_in_time(tmp_path: Path) -> None:
    """Each file uses all behind it: 2^n ways, n files."""
    files = {f"f{i}": "".join(f'use "f{j}.rules"\n' for j in range(i + 1, 30)) for i in range(29)}
    files["f29"] = "parameter a = 1\n"
    began = time.process_time()
    found = in_folder(tmp_path, main='use "f0.rules"\ndeduct 1\n', **files)
    assert time.process_time() - began < 2
    assert set(codes(found)) <= {"N134"}


# ---- hostile paths


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A folder with the rules in it, and beside it what is none of their business."""
    (tmp_path / "secret.rules").write_text("parameter base = 1\n")
    inside = tmp_path / "rules"
    inside.mkdir()
    return inside


@pytest.mark.parametrize(
    "written",
    [
        "../secret.rules", "sub/../../secret.rules", "./../secret.rules", "../rules/../secret.rules", "/etc/passwd",
        "//etc/passwd", "..", "../", "C:/secret.rules", "C:secret.rules", "\\\\host\\share", "..\\secret.rules",
        "sub/../../../../../../../../etc/passwd", "", " ", "file:///etc/passwd", "~/../../secret.rules",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(secret: Path, written: str) -> None:
    (secret / "sub").mkdir()
    found = in_folder(secret, main=f"use “{written}”\ndeduct 1\n")
    assert set(codes(found)) <= {"N130", "N131", "N132", "S101", "S102", "S105", "S201"}, render(
        found.parsed.diagnostics, "en"
    )
    assert codes(found)
    assert found.sources == ()


def test_an_absolute_path_into_the_folder_is_refused_too(secret: Path) -> None:
    (secret / "rates.rules").write_text("parameter base = 1\n")
    assert codes(in_folder(secret, main=use(str(secret / "rates.rules")))) == ["N131"]


def test_no_link_leads_out_of_the_folder(secret: Path) -> None:
    (secret / "link.rules").symlink_to(secret.parent / "secret.rules")
    (secret / "up").symlink_to(secret.parent)
    for written in ("link.rules", "up/secret.rules"):
        assert codes(in_folder(secret, main=use(written))) == ["N131"]


def test_a_link_inside_the_folder_is_followed(secret: Path) -> None:
    (secret / "rates.rules").write_text("parameter base = 1\n")
    (secret / "link.rules").symlink_to("rates.rules")
    found = in_folder(secret, main='use "link.rules"\nuse "rates.rules"\ndeduct base\n')
    assert codes(found) == []
    assert [source.name for source in found.sources] == ["rates.rules"]


def test_links_in_a_circle_are_no_file(secret: Path) -> None:
    (secret / "a.rules").symlink_to("b.rules")
    (secret / "b.rules").symlink_to("a.rules")
    assert codes(in_folder(secret, main=use("a.rules"))) == ["N132"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_never_waited_for(secret: Path) -> None:
    os.mkfifo(secret / "pipe.rules")
    assert codes(in_folder(secret, main=use("pipe.rules"))) == ["N132"]


def test_a_folder_is_no_file(secret: Path) -> None:
    (secret / "sub.rules").mkdir()
    assert codes(in_folder(secret, main=use("sub.rules"))) == ["N132"]


def test_a_name_that_no_system_takes_is_no_file(secret: Path) -> None:
    assert codes(in_folder(secret, main=use("a" * 5_000))) == ["N132"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(secret: Path) -> None:
    path = secret / "rates.rules"
    path.write_text("parameter base = 1\n")
    path.chmod(0)
    assert codes(in_folder(secret, main=use("rates.rules"))) == ["N132"]


def test_the_name_that_was_meant_is_suggested_from_the_folder_alone(secret: Path) -> None:
    (secret / "rates.rules").write_text("parameter base = 1\n")
    found = in_folder(secret, main=use("rate.rules"))
    assert codes(found) == ["N130"]
    assert found.parsed.diagnostics[0].fixes[0].facts["name"] == "rates.rules"
    assert in_folder(secret, main=use("secre.rules")).parsed.diagnostics[0].fixes == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"#" * (RULE_FILE_LIMIT + 1), "S213"), (b"\x89PNG\xff", "S214"), ("参数 基准 = 1".encode("gb18030"), "S215")],
)
def test_limits_of_rule_files_hold_for_others_too(secret: Path, content: bytes, code: str) -> None:
    (secret / "rates.rules").write_bytes(content)
    found = in_folder(secret, main=use("rates.rules"))
    assert codes(found) == [code]
    assert "main.rules:1" in render(found.parsed.diagnostics, "en")


def test_rules_without_a_folder_use_no_file() -> None:
    assert codes(expand(parse(Source.from_text("main.rules", use("rates.rules"))))) == ["N135"]
