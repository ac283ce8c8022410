"""Hidden fields: the seal holds without them, they can be shown later, nothing else can be put there, nothing can be guessed."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from seal.conftest import FIELDS, SECRET, Traces
from steelyard.cli.seal.telling import tell_hidden, tell_remains
from steelyard.seal.batch import Head, Leaf, Plan, Receipt, check_receipt, head_over, leaves, receipt_of
from steelyard.seal.documents import DEPTH_LIMIT, Malformed, canonical_bytes, read_document
from steelyard.seal.fields import places_hidden_with_any, places_of
from steelyard.seal.hashes import digest_of
from steelyard.seal.merkle import leaf_hash
from steelyard.seal.places import value_at
from steelyard.seal.redaction import FieldNotOpen, commitment, committed, hidden_places, redacted, salts_of
from steelyard.seal.remains import remains_of
from steelyard.values.canonical import Json

H = digest_of("sha256")
Sealed = tuple[Head, list[Leaf]]


def receipt(sealed: Sealed, plan: Plan, index: int = 0, *hide: str) -> Receipt:
    _, found = sealed
    whole = receipt_of(found[index], index, [leaf.hash for leaf in found], plan)
    trace, salts = redacted(whole.trace, whole.salts, hide, H)
    return evolve(whole, trace=trace, salts=salts)


def test_a_plain_seal_is_the_hash_of_canonical_bytes(traces: Traces) -> None:
    found = list(leaves(traces, Plan()))
    assert [leaf.hash for leaf in found] == [leaf_hash(canonical_bytes(trace), H) for trace in traces]
    assert all(not leaf.salts for leaf in found)


@pytest.mark.parametrize("count", range(len(FIELDS) + 1))
def test_every_choice_of_hidden_fields_verifies(sealed: Sealed, plan: Plan, count: int) -> None:
    for fields in combinations(FIELDS, count):
        for index in range(len(sealed[1])):
            assert check_receipt(receipt(sealed, plan, index, *fields), sealed[0]) == ()


def test_what_is_hidden_is_gone(sealed: Sealed, plan: Plan) -> None:
    text = json.dumps(receipt(sealed, plan, 0, "supplier", ":people", ":reasons", ":record").trace)
    for word in ("North", "Zhang San", "flood in May", "West", "91.5% is below"):
        assert word not in text, word
    assert "Acme" not in [cell.get("text") for cell in receipt(sealed, plan, 0, "supplier").trace["cells"]]  # type: ignore[union-attr]


def test_a_hidden_number_leaves_every_leaf_that_shows_it(sealed: Sealed, plan: Plan) -> None:
    """Also a node over it alone: of -0.915 one sees 0.915."""
    shown = receipt(sealed, plan, 0).trace
    hidden = receipt(sealed, plan, 0, "rate").trace
    assert '"0.915"' in json.dumps(shown) and '"-0.915"' in json.dumps(shown)
    assert "0.915" not in json.dumps(hidden) and "91.5%" not in json.dumps(hidden)
    conditions = [entry.get("condition") for entry in hidden["entries"]]  # type: ignore[union-attr]
    (compared,) = [c for c in conditions if isinstance(c, dict) and c["op"] == "<" and c["args"][1]["op"] == "const"]
    assert set(compared["args"][0]["value"]) == {"redacted"}
    assert compared["args"][0]["ref"] == "c1", "what was read stays known, only its value goes"


def test_digests_and_words_of_findings_go_with_any_field(sealed: Sealed, plan: Plan) -> None:
    """Whoever knows all of a small file but one yes/no tries both until its digest fits."""
    before, after = receipt(sealed, plan, 1), receipt(sealed, plan, 1, "qualified")
    places = places_hidden_with_any(before.trace)
    assert {"/header/data/0/sha256", "/header/batch/sha256", "/findings/0/message"} <= set(places)
    assert set(places) <= set(hidden_places(after.trace))
    assert not set(places) & set(hidden_places(before.trace))


def test_a_hidden_field_can_be_shown_later(sealed: Sealed, plan: Plan) -> None:
    """By another receipt that hides less, under the same head."""
    first = receipt(sealed, plan, 0, "rate", "supplier", ":record")
    later = receipt(sealed, plan, 0, "supplier", ":record")
    assert value_at(later.trace, "/cells/0/value") == "0.915"
    assert check_receipt(first, sealed[0]) == check_receipt(later, sealed[0]) == ()


def test_fields_can_be_hidden_one_after_the_other(sealed: Sealed, plan: Plan) -> None:
    once = receipt(sealed, plan, 0, "rate", ":people")
    step = receipt(sealed, plan, 0, "rate")
    trace, salts = redacted(step.trace, step.salts, [":people"], H)
    assert evolve(step, trace=trace, salts=salts) == once
    assert redacted(once.trace, once.salts, ["rate"], H) == (once.trace, once.salts), "hidden is hidden"


def test_no_other_value_can_be_shown(sealed: Sealed, plan: Plan) -> None:
    head, shown = sealed[0], receipt(sealed, plan, 0)
    for place in shown.salts:
        for other in ("0.95", True, {"text": "another"}, None, [], value_at(shown.trace, "/format")):
            if other != value_at(shown.trace, place):
                assert check_receipt(evolve(shown, trace=_put(shown.trace, place, other)), head) != ()


def test_no_value_can_be_shown_at_another_place(sealed: Sealed, plan: Plan) -> None:
    """Two yes/no cells: their values and salts exchanged."""
    head, shown = sealed[0], receipt(sealed, plan, 0)
    a, b = "/cells/0/text", "/cells/0/value"
    exchanged = _put(_put(shown.trace, a, value_at(shown.trace, b)), b, value_at(shown.trace, a))
    salts = {**shown.salts, a: shown.salts[b], b: shown.salts[a]}
    assert check_receipt(evolve(shown, trace=exchanged, salts=salts), head) != ()


def test_what_stays_shown_cannot_be_changed(sealed: Sealed, plan: Plan) -> None:
    head, hidden = sealed[0], receipt(sealed, plan, 0, *FIELDS)
    for place, other in (
        ("/result/total", "100"),
        ("/header/scheme", "x"),
        ("/cells/0/name", "y"),
        ("/entries/0/status", ""),
    ):
        assert check_receipt(evolve(hidden, trace=_put(hidden.trace, place, other)), head) != ()


def test_a_commitment_cannot_be_changed_moved_or_left_out(sealed: Sealed, plan: Plan) -> None:
    head, hidden = sealed[0], receipt(sealed, plan, 0, "rate", "qualified")
    first, second = hidden_places(hidden.trace)[:2]
    for place, other in (
        (first, value_at(hidden.trace, second)),
        (first, {"redacted": "0" * 64}),
        (first, "0.915"),
        (first, None),
    ):
        assert check_receipt(evolve(hidden, trace=_put(hidden.trace, place, other)), head) != ()


def test_salts_belong_to_places_that_are_shown(sealed: Sealed, plan: Plan) -> None:
    head, hidden = sealed[0], receipt(sealed, plan, 0, "rate")
    salt = bytes(32)
    for place in ("/nowhere", "/cells/99/text", "cells", "", "/", hidden_places(hidden.trace)[0], "/cells/00/name"):
        with pytest.raises(Malformed):
            check_receipt(evolve(hidden, salts={**hidden.salts, place: salt}), head)
    inside = next(place for place in hidden.salts if isinstance(value_at(hidden.trace, place), dict))
    with pytest.raises(Malformed):
        check_receipt(evolve(hidden, salts={**hidden.salts, inside + "/text": salt}), head)
    assert check_receipt(evolve(hidden, salts={**hidden.salts, "/result/total": salt}), head) != ()
    assert check_receipt(evolve(hidden, salts={}), head) != ()


# ---- guessing


def test_a_guess_cannot_be_tried_without_the_salt(sealed: Sealed, plan: Plan) -> None:
    hidden = receipt(sealed, plan, 0, "qualified")
    place = next(p for p in hidden_places(hidden.trace) if p.startswith("/cells/1/value"))
    stands = value_at(hidden.trace, place)
    (true_salt,) = {receipt(sealed, plan, 0).salts[place]}
    assert commitment(place, true_salt, True, H) == stands
    for salt in (b"", bytes(32), SECRET, *hidden.salts.values()):
        assert stands not in (commitment(place, salt, True, H), commitment(place, salt, False, H))
    assert true_salt not in hidden.salts.values()
    assert true_salt.hex() not in json.dumps(hidden.trace)


def test_equal_values_have_different_commitments(sealed: Sealed, plan: Plan) -> None:
    found = []
    for index in range(len(sealed[1])):
        hidden = receipt(sealed, plan, index, *FIELDS)
        found += [json.dumps(value_at(hidden.trace, place)) for place in hidden_places(hidden.trace)]
    assert len(found) > 60
    assert len(set(found)) == len(found)


def test_sealing_again_gives_the_same_and_another_secret_another(traces: Traces, plan: Plan, sealed: Sealed) -> None:
    again = [leaf.hash for leaf in leaves(traces, plan)]
    assert head_over(again, plan) == sealed[0]
    other = evolve(plan, secret=bytes(32))
    assert head_over([leaf.hash for leaf in leaves(traces, other)], other).root != sealed[0].root


def test_a_corrected_record_gets_new_salts(traces: Traces) -> None:
    """Otherwise two versions of a record would show which hidden values stayed the same."""
    corrected = _put(traces[0], "/header/scheme", "e2")
    first, second = (salts_of(trace, ["rate"], SECRET, H) for trace in (traces[0], corrected))
    assert first.keys() == second.keys()
    assert not set(first.values()) & set(second.values())


# ---- fields


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_has_the_same_places_whatever_is_hidden(sealed: Sealed, plan: Plan, field: str) -> None:
    """Else what one hides would depend on what another hid before."""
    for index in range(len(sealed[1])):
        whole, hidden = receipt(sealed, plan, index), receipt(sealed, plan, index, *FIELDS)
        assert places_of(whole.trace, field) == places_of(hidden.trace, field)


def test_only_what_was_committed_can_be_hidden(traces: Traces) -> None:
    """:reasons covers the reason of a rule that reads the rate, and not the rate."""
    plan = Plan("sha256", (":reasons",), SECRET)
    (leaf, *_) = leaves(traces, plan)
    with pytest.raises(FieldNotOpen, match="rate"):
        redacted(leaf.trace, leaf.salts, ["rate"], H)


def test_a_redacted_trace_is_not_committed_again(sealed: Sealed, plan: Plan) -> None:
    hidden = receipt(sealed, plan, 0, "rate").trace
    for again in (Plan(), plan):
        with pytest.raises(Malformed):
            list(leaves([hidden], again))


def test_an_issuer_cannot_hide_what_the_head_does_not_name(traces: Traces, plan: Plan) -> None:
    """A total sealed as a commitment is under the root, and still does not verify."""
    salts = {"/result/total": bytes(32)}
    form = committed(traces[1], salts, H)
    for shown, kept in ((form, {}), (traces[1], salts)):
        head = Head("sha256", 1, leaf_hash(canonical_bytes(form), H), plan.redactable)
        (found,) = check_receipt(Receipt("sha256", 1, 0, (), shown, kept), head)
        assert (found.what, found.found) == ("field", "/result/total")
    hidden = receipt((Head("sha256", 1, b""), list(leaves(traces[:1], plan))), plan, 0, "rate")
    head = head_over([leaf.hash for leaf in leaves(traces[:1], plan)], plan)
    assert check_receipt(hidden, head) == ()
    (found,) = check_receipt(hidden, evolve(head, redactable=("supplier",)))
    assert found.what == "field"


def test_groups_are_spelled_in_both_languages(traces: Traces) -> None:
    for english, chinese in ((":people", ":人员"), (":reasons", ":理由"), (":record", ":对象")):
        assert places_of(traces[0], english) == places_of(traces[0], chinese) != []


def test_what_remains_is_told(sealed: Sealed, plan: Plan) -> None:
    before, after = receipt(sealed, plan, 3), receipt(sealed, plan, 3, "rate")
    remains = remains_of(before.trace, after.trace, [place for place in before.salts if place not in after.salts])
    rules = {rule for _, rule in remains.entries}
    assert {"total:let.short", "money#1", "best#1"} <= rules
    assert "staff:zero#1" not in rules
    assert set(remains.parts) == {"money", "best", "total"}
    assert remains.texts, "the lowest of the batch is this record's rate, and stands at the value of the batch"
    assert all("batch" in json.dumps(after.trace["entries"][int(place.split("/")[2])]) for place in remains.texts)  # type: ignore[index, call-overload]


def test_a_text_that_stands_elsewhere_is_told(sealed: Sealed, plan: Plan) -> None:
    """The approver hidden in the entry alone still stands in the cell it was read from."""
    before = receipt(sealed, plan, 0)
    approvers = [place for place in before.salts if place.endswith("/approver")]
    after = committed(before.trace, {place: before.salts[place] for place in approvers}, H)
    assert remains_of(before.trace, after, approvers).texts == ("/cells/4/text", "/cells/4/value/text")
    whole = receipt(sealed, plan, 0, ":people")
    hidden = [place for place in before.salts if place not in whole.salts]
    assert remains_of(before.trace, whole.trace, hidden).texts == ()


# ---- documents nobody promised


shapes = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["c1", "cell", "let", "rate", "judge", "x"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["op", "ref", "args", "value", "key", "name", "kind", "text", "inputs", "condition", "redacted"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=200)
@given(
    st.fixed_dictionaries(
        {}, optional={"header": shapes, "cells": st.lists(shapes), "entries": st.lists(shapes), "findings": shapes}
    )
)
def test_any_document_has_places_or_none(document: dict[str, Json]) -> None:
    for field in ("rate", "x", ":people", ":reasons", ":record"):
        for place in places_of(document, field):
            value_at(document, place)
    try:
        (leaf,) = leaves([document], Plan("sha256", ("rate", ":people"), SECRET))
    except Malformed:
        return
    assert sorted(hidden_places(committed(document, leaf.salts, H))) == sorted(leaf.salts)
    trace, salts = redacted(document, leaf.salts, ["rate", ":people"], H)
    assert not salts or not leaf.salts or not places_of(document, "rate", ":people")
    remains = remains_of(document, trace, leaf.salts)
    for language in ("en", "zh"):
        tell_hidden(trace, hidden_places(trace), language)  # type: ignore[arg-type]
        tell_remains(remains, language)  # type: ignore[arg-type]


def test_the_deepest_trace_is_sealed_and_hidden() -> None:
    node: Json = {"op": "cell", "ref": "c1", "value": "0.5"}
    for _ in range(DEPTH_LIMIT // 2 - 2):
        node = {"op": "neg", "args": [node], "value": "0.5"}
    trace: dict[str, Json] = {
        "format": "steelyard-trace/2",
        "header": {"record": "a"},
        "cells": [{"key": "c1", "name": "rate", "text": "0.5", "value": "0.5"}],
        "entries": [{"condition": node, "inputs": ["c1"]}],
    }
    plan = Plan("sha256", ("rate",), SECRET)
    (leaf,) = leaves([read_document(canonical_bytes(trace))], plan)
    hidden, _ = redacted(trace, leaf.salts, ["rate"], H)
    assert b"0.5" not in canonical_bytes(hidden)
    head = head_over([leaf.hash], plan)
    assert check_receipt(Receipt("sha256", 1, 0, (), hidden, {}), head) == ()
    with pytest.raises(Malformed):
        read_document(canonical_bytes({"a": [[trace]]}))


def _put(document: dict[str, Json], place: str, value: Json) -> dict[str, Json]:
    from steelyard.seal.places import with_values

    return with_values(document, {place: value})
