from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file into the test's own folder and give its path."""

    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return put


@pytest.fixture
def one_rule(write: Write) -> Path:
    return write("one.rules", "deduct 0.5 if actual > target * 1.5\n")


@pytest.fixture
def table(write: Write) -> Path:
    return write("cities.csv", "city,actual,target\n广州,8218,2000\n深圳,3000,2000\n")


@pytest.fixture
def broken(write: Write) -> Path:
    return write("broken.rules", "deduct if actual > target\n")
