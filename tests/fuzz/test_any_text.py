"""Whatever bytes stand in a rule file, reading it never raises."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.pipeline import load_bytes

PIECES = st.sampled_from(
    [
        *"扣 deduct 分 points if 的 ， , ( ) [ ] \" “ ” 「 ` . : = > < % 90 1.5 \n \t   # / * ^ - — 且 or not for each in".split(" "),
        "\n", "\n  ", "\n\t", "\u3000", "方案", "scheme", "等级", "grade", "input", "criterion", "x", "甲", "（含）以上", "{", "}", "\r\n", "\0", "\ufeff",
    ]
)  # fmt: skip
wide = settings(
    max_examples=1500, derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@wide
@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join)
    )
)
def test_it_takes_any_text_without_raising(text: str) -> None:
    loaded = load_bytes("any.rules", text.encode("utf-8", "surrogatepass"))
    assert loaded.program is not None or loaded.diagnostics


@wide
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=50).map(lambda b: b"deduct 1\n" + b)))
def test_it_takes_any_bytes_without_raising(content: bytes) -> None:
    loaded = load_bytes("any.rules", content)
    assert loaded.program is not None or loaded.diagnostics


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5", "latin-1"])
def test_it_reads_utf8_and_refuses_other_encodings(encoding: str, tmp_path: Path) -> None:
    content = "方案 甲\n扣 1 分\n".encode(encoding, "replace")
    loaded = load_bytes("encoded.rules", content)
    assert (loaded.program is not None) == (encoding in ("utf-8", "utf-8-sig"))
