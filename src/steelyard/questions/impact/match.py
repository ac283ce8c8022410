"""Which statement of the old rules is which of the new: by what holds for one of its kind alone, by its name, by what it
says, and else by how alike the two are written.

Numbers in rule paths (`#2`) count, so a statement that is put in front changes those behind it: they decide last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial

from steelyard.core import nodes as c
from steelyard.core.invariants import stage_of
from steelyard.questions.impact.content import Content

ALIKE = 0.6
"""From this share of equal text on, one statement is the other changed (0 to 1)."""
MOST_COMPARED = 2_500
"""Pairs of texts that are compared letter by letter; of more only the paths are."""
LONGEST_COMPARED = 400
"""Characters of a text."""

_OF_A_STATEMENT = ("or skip",)
"""A clause of another statement (`, or skip if missing`), written alike everywhere: only what it says tells whose it is."""
Held = c.Statement | c.BatchValue
Signature = tuple[str, ...]


def match(
    olds: Sequence[Held], news: Sequence[Held], old_says: Sequence[Content], new_says: Sequence[Content]
) -> dict[int, int]:
    """For the place of each new statement the place of the old one that it was. `says` is what each of them says."""
    found: dict[int, int] = {}
    left_old: dict[Signature, list[int]] = {}
    left_new: dict[Signature, list[int]] = {}
    for left, statements in ((left_old, olds), (left_new, news)):
        for place, statement in enumerate(statements):
            left.setdefault(_signature(statement), []).append(place)
    ways: list[Callable[[list[int], list[int]], Mapping[int, int]]] = [
        partial(_by_key, old_keys=[_name(s) for s in olds], new_keys=[_name(s) for s in news]),
        partial(_by_key, old_keys=_and_path(olds, old_says), new_keys=_and_path(news, new_says)),
        partial(_by_key, old_keys=old_says, new_keys=new_says),
        partial(_alike, old=olds, new=news),
        partial(_last, old=olds, new=news),
    ]
    for signature, those in left_new.items():
        before = left_old.get(signature, [])
        for way in ways[:3] if signature == _OF_A_STATEMENT else ways:
            pairs = way(before, those)
            found.update(pairs)
            gone = set(pairs.values())
            before = [place for place in before if place not in gone]
            those = [place for place in those if place not in pairs]
    assert len(set(found.values())) == len(found), "a statement is changed into one"
    return found


def account_of(statement: object) -> c.Account | None:
    """The part that it is."""
    match statement:
        case c.Account():
            return statement
        case c.Each(body=(c.Account() as account,)):
            return account
        case _:
            return None


def text_of(statement: Held) -> str:
    """As it is written, with what it holds."""
    inner = getattr(statement, "body", ())
    return "\n".join([statement.origin.span.text, *(text_of(s) for s in inner)])[:LONGEST_COMPARED]


def _signature(statement: Held) -> Signature:
    """Only statements of one kind are the same one."""
    account = account_of(statement)
    if account is not None:
        return type(statement).__name__, str(account.origin.path)
    match statement:
        case c.Let():
            return "Let", str(statement.origin.path)
        case c.Each():
            return "Each", str(stage_of(statement))
        case c.Move(role=role) if _is_carry(statement):
            return "carry", role, str(statement.origin.path)
        case c.Move(role=role) | c.Group(role=role) | c.Clamp(role=role) | c.Limit(role=role):
            return type(statement).__name__, role
        case c.Regrade(how=how):
            return "Regrade", how
        case c.Skip() if ":skip." in str(statement.origin.path):
            return _OF_A_STATEMENT
        case _:
            return (type(statement).__name__,)


def _is_carry(move: c.Move) -> bool:
    return str(move.origin.path).endswith(":carry")


def _name(statement: Held) -> object:
    """A name that is no count: that of `as`, or that of which a part has one. None: it has none."""
    path = str(statement.origin.path)
    counted = "#" in path.rpartition(".")[2].rpartition(":")[2]
    return None if counted or isinstance(statement, c.Each) else path


def _and_path(statements: Sequence[Held], says: Sequence[Content]) -> list[object]:
    return [(str(s.origin.path), said) for s, said in zip(statements, says, strict=True)]


def _by_key(
    olds: list[int], news: list[int], old_keys: Sequence[object], new_keys: Sequence[object]
) -> Mapping[int, int]:
    """Pairs of equal keys, in order."""
    by_key: dict[object, list[int]] = {}
    for place in olds:
        if old_keys[place] is not None:
            by_key.setdefault(old_keys[place], []).append(place)
    return {new: by_key[new_keys[new]].pop(0) for new in news if by_key.get(new_keys[new])}


def _alike(olds: list[int], news: list[int], old: Sequence[Held], new: Sequence[Held]) -> Mapping[int, int]:
    """The most alike first; of equals those with the same path, then in order."""
    if len(olds) * len(news) > MOST_COMPARED:
        return {}
    found: list[tuple[float, bool, int, int]] = []
    texts = {place: text_of(old[place]) for place in olds}
    for place in news:
        matcher = SequenceMatcher(b=text_of(new[place]), autojunk=False)
        for before in olds:
            matcher.set_seq1(texts[before])
            if matcher.real_quick_ratio() >= ALIKE and (ratio := matcher.ratio()) >= ALIKE:
                found.append((-ratio, old[before].origin.path != new[place].origin.path, place, before))
    pairs: dict[int, int] = {}
    for _, _, place, before in sorted(found):
        if place not in pairs and before not in pairs.values():
            pairs[place] = before
    return pairs


def _last(olds: list[int], news: list[int], old: Sequence[Held], new: Sequence[Held]) -> Mapping[int, int]:
    """What is left over in equal numbers was written anew at its place."""
    if len(olds) != len(news):
        return {}
    if all(isinstance(new[place], c.Open | c.Clamp | c.RoundTo | c.Grade) for place in news):
        return dict(zip(news, olds, strict=True))  # Of these a part has one.
    paths = {old[place].origin.path: place for place in olds}
    return {place: paths[new[place].origin.path] for place in news if new[place].origin.path in paths}
