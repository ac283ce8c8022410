"""The ledger done again from the JSON of a trace, with nothing of the engine: arithmetic of its own, no imports of ours."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Document = dict[str, Any]


def recompute(trace: Document) -> None:
    """Opening + Σ effects = closing at every part, and each closing × factor is what its parent took. Asserts."""
    entries = trace["entries"]
    assert [e["number"] for e in entries] == list(range(1, len(entries) + 1)), "entries are numbered without a gap"
    closings: dict[str, Any] = {}
    for part in dict.fromkeys(e["part"] for e in entries if "after" in e):
        closings[part] = _part([e for e in entries if e["part"] == part and "after" in e])
    _carries(trace, closings)
    assert trace["result"]["total"] == closings["total"], "the total is the closing of the outermost part"
    results = {part["path"]: part for part in trace["result"]["parts"]}
    assert set(results) | {"total"} == set(closings), "every part has a ledger"
    for path, part in results.items():
        assert part["score"] == closings[path], f"{path} scores what it closed with"


def _part(entries: list[Document]) -> Any:
    first, last = entries[0], entries[-1]
    assert first["kind"] == "open", f"{first['rule']} does not open its part"
    assert last["kind"] == "close", f"{last['rule']} does not close its part"
    assert [e["kind"] for e in entries].count("open") == 1, "a part opens once"
    assert first["applied"] == first["after"]
    balance = first["after"]
    effects = Fraction(0)
    exact = isinstance(balance, str)
    for entry in entries[1:]:
        assert entry["before"] == balance, f"entry {entry['number']} goes on from {entry['before']}, not {balance}"
        balance = entry["after"]
        exact = exact and isinstance(balance, str)
        if exact:
            effect = _effect(entry)
            assert number(entry["after"]) - number(entry["before"]) == effect, f"entry {entry['number']}"
            effects += effect
        else:
            _ordered(entry["after"])
    if exact:
        assert number(first["after"]) + effects == number(last["after"]), "opening + effects = closing"
    return balance


def _effect(entry: Document) -> Fraction:
    """What the entry must have done, from what it says of itself."""
    before = number(entry["before"])
    match entry["kind"]:
        case "move":
            applied = number(entry["applied"])
            assert applied >= 0, "an effect is never signed by hand"
            if isinstance(entry.get("asked"), str):
                assert applied <= number(entry["asked"]), "no more has effect than was asked"
            if entry["status"] == "not met":
                assert applied == 0, "a rule that did not fire moves nothing"
            return -applied if entry["role"] == "deduct" else applied
        case "judge":
            return number(entry["applied"])
        case "carry":
            assert number(entry["applied"]) == number(entry["asked"]) * number(entry["factor"])
            return number(entry["applied"])
        case "clamp":
            low, high = number(entry["low"]), number(entry["high"])
            return min(max(before, low), high) - before
        case "round":
            return rounded(before, entry["places"], entry["mode"]) - before
        case "close" | "each":
            return Fraction(0)
        case kind:
            raise AssertionError(f"{kind} moves no balance")


def _carries(trace: Document, closings: dict[str, Any]) -> None:
    carries = {e["name"]: e for e in trace["entries"] if e["kind"] == "carry"}
    for part in trace["result"]["parts"]:
        path = part["path"]
        entry = carries[path]
        assert entry["part"] == (path.rpartition(".")[0] or "total"), f"{path} is carried to the part around it"
        assert entry["asked"] == closings[path], f"{path} carries what it closed with"
        assert entry["factor"] == part["factor"]


def _ordered(quantity: Any) -> None:
    """An enclosure has its ends in order."""
    if isinstance(quantity, dict) and quantity["low"] is not None and quantity["high"] is not None:
        assert number(quantity["low"]) < number(quantity["high"])


def number(text: Any) -> Fraction:
    assert isinstance(text, str), f"{text!r} is no exact number"
    return Fraction(text)


def rounded(value: Fraction, places: int, mode: str) -> Fraction:
    """Rounding from its words: the grid points around the value, and which of them the mode takes."""
    step = Fraction(1, 10**places)
    below = value // step * step
    above = below if below == value else below + step
    nearer_zero, farther = (below, above) if value >= 0 else (above, below)
    match mode:
        case "floor":
            return below
        case "ceiling":
            return above
        case "down":
            return nearer_zero
        case "up":
            return farther
        case "half up":
            return farther if abs(value - nearer_zero) * 2 >= step else nearer_zero
        case "half even":
            if abs(value - below) * 2 != step:
                return below if value - below < above - value else above
            return below if (below / step) % 2 == 0 else above
        case _:
            raise AssertionError(f"no mode {mode}")
