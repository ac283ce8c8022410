"""Values over all records: folds, ranks, batches by a key, and what one open record does to the others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.sampling import sampled
from scalar.building import between, op, origin, record, schema, unknown
from steelyard.core import nodes as c
from steelyard.data.model import Record
from steelyard.scalar.batch import Batches, batch_values
from steelyard.source import RulePath, Source
from steelyard.values.states import Cause, Unknown

PRICE = c.Cell("price")


def program(records: Sequence[Record], *values: c.BatchValue, by: str | None = None) -> c.Program:
    hundred = c.Const(Fraction(100))
    total = c.Account(origin("total"), "total", "s", None, hundred, hundred, None, None, None, ())
    return c.Program("s", None, total, schema(*records), "en", "0", Source("s.rules", ""), values, by)


def batch_value(name: str, path: str = "total:batch#1", **more: Any) -> c.BatchValue:
    more.setdefault("value", PRICE)
    more.setdefault("where", None)
    return c.BatchValue(origin(path), name, **more)  # type: ignore[arg-type]


def priced(*prices: Any, **columns: Sequence[Any]) -> list[Record]:
    return [
        record(f"r{i}", price=price, **{name: column[i] for name, column in columns.items()})
        for i, price in enumerate(prices)
    ]


def run(records: list[Record], *values: c.BatchValue, by: str | None = None) -> Batches:
    return batch_values(program(records, *values, by=by), records)


def found(batches: Batches, path: str = "total:batch#1") -> list[Any]:
    return [by_path[RulePath(path)].value.value for by_path in batches.values.values()]


@pytest.mark.parametrize(
    ("name", "wanted"), [("lowest", 3), ("highest", 9), ("average", 6), ("sum", 18), ("count", 3), ("median", 6)]
)
def test_folds(name, wanted):
    batches = run(priced("3", "9", "6"), batch_value(name))
    assert found(batches) == [wanted] * 3
    result = batches.values["r0"][RulePath("total:batch#1")]
    assert (result.value.op, result.value.ref, result.value.args) == ("batch", "total:batch#1", ())
    assert (result.subjects, result.left_out) == (3, ())
    assert batches.findings == ()


def test_only_records_that_meet_the_condition_count():
    records = priced("3", "9", "6", valid=[False, True, True])
    batches = run(records, batch_value("lowest", where=c.Cell("valid")))
    assert found(batches) == [6, 6, 6]
    assert batches.values["r0"][RulePath("total:batch#1")].subjects == 2


def test_it_reads_lets():
    path = RulePath("total:let.net")
    let = c.Let(origin(path), "net", op("+", PRICE, "1"))
    assert found(run(priced("3", "9"), batch_value("lowest", value=c.Slot(path), lets=(let,)))) == [4, 4]


def test_a_let_answers_for_what_is_missing():
    path = RulePath("total:let.net")
    let = c.Let(origin(path), "net", PRICE, (c.Instead("missing", c.Const(Fraction(7))),))
    batches = run(priced("9", None), batch_value("lowest", value=c.Slot(path), lets=(let,)))
    assert found(batches) == [7, 7]
    assert batches.findings == ()


def test_ranks():
    records = priced("5", "9", "5", "1")
    assert found(run(records, batch_value("rank"))) == [2, 1, 2, 4]
    assert found(run(records, batch_value("rank", ties="dense"))) == [2, 1, 2, 3]
    assert found(run(records, batch_value("rank", highest_first=False))) == [2, 4, 2, 1]
    assert found(run(records, batch_value("rank", highest_first=False, ties="dense"))) == [2, 3, 2, 1]


def test_a_record_that_does_not_count_has_no_rank():
    records = priced("5", "9", valid=[True, False])
    first, second = found(run(records, batch_value("rank", where=c.Cell("valid"))))
    assert first == 1
    assert second.causes == {Cause.UNDEFINED}


def test_batches_by_a_key():
    records = priced("3", "9", "6", "8", tender=[("A",), ("B",), ("A",), ("B",)])
    batches = run(records, batch_value("lowest"), by="tender")
    assert found(batches) == [3, 8, 3, 8]
    assert batches.batches["r0"] == batches.batches["r2"] != batches.batches["r1"]
    assert batches.batches["r0"].size == 2


def test_a_record_of_an_unknown_batch_may_belong_to_each():
    records = priced("3", "9", "1", tender=[("A",), ("B",), None])
    batches = run(records, batch_value("lowest"), by="tender")
    first, second, third = found(batches)
    assert unknown(first, Cause.MISSING) == between("1", "3")
    assert unknown(second, Cause.MISSING) == between("1", "9")
    assert unknown(third, Cause.MISSING) == between(None, None)
    assert [(f.code, f.record) for f in batches.findings] == [("F225", "r0"), ("F225", "r1"), ("F224", "r2")]


def test_a_record_without_a_value_is_left_out_and_named():
    batches = run(priced("3", None, "6"), batch_value("lowest"))
    assert unknown(found(batches)[0], Cause.MISSING) == between(None, "3")
    result = batches.values["r0"][RulePath("total:batch#1")]
    assert (result.subjects, result.left_out) == (2, ("r1",))
    assert [(f.code, f.record) for f in batches.findings] == [("F225", "r0"), ("F224", "r1"), ("F225", "r2")]
    # No cell of another record is blamed here.
    assert found(batches)[0].blame == frozenset()


def test_where_it_cannot_matter_nothing_is_open():
    records = priced("3", "9", "6", valid=[True, True, None])
    batches = run(records, batch_value("lowest", where=c.Cell("valid")))
    assert found(batches) == [3, 3, 3]
    assert batches.findings == ()
    assert found(run(priced("3", None), batch_value("lowest", ignoring_missing=True))) == [3, 3]


def test_ranks_beside_a_record_without_a_value():
    ranks = found(run(priced("5", None, "9"), batch_value("rank")))
    assert [unknown(rank, Cause.MISSING) for rank in ranks] == [between("2", "3"), between("1", "3"), between("1", "2")]


def test_the_digest_is_that_of_what_was_read():
    first, again, other = (run(priced("3", last), batch_value("lowest")) for last in ("9", "9", "8"))
    assert first.batches == again.batches
    assert first.batches["r0"].digest != other.batches["r0"].digest


def test_nothing_to_do():
    assert run(priced("3")) == Batches()
    assert run([], batch_value("lowest")) == Batches({}, {}, ())


numbers = st.lists(st.one_of(st.integers(0, 6), st.none()), min_size=1, max_size=6)


@sampled(200)
@given(numbers, st.lists(st.integers(0, 6), min_size=6, max_size=6), st.booleans(), st.sampled_from(["share", "dense"]))
def test_every_completion_of_the_data_has_a_rank_inside(
    drawn: list[int | None], others: list[int], highest_first: bool, ties: Any
) -> None:
    ranks = found(run(priced(*drawn), batch_value("rank", highest_first=highest_first, ties=ties)))
    completed = [others[i] if value is None else value for i, value in enumerate(drawn)]
    sign = 1 if highest_first else -1
    for own, rank in zip(completed, ranks, strict=True):
        before = [value for value in completed if sign * value > sign * own]
        wanted = 1 + len(set(before) if ties == "dense" else before)
        if isinstance(rank, Unknown):
            assert rank.within.low is not None and rank.within.low <= wanted
            assert rank.within.high is not None and wanted <= rank.within.high
        else:
            assert rank == wanted


def test_a_large_batch_takes_no_square_of_its_size():
    def seconds(count: int) -> float:
        records = priced(*(str(i * 7919 % count) for i in range(count)))
        started = time.perf_counter()
        run(records, batch_value("rank"), batch_value("lowest", "total:batch#2"))
        return time.perf_counter() - started

    seconds(100)
    assert seconds(4000) < 20 * max(seconds(500), 0.02)
