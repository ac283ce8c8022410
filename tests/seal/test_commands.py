"""The commands of a seal as a user calls them: what they write, what they say, their status."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from seal.conftest import Traces
from steelyard.cli.main import main
from steelyard.cli.seal import Seals
from steelyard.seal.batch import Head, Receipt, encode_head, encode_receipt
from steelyard.seal.documents import as_file, canonical_bytes
from steelyard.seal.hashes import digest_of
from steelyard.seal.merkle import leaf_hash

Out = pytest.CaptureFixture[str]
FIELDS = [word for field in ("rate", "supplier", ":people", ":record") for word in ("--redactable", field)]


def run(capsys: Out, *args: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        main([str(arg) for arg in args])
    said = capsys.readouterr()
    assert "Traceback" not in said.err and "C199" not in said.err, said.err
    status = left.value.code
    assert isinstance(status, int)
    return status, said.out, said.err


def done(capsys: Out, *args: str | Path) -> str:
    status, out, err = run(capsys, *args)
    assert (status, err) == (0, ""), err
    return out


@pytest.fixture
def sealed(folder: Path, capsys: Out) -> Path:
    """A batch with a signed head, a secret and the full receipt of its first record."""
    done(capsys, "seal", "secret", "secret")
    done(capsys, "seal", "keygen", "issuer")
    done(capsys, "seal", "head", "traces.jsonl", *FIELDS, "--secret", "secret", "-o", "head.json")
    done(capsys, "seal", "sign", "head.json", "--key", "issuer.pem")
    done(
        capsys,
        "seal",
        "receipt",
        "traces.jsonl",
        "--head",
        "head.json",
        "--record",
        "North",
        "--secret",
        "secret",
        "-o",
        "r.json",
    )
    return folder


def change(file: Path, **members: object) -> Path:
    document = json.loads(file.read_bytes())
    changed = file.with_name("changed.json")
    changed.write_text(json.dumps({**document, **members}), encoding="utf-8")
    return changed


def test_from_batch_to_verified_receipt(sealed: Path, capsys: Out) -> None:
    out = done(capsys, "seal", "check", "r.json", "--head", "head.json", "--key", "issuer.pub.pem")
    assert out == "verified: record 1 of the 5 that were sealed (North)\n  signed with the key of issuer.pub.pem\n"
    out = done(capsys, "seal", "check", "r.json", "--head", "head.json", "--lang", "zh")
    assert out == "核对无误：封存的 5 个对象中的第 1 个（North）\n  未核对签名（没有给出 --key）\n"
    assert "all 5 traces" in done(capsys, "seal", "check", "traces.jsonl", "--head", "head.json", "--secret", "secret")
    assert "verified" in done(capsys, "seal", "verify", "head.json", "--key", "issuer.pub.pem")


def test_a_receipt_shows_nothing_of_the_others(sealed: Path) -> None:
    text = (sealed / "r.json").read_text(encoding="utf-8")
    assert "North" in text
    for word in ("South", "East", "Centre", "Beta", "Gamma"):
        assert word not in text


def test_a_redacted_receipt_still_verifies_and_gives_its_trace(sealed: Path, capsys: Out) -> None:
    out = done(capsys, "seal", "redact", "r.json", "--redact", "rate", "--redact", ":record", "-o", "less.json")
    assert "rate: value" in out and "money#1" in out and "scores of: money, best, total" in out
    out = done(
        capsys, "seal", "check", "less.json", "--head", "head.json", "--key", "issuer.pub.pem", "--trace", "t.json"
    )
    assert "its key is hidden" in out and "hidden, " in out
    trace = json.loads((sealed / "t.json").read_bytes())
    assert set(trace["header"]["record"]) == set(trace["cells"][0]["value"]) == {"redacted"}
    assert re.fullmatch("[0-9a-f]{64}", trace["header"]["record"]["redacted"])
    out = done(capsys, "seal", "redact", "r.json", "--redact", "rate", "-o", "less.json", "--lang", "zh")
    assert "rate：数值" in out and "可能据此推出原值" in out


def test_the_issuer_hides_at_once_what_a_holder_hides_later(sealed: Path, capsys: Out) -> None:
    done(capsys, "seal", "redact", "r.json", "--redact", "rate", "-o", "later.json")
    done(
        capsys, "seal", "receipt", "traces.jsonl", "--head", "head.json", "--number", "1", "--secret", "secret",
        "--redact", "rate", "-o", "once.json",
    )  # fmt: skip
    assert (sealed / "once.json").read_bytes() == (sealed / "later.json").read_bytes()


def test_what_a_record_does_not_have_is_no_error_and_is_told(sealed: Path, capsys: Out) -> None:
    """So that one command makes the receipts of all records: South has no exemption, and nobody who approved one."""
    call = ("seal", "receipt", "traces.jsonl", "--head", "head.json", "--secret", "secret", "-o", "south.json")
    out = done(capsys, *call, "--record", "South", "--redact", ":人员")
    assert out == "receipt: record 2, South\n  nothing to hide of: :人员\n"
    again = done(capsys, "seal", "redact", "south.json", "--redact", ":people", "-o", "x.json")
    assert again == "receipt:\n  nothing to hide of: :people\n"


def test_sealing_twice_gives_the_same_bytes(sealed: Path, capsys: Out) -> None:
    done(capsys, "seal", "head", "traces.jsonl", *FIELDS, "--secret", "secret", "-o", "again.json")
    done(capsys, "seal", "sign", "again.json", "--key", "issuer.pem")
    for first, second in (("head.json", "again.json"), ("head.json.sig", "again.json.sig")):
        assert (sealed / first).read_bytes() == (sealed / second).read_bytes()


def test_a_head_goes_to_stdout_and_layout_does_not_count(folder: Path, traces: Traces, capsys: Out) -> None:
    first = done(capsys, "seal", "head", "traces.jsonl")
    spaced = "\r\n\n".join(json.dumps(trace, indent=None, separators=(" , ", " : ")) for trace in traces)
    (folder / "spaced.jsonl").write_text(spaced, encoding="utf-8")
    assert done(capsys, "seal", "head", "spaced.jsonl") == first
    head = json.loads(first)
    assert list(head) == ["format", "hash", "redactable", "root", "size"] and head["size"] == 5


def test_sm3_all_the_way(folder: Path, capsys: Out) -> None:
    done(capsys, "seal", "secret", "secret")
    done(capsys, "seal", "head", "traces.jsonl", "--hash", "sm3", *FIELDS, "--secret", "secret", "-o", "head.json")
    done(capsys, "seal", "receipt", "traces.jsonl", "--head", "head.json", "--number", "5", "--secret", "secret",
         "--redact", "rate", "-o", "r.json")  # fmt: skip
    assert "record 5" in done(capsys, "seal", "check", "r.json", "--head", "head.json")
    assert json.loads((folder / "r.json").read_bytes())["hash"] == "sm3"


# ---- what does not verify: status 1, claimed and found


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"index": 1}, "root: claimed"),
        ({"index": 5}, "place of the record, of so many: claimed 6, found 5"),
        ({"size": 4}, "records: claimed 5, found 4"),
        ({"path": []}, "steps of the proof: claimed 3, found 0"),
        ({"path": ["0" * 64] * 3}, "root: claimed"),
        ({"hash": "sm3"}, "hash function: claimed sha256, found sm3"),
        ({"salts": {}}, "root: claimed"),
    ],
    ids=str,
)
def test_a_receipt_that_was_changed(sealed: Path, capsys: Out, members: dict[str, object], said: str) -> None:
    changed = change(sealed / "r.json", **members)
    status, out, err = run(capsys, "seal", "check", changed, "--head", "head.json")
    assert (status, err) == (1, "")
    assert "does not verify" in out and said in out
    status, out, _ = run(capsys, "seal", "check", changed, "--head", "head.json", "--lang", "zh")
    assert status == 1 and "核对不符" in out and "声称" in out and "实为" in out


def test_no_trace_is_written_of_what_does_not_verify(sealed: Path, capsys: Out) -> None:
    changed = change(sealed / "r.json", index=1)
    assert run(capsys, "seal", "check", changed, "--head", "head.json", "--trace", "t.json")[0] == 1
    assert not (sealed / "t.json").exists()


def test_a_batch_that_was_changed(sealed: Path, capsys: Out) -> None:
    lines = (sealed / "traces.jsonl").read_bytes().splitlines(keepends=True)
    for name, content, what in (
        ("fewer", lines[:-1], "records: claimed 5, found 4"),
        ("swapped", [lines[1], lines[0], *lines[2:]], "root: claimed"),
        ("edited", [lines[0].replace(b'"record":"North"', b'"record":"Nortn"'), *lines[1:]], "root: claimed"),
    ):
        (sealed / name).write_bytes(b"".join(content))
        status, out, _ = run(capsys, "seal", "check", name, "--head", "head.json", "--secret", "secret")
        assert content != lines
        assert status == 1 and what in out, name
    status, out, _ = run(
        capsys, "seal", "receipt", "fewer", "--head", "head.json", "--number", "1", "--secret", "secret", "-o", "x.json"
    )
    assert status == 1 and "is not what was sealed" in out and not (sealed / "x.json").exists()


def test_a_signature_of_another(sealed: Path, capsys: Out) -> None:
    done(capsys, "seal", "keygen", "other")
    status, out, _ = run(capsys, "seal", "verify", "head.json", "--key", "other.pub.pem")
    assert status == 1 and re.search(r"key: claimed [0-9a-f]{64}, found [0-9a-f]{64}", out)
    status, out, _ = run(capsys, "seal", "check", "r.json", "--head", "head.json", "--key", "other.pub.pem")
    assert status == 1 and "signature of head.json" in out
    (sealed / "head.json").write_bytes((sealed / "head.json").read_bytes().replace(b":people", b":reason"))
    status, out, _ = run(capsys, "seal", "check", "r.json", "--head", "head.json")
    assert status == 1 and "fields that may be hidden: claimed rate, supplier, :reason, :record" in out
    status, out, _ = run(capsys, "seal", "check", "r.json", "--head", "head.json", "--key", "issuer.pub.pem")
    assert status == 1 and "digest of the file: claimed" in out


def test_a_signature_may_lie_elsewhere(sealed: Path, capsys: Out) -> None:
    (sealed / "head.json.sig").rename(sealed / "moved")
    assert run(capsys, "seal", "verify", "head.json", "--key", "issuer.pub.pem")[0] == 2
    done(capsys, "seal", "verify", "head.json", "--key", "issuer.pub.pem", "--signature", "moved")
    done(capsys, "seal", "check", "r.json", "--head", "head.json", "--key", "issuer.pub.pem", "--signature", "moved")


# ---- what could not be done: status 2, a code


def test_mistakes_have_a_code(sealed: Path, capsys: Out) -> None:
    (sealed / "twice.json").write_bytes(b'{"format":"x","format":"x"}')
    (sealed / "twice.jsonl").write_bytes(b'{"format":"steelyard-trace/1","header":{},"header":{}}\n')
    (sealed / "empty").write_bytes(b"")
    (sealed / "nul").write_bytes(bytes(1000))
    (sealed / "bomb").write_bytes(b'{"format":"steelyard-receipt/1","path":' + b"[" * 100_000)
    check = ("--head", "head.json")
    receipt = ("seal", "receipt", "traces.jsonl", "--head", "head.json", "--secret", "secret", "-o", "x.json")
    for code, args in (
        ("C101", ("seal", "head", "nothing.jsonl")),
        ("C101", ("seal", "check", "r.json", "--head", "nothing.json")),
        ("C102", ("seal", "head", ".")),
        ("C103", ("seal", "keygen", "nowhere/key")),
        ("C104", ("seal", "head", "twice.jsonl")),
        ("C104", ("seal", "head", "empty")),
        ("C104", ("seal", "head", "nul")),
        ("C104", ("seal", "head", "r.json")),
        ("C106", (*receipt, "--record", "Nroth")),
        ("C106", (*receipt, "--number", "6")),
        ("C106", (*receipt, "--number", "1.5")),
        ("C107", receipt),
        ("C109", ("seal", "head", "traces.jsonl", "-o", "traces.jsonl")),
        ("C109", ("seal", "redact", "r.json", "--redact", "rate", "-o", "r.json")),
        ("C109", ("seal", "check", "r.json", *check, "--trace", "head.json")),
        ("C109", ("seal", "sign", "head.json", "--key", "issuer.pem", "-o", "issuer.pem")),
        ("C112", ("seal", "redact", "r.json", "-o", "x.json")),
        ("C112", ("seal", "check", "r.json")),
        ("C113", ("seal", "head", "traces.jsonl", "--hash", "md5")),
        ("C116", ("seal", "chekc", "r.json")),
        ("C117", ("seal", "check", "traces.jsonl", *check, "--trace", "t.json")),
        ("C118", (*receipt, "--number", "first")),
        ("C130", ("seal", "check", "r.json", "--head", "twice.json")),
        ("C130", ("seal", "check", "r.json", "--head", "r.json")),
        ("C130", ("seal", "check", change(sealed / "r.json", index="1"), *check)),
        ("C130", ("seal", "check", "bomb", *check)),
        ("C130", ("seal", "redact", "head.json", "--redact", "rate", "-o", "x.json")),
        ("C130", ("seal", "verify", "head.json", "--key", "issuer.pub.pem", "--signature", "head.json")),
        ("C130", ("seal", "check", "traces.jsonl", *check, "--secret", "head.json")),
        ("C131", ("seal", "sign", "head.json", "--key", "issuer.pub.pem")),
        ("C131", ("seal", "verify", "head.json", "--key", "issuer.pem")),
        ("C131", ("seal", "sign", "head.json", "--key", "nul")),
        ("C133", ("seal", "redact", "r.json", "--redact", "reports", "-o", "x.json")),
        ("C133", ("seal", "redact", "r.json", "--redact", ":reasons", "-o", "x.json")),
        ("C133", ("seal", "head", "traces.jsonl", "--redactable", "rat", "--secret", "secret")),
        ("C133", ("seal", "head", "traces.jsonl", "--redactable", ":recrod", "--secret", "secret")),
        ("C133", ("seal", "redact", "r.json", "--redact", ":recrod", "-o", "x.json")),
        ("C134", ("seal", "keygen", "issuer")),
        ("C134", ("seal", "secret", "secret")),
        ("C135", ("seal", "head", "traces.jsonl", "--redactable", "rate")),
        ("C135", ("seal", "check", "traces.jsonl", *check)),
    ):  # fmt: skip
        before = {path.name: path.read_bytes() for path in sealed.iterdir()}
        for language in ("en", "zh"):
            status, out, err = run(capsys, *args, "--lang", language)
            assert (status, out) == (2, ""), (args, out, err)
            assert re.match(rf"(error|错误)\[{code}\]: .+\n.*= (help|建议): ", err), (args, err)
        assert {path.name: path.read_bytes() for path in sealed.iterdir()} == before, args


def test_a_record_twice_is_named_by_its_place(folder: Path, capsys: Out) -> None:
    lines = (folder / "traces.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "twice.jsonl").write_bytes(b"".join([*lines, lines[0]]))
    done(capsys, "seal", "head", "twice.jsonl", "-o", "head.json")
    call = ("seal", "receipt", "twice.jsonl", "--head", "head.json", "-o", "r.json")
    status, _, err = run(capsys, *call, "--record", "North")
    assert status == 2 and "C136" in err and "1, 6" in err
    assert done(capsys, *call, "--number", "6") == "receipt: record 6, North\n"


def test_a_hostile_receipt_moves_no_terminal(folder: Path, capsys: Out) -> None:
    name, place = "\x1b[2J\u202e", "x\x1b[2J"
    for trace, status in (
        ({"header": {"record": name}, "cells": [{"name": name, "value": {"redacted": "0"}}], "entries": {}}, 0),
        ({"header": {"record": name}, place: {"redacted": 1}}, 1),
    ):
        document = {"format": "steelyard-trace/1", **trace}
        root = leaf_hash(canonical_bytes(document), digest_of("sha256"))
        (folder / "head.json").write_bytes(as_file(encode_head(Head("sha256", 1, root, (name,)))))
        (folder / "bad.json").write_bytes(as_file(encode_receipt(Receipt("sha256", 1, 0, (), document, {}))))
        for language in ("en", "zh"):
            found, out, _ = run(capsys, "seal", "check", "bad.json", "--head", "head.json", "--lang", language)
            assert found == status, out
            assert "<U+001B>" in out and "\x1b" not in out and "\u202e" not in out


# ---- files and help


def test_secrets_are_their_owners_alone(sealed: Path) -> None:
    for name in ("issuer.pem", "secret"):
        assert stat.S_IMODE((sealed / name).stat().st_mode) == 0o600
    assert b"PRIVATE" not in (sealed / "issuer.pub.pem").read_bytes()


def test_no_secret_leaves_its_file(sealed: Path, capsys: Out) -> None:
    secret = (sealed / "secret").read_text().strip()
    for name in ("head.json", "head.json.sig", "r.json"):
        assert secret not in (sealed / name).read_text()


def test_a_key_is_not_written_through_a_link(folder: Path, capsys: Out) -> None:
    os.symlink("elsewhere", folder / "k.pub.pem")
    assert run(capsys, "seal", "keygen", "k")[0] == 2
    assert not (folder / "k.pem").exists() and not (folder / "elsewhere").exists()


@pytest.mark.parametrize("command", Seals.names)
def test_every_command_helps_in_both_languages(command: str, capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    assert done(capsys, "seal", command, "--help").startswith(f"Usage: steelyard seal {command} [OPTIONS]")
    monkeypatch.setenv("STEELYARD_LANG", "zh")
    out = done(capsys, "seal", command, "--help")
    assert out.startswith(f"用法：steelyard seal {command} [选项]")
    assert not re.search(r"Usage|Options|Show this|Status|[a-z]+ [a-z]+ [a-z]+ [a-z]+", out)
    told = [line for line in out.splitlines() if re.match(r" +-", line)]
    assert all(re.search("[一-鿿]", line) for line in told)


def test_the_group_lists_its_commands(capsys: Out) -> None:
    out = done(capsys, "--lang", "zh", "seal", "--help")
    for command in Seals.names:
        assert re.search(rf"(?m)^  {command} +\S*[一-鿿]", out)
    status, out, err = run(capsys, "seal")
    assert (status, out) == (2, "") and "Usage: steelyard seal" in err
    assert "seal " in done(capsys, "--help")


@pytest.mark.parametrize(
    "place", [("--lang", "zh", "seal", "check"), ("seal", "--lang", "zh", "check"), ("seal", "check", "--lang", "zh")]
)
def test_a_language_may_be_named_anywhere(sealed: Path, capsys: Out, place: tuple[str, ...]) -> None:
    assert "核对无误" in done(capsys, *place, "r.json", "--head", "head.json")


def test_only_what_needs_the_library_loads_it(sealed: Path) -> None:
    code = "import sys\nfrom steelyard.cli.main import main\ntry: main()\nexcept SystemExit: pass\n"
    code += "print('cryptography' in sys.modules, 'lark' in sys.modules, file=sys.stderr)"
    for args, loaded in (
        (["seal", "--help"], False),
        (["seal", "head", "traces.jsonl"], False),
        (["seal", "check", "r.json", "--head", "head.json"], False),
        (["seal", "verify", "head.json", "--key", "issuer.pub.pem"], True),
    ):
        ran = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True)
        assert ran.stderr.split()[-2:] == [str(loaded), "False"], args


def test_a_redacted_trace_is_read_and_verified_but_for_what_is_hidden(sealed: Path, capsys: Out) -> None:
    done(capsys, "seal", "receipt", "traces.jsonl", "--head", "head.json", "--secret", "secret", "-o", "all.json",
         "--record", "North")  # fmt: skip
    done(capsys, "seal", "redact", "all.json", "--redact", "rate", "--redact", ":record", "-o", "less.json")
    done(capsys, "seal", "check", "less.json", "--head", "head.json", "--trace", "trace.json")
    out = done(capsys, "verify", "trace.json", "--lang", "en")
    assert out.startswith("(redacted): nothing disagrees, but ")
    assert "(redacted)" in done(capsys, "why", "trace.json", "--lang", "en")
    document = json.loads((sealed / "trace.json").read_text(encoding="utf-8"))
    moved = next(entry for entry in document["entries"] if entry["kind"] == "move" and "asked" in entry)
    moved["asked"] = {"redacted": "0" * 64}  # Nobody may hide a number of points.
    (sealed / "forged.json").write_text(json.dumps(document), encoding="utf-8")
    assert run(capsys, "verify", "forged.json", "--lang", "en")[0] == 1
