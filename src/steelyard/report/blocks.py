"""The lines of one entry: what it says, its reason, where it stands, the data behind it, and the entries that it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from steelyard.diagnostics.model import Language
from steelyard.explain.filed import Filed
from steelyard.explain.outline import Outline
from steelyard.explain.places import cell_words, row_words
from steelyard.explain.sentences import Teller
from steelyard.report.words import WORDS
from steelyard.trace.model import Entry, Trace

_FILED = ("move", "group", "limit", "override")
"""Kinds of entries that take points from a balance."""


@frozen
class Blocks:
    """Entries of one trace as lines, in one language."""

    outline: Outline
    language: Language
    teller: Teller

    @classmethod
    def of(cls, trace: Trace, language: Language) -> Blocks:
        return cls(Outline(trace), language, Teller.of(trace, language))

    @property
    def trace(self) -> Trace:
        return self.outline.trace

    @property
    def fewer_better(self) -> bool:
        return self.trace.header.fewer_better

    def lines(
        self, entry: Entry, mark: str, *, with_part: bool = True, with_members: bool = True, whole: bool = False
    ) -> list[str]:
        """The entry with all that explains it. Without members where they have lines of their own. `whole`: in the sentence
        that is filed, with the balance before and after."""
        row = row_words(entry, self.language)
        place = [self.place(entry)] if with_part else []
        head = "  ".join([*place, *([row] if row else [])])
        body = self.filed(entry) if whole else self.sentence(entry)
        found = [f"  {mark}{head}", f"      {body}"] if head else [f"  {mark}{body}"]
        found += [f"      {line}" for line in self.grounds(entry)]
        if with_members or is_carry(entry):
            for member in self.members(entry):
                found += [f"      {line}" for line in self.member(member)]
        return found

    def member(self, entry: Entry) -> list[str]:
        """An entry under the one that it is a part of."""
        row = row_words(entry, self.language)
        lines = [f"· {row}  {self.sentence(entry)}" if row else f"· {self.sentence(entry)}"]
        lines += [f"  {line}" for line in self.grounds(entry)]
        for inner in self.members(entry):
            lines += [f"  {line}" for line in self.member(inner)]
        return lines

    def grounds(self, entry: Entry) -> list[str]:
        """Reason, authority, place and text, values it reads, data."""
        words = WORDS[self.language]
        colon = "：" if self.language == "zh" else ": "
        stands = self.teller.openings.get(entry.part, entry) if _is_start(entry) else entry
        lines = [f"{words['reason']}{colon}{entry.reason}"] if entry.reason else []
        lines += [f"{words['authority']}{colon}{entry.authority}"] if entry.authority else []
        if stands.source is not None:
            first = stands.source.text.splitlines()[0]
            lines.append(f"{stands.source.file}:{stands.source.place.split('-')[0]}  {first}")
        keys = list(stands.inputs)
        for origin in self.origins(stands):
            lines.append(self.sentence(origin))
            if origin.kind != "judge":
                keys += [key for key in origin.inputs if key not in keys]
        return lines + [cell_words(self.teller.cells[key], self.language) for key in keys]

    def origins(self, entry: Entry) -> list[Entry]:
        """What its values come from: lets that it reads, and the reviewers of a mean."""
        if entry.kind == "judge" and entry.name is None and entry.after is not None:
            return self.outline.reviewers(entry)
        found: dict[str, Entry] = {}
        waiting = [expr for expr in (entry.condition, entry.expression) if expr is not None]
        while waiting:
            expr = waiting.pop(0)
            waiting.extend(expr.args)
            if expr.op == "let" and expr.ref is not None and expr.ref not in found:
                let = self.outline.last_let(expr.ref, entry)
                if let is not None:
                    found[expr.ref] = let
                    waiting += [let.expression] if let.expression else []
        return list(found.values())

    def members(self, entry: Entry) -> list[Entry]:
        """What it is made of: the scores of a part that adds them up, what fired in a group, what was given back, what a
        bonus or penalty part awarded or took."""
        if entry.kind == "clamp" and entry.role == "opening" and entry.name == "scores" and not self.fewer_better:
            return [e for e in self._of_part(entry.part) if e.number < entry.number and e.role == "score"]
        if is_carry(entry) and entry.expression is not None:
            leaves = (e for e in (entry.expression, *entry.expression.args) if e.op == "score" and e.ref is not None)
            part = next(((leaf.ref or "").partition(":")[0] for leaf in leaves), "")
            return [
                e for e in self._of_part(part) if e.status in ("applied", "without effect", "undetermined", "waived")
            ]
        return self._of_group(entry) if entry.kind == "group" or entry.restored else []

    def _of_part(self, part: str) -> Iterator[Entry]:
        """The statements that move a part's own balance."""
        return (e for e in self.outline.entries(part) if e.kind in ("move", "group") and e.group is None)

    def _of_group(self, entry: Entry) -> list[Entry]:
        """What stands in a group and fired, on this row; of the largest only that one. Of scores that add up, those that were
        not earned too. Of a move what was given back of it."""
        asked = ("applied", "undetermined", "waived")
        unearned = entry.role == "score" and entry.mode != "highest" and not self.fewer_better
        wanted = (*asked, "not met") if unearned else asked
        members = self.outline.members(entry)
        found = [e for e in members if e.status in (asked if e.kind == "restore" else wanted)]
        if entry.winner is not None:
            found = [e for e in found if e.kind == "restore" or (e.rule, e.row) == (entry.winner, entry.winner_row)]
        return found

    def sentence(self, entry: Entry) -> str:
        return self.teller.tell(entry)

    def filed(self, entry: Entry) -> str:
        """Its filed sentence without the part, which stands above it. What a part scored or opened with is told from full
        points there, not from 0."""
        filed = Filed(self.teller)
        return filed.predicate(entry) if entry.kind in _FILED else self.sentence(entry) + filed.words["stop"]

    def how(self, entry: Entry) -> str:
        """One line on what is no loss: a grade with the row that it was read off."""
        return Filed(self.teller).body(entry) if entry.kind == "grade" else self.sentence(entry)

    def place(self, entry: Entry) -> str:
        """The part, with those around it."""
        found = [self.teller.names[path] for path in self.outline.around(entry.part)]
        return " > ".join(reversed(found)) or self.trace.header.title or self.trace.header.scheme


def is_carry(entry: Entry) -> bool:
    """Does it bring a bonus or penalty part into the part around it?"""
    return entry.kind == "move" and entry.rule.endswith(":carry")


def _is_start(entry: Entry) -> bool:
    return entry.kind == "clamp" and entry.role == "opening" and entry.name == "start"
