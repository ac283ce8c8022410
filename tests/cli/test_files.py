"""Files that are not there, are something else, or cannot be written."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from cli.conftest import Write
from cli.running import COMMAND, DATA, SCHEME, environment, steelyard


def test_it_names_a_missing_rule_file_and_the_one_that_was_meant(one_rule: Path, table: Path) -> None:
    run = steelyard("check", one_rule.with_name("onne.rules"))
    assert run.status == 2
    assert "C101" in run.err
    assert "one.rules" in run.err
    assert run.out == ""


def test_it_names_missing_data(one_rule: Path, tmp_path: Path) -> None:
    run = steelyard("score", one_rule, tmp_path / "none.csv")
    assert run.status == 2
    assert "C101" in run.err


def test_it_refuses_a_folder_as_rules(tmp_path: Path, table: Path) -> None:
    for args in (["check", tmp_path], ["score", tmp_path, table]):
        run = steelyard(*args)
        assert run.status == 2
        assert "C102" in run.err


def test_it_refuses_a_missing_or_foreign_trace(tmp_path: Path) -> None:
    assert "C101" in steelyard("why", tmp_path / "none.json").err
    assert "C102" in steelyard("why", tmp_path).err


def test_it_refuses_data_of_no_known_kind(one_rule: Path, write: Write) -> None:
    run = steelyard("score", one_rule, write("data.docx", "x"))
    assert run.status == 2
    assert "D103" in run.err


@pytest.mark.parametrize("option", ["-o", "--trace"])
def test_it_cannot_write_into_a_missing_folder(one_rule: Path, table: Path, tmp_path: Path, option: str) -> None:
    target = tmp_path / "no" / "such" / "folder" / "out.json"
    run = steelyard("score", one_rule, table, option, target)
    assert run.status == 2
    assert "C103" in run.err
    assert str(target) in run.err
    assert not target.parent.exists()


@pytest.mark.parametrize("option", ["-o", "--trace"])
def test_it_cannot_write_over_a_folder(one_rule: Path, table: Path, tmp_path: Path, option: str) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    run = steelyard("score", one_rule, table, option, target)
    assert run.status == 2
    assert "C103" in run.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cities.csv", "folder", "one.rules"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("form", ["text", "json"])
def test_it_says_so_where_stdout_is_full(one_rule: Path, table: Path, form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "score", str(one_rule), str(table), "--format", form],
            stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=60,
        )  # fmt: skip
    err = done.stderr.decode()
    assert done.returncode == 2
    assert "C103" in err
    assert "Traceback" not in err
    assert "Exception ignored" not in err


def test_it_replaces_a_file_whole_and_leaves_nothing_beside_it(one_rule: Path, table: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    assert steelyard("score", one_rule, table, "--format", "json", "-o", target).status == 0
    assert target.read_text(encoding="utf-8").startswith("{")
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cities.csv", "one.rules", "out.json"]


FULL_DISK = {
    "the disk takes no byte more": "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))",
    "the bytes do not reach the disk": "os.fsync = fail",
    "the new file cannot take its place": "os.replace = fail",
}
BREAK_WRITING = """
import os
def fail(*args, **kwargs):
    raise OSError(28, "No space left on device")
{broken}
from steelyard.cli.main import main
main()
"""


@pytest.mark.parametrize("broken", FULL_DISK.values(), ids=FULL_DISK)
@pytest.mark.parametrize("option", ["-o", "--trace"])
def test_it_keeps_the_old_file_where_writing_fails(
    one_rule: Path, table: Path, tmp_path: Path, broken: str, option: str
) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")
    command = (COMMAND[0], "-B", "-c", BREAK_WRITING.format(broken=broken))
    run = steelyard("score", one_rule, table, option, target, command=command)
    assert run.status == 2
    assert "C103" in run.err
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cities.csv", "one.rules", "out.json"]


def test_it_writes_result_and_trace_in_one_run(tmp_path: Path) -> None:
    result, trace = tmp_path / "r.json", tmp_path / "t.json"
    run = steelyard("score", SCHEME, DATA, "--format", "json", "-o", result, "--trace", trace)
    assert (run.status, run.out) == (0, "")
    assert "97.92" in result.read_text(encoding="utf-8")
    assert "steelyard-trace/" in trace.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "args", [["score", str(SCHEME), str(DATA)], ["explain"], ["score", str(SCHEME), str(DATA), "--format", "json"]]
)
def test_it_stops_quietly_where_the_reader_has_enough(args: list[str]) -> None:
    writer = subprocess.Popen([*COMMAND, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.readline()
    writer.stdout.close()
    err = writer.stderr.read().decode()
    writer.stderr.close()
    assert writer.wait(timeout=60) == 0
    assert err == ""


def test_it_stops_quietly_where_nobody_reads_at_all(one_rule: Path, table: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "score", str(one_rule), str(table)],
        stdout=writing, stderr=subprocess.PIPE, env=environment(), timeout=60,
    )  # fmt: skip
    os.close(writing)
    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_it_writes_into_what_is_no_file_and_does_not_replace_it(one_rule: Path, table: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    try:
        assert steelyard("score", one_rule, table, "--format", "json", "-o", pipe).status == 0
        out, _ = reader.communicate(timeout=30)
    finally:
        reader.kill()
    assert out.startswith(b"{")
    assert pipe.is_fifo()
