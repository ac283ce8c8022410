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
    for part in dict.fromkeys(e["part"] for e in entries if e["kind"] == "close"):
        closings[part] = _part([e for e in entries if e["part"] == part])
    _carries(trace, closings)
    result = trace["result"]
    assert result.get("total") == closings["total"], "the total is the closing of the outermost part"
    results = {part["path"]: part for part in result["parts"]}
    assert len(results) == len(result["parts"]), "every part has a path of its own"
    assert set(closings) - {"total"} <= set(results), "every ledger is that of a part"
    for path, part in results.items():
        assert part.get("score") == closings.get(path), f"{path} scores what it closed with"
    _groups(entries)
    _grades(trace)


def _part(entries: list[Document]) -> Any:
    assert [e["kind"] for e in entries].count("close") == 1, "a part closes once"
    moving = [e for e in entries if "after" in e]
    if not moving:
        return None
    first, last = moving[0], moving[-1]
    assert first["kind"] in ("open", "skip") and "before" not in first, f"{first['rule']} does not open its part"
    assert last["kind"] == "close", f"{last['rule']} does not close its part"
    assert [e["kind"] for e in moving].count("open") <= 1, "a part opens once"
    assert first["kind"] == "skip" or first["applied"] == first["after"]
    balance = first["after"]
    effects = Fraction(0)
    exactly = isinstance(balance, str)
    for entry in moving[1:]:
        assert entry["before"] == balance, f"entry {entry['number']} goes on from {entry['before']}, not {balance}"
        balance = entry["after"]
        if exactly and isinstance(balance, str):
            effect = _effect(entry)
            assert number(balance) - number(entry["before"]) == effect, f"entry {entry['number']}"
            effects += effect
        else:
            exactly = False
            _ordered(balance)
    if exactly:
        assert number(first["after"]) + effects == number(last["after"]), "opening + effects = closing"
    return balance


def _effect(entry: Document) -> Fraction:
    """What the entry must have done, from what it says of itself; where that is open it can only have done nothing."""
    before = number(entry["before"])
    match entry["kind"]:
        case "move" | "group":
            return _moved(entry)
        case "judge" | "carry":
            if exact(entry, "asked", "factor", "applied"):
                assert number(entry["applied"]) == number(entry["asked"]) * number(entry["factor"])
            return number(entry["applied"]) if exact(entry, "applied") else Fraction(0)
        case "clamp":
            held = max(before, number(entry["low"])) if exact(entry, "low") else before
            return (min(held, number(entry["high"])) if exact(entry, "high") else held) - before
        case "limit":
            return _limit(entry, before)
        case "rescale":
            return before * number(entry["factor"]) - before if exact(entry, "factor") else Fraction(0)
        case "override":
            assert number(entry["asked"]) == before, "the computed score is kept"
            return number(entry["applied"]) - before
        case "round":
            return rounded(before, entry["places"], entry["mode"]) - before
        case "close" | "each" | "skip" | "redistribute":
            return Fraction(0)
        case kind:
            raise AssertionError(f"{kind} moves no balance")


def _moved(entry: Document) -> Fraction:
    if not exact(entry, "applied"):
        return Fraction(0)
    applied = number(entry["applied"])
    assert applied >= 0, "an effect is never signed by hand"
    if exact(entry, "asked"):
        assert applied <= number(entry["asked"]), "no more has effect than was asked"
    if entry["status"] in ("not met", "waived"):
        assert applied == 0, "a rule that did not fire moves nothing"
    return -applied if entry["role"] == "deduct" else applied


def exact(entry: Document, *names: str) -> bool:
    """Are these there, and numbers?"""
    return all(isinstance(entry.get(name), str) for name in names)


def _limit(entry: Document, before: Fraction) -> Fraction:
    if entry["status"] in ("not met", "waived"):
        return Fraction(0)
    if entry["status"] == "undetermined":  # Both outcomes are one: nothing is there to take.
        return number(entry["after"]) - before
    return -before if entry["role"] == "zero" else min(before, number(entry["cap"])) - before


def _carries(trace: Document, closings: dict[str, Any]) -> None:
    """Every part that closed stands in its parent: by its share, or as a bonus or penalty."""
    entries = trace["entries"]
    carries = {e["name"]: e for e in entries if e["kind"] == "carry"}
    of_parts = {e["part"] for e in entries if e["kind"] == "open" and e["role"] == "parts"}
    for part in trace["result"]["parts"]:
        path, score, around = part["path"], part.get("score"), part["inside"]
        if part["kind"] in ("bonus", "penalty"):
            assert path not in carries, "bonus and penalty parts have no share"
            continue
        assert (path in carries) == (score is not None and around in of_parts), f"{path} is carried where it counts"
        if path in carries:
            entry = carries[path]
            assert entry["part"] == around, f"{path} is carried to the part around it"
            assert entry["asked"] == closings[path], f"{path} carries what it closed with"
            assert entry["factor"] == part["factor"]


def _groups(entries: list[Document]) -> None:
    """What stands in a group moves nothing; only the group does."""
    for entry in entries:
        if "group" in entry and entry["kind"] in ("move", "group", "restore", "each"):
            assert "before" not in entry and "after" not in entry, f"entry {entry['number']} stands in a group"
        if exact(entry, "cap", "asked"):
            answered = entry["kind"] == "move" and entry.get("name") in ("missing", "not applicable", "undefined")
            assert answered or number(entry["asked"]) <= number(entry["cap"]), f"entry {entry['number']}: up to"


def _grades(trace: Document) -> None:
    """A grade is one of its scale, and what the last rule that moved it left."""
    result = trace["result"]
    grades = {part["path"]: part.get("grade") for part in result["parts"]} | {"total": result.get("grade")}
    last: dict[str, Any] = {}
    scales: dict[str, list[str]] = {}
    for entry in trace["entries"]:
        if entry["kind"] == "grade":
            scales[entry["part"]] = entry["scale"]
        if entry["kind"] in ("grade", "regrade"):
            last[entry["part"]] = entry.get("label")
    for part, label in last.items():
        assert grades[part] == label, f"{part} has the grade that its last entry left"
        assert label is None or label in scales[part]


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
