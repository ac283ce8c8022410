"""Every entry of a trace as one whole sentence, fit for a filed report.

A sentence says whose entry it is, why it fired, what it did, and from what to what the balance went. Everything in it is
a value of the entry: what the reports say of it (`sentences.py`), and around that the balance, the grounds, and of what is
not determined the data to blame. Nothing is left out for brevity, for it is read without the trace.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs
from attrs import frozen

from steelyard.diagnostics.model import Language
from steelyard.diagnostics.wording import visible
from steelyard.diagnostics.words import WORDS as NOUNS
from steelyard.explain.filed_words import FILED
from steelyard.explain.places import cell_words, row_words
from steelyard.explain.sentences import Teller
from steelyard.trace.model import Entry, Expr, Quantity, Trace, TraceCell
from steelyard.trace.rows import row_of
from steelyard.trace.show import show_quantity
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.numbers import show_end
from steelyard.values.states import Absent, Cause, Unknown

MOST_CELLS = 5
"""Data named as the ones to blame before the rest is counted."""

_GROUNDED = ("move", "group", "judge", "limit", "regrade", "restore", "override", "skip", "check")
"""Kinds of entries that carry a reason of their own."""
_OPEN_AMOUNT = ("move", "group", "carry", "limit", "restore")
"""Kinds whose amount is told as a range where it is not determined."""
_MOVES = ("move", "group", "judge", "carry", "limit", "clamp", "override", "rescale", "round", "redistribute")
"""Kinds that tell the balance before and after."""
_SAY_WHY = ("each", "redistribute", "rescale")
"""Kinds whose sentence says itself why it is open, where no datum is to blame."""
_CAUSED = ("move", "group", "restore", "limit", "regrade", "skip", "check")
"""Kinds whose sentence ends with the condition that holds, as `sentences.py` tells it."""

_COMPUTED = ("+", "*", "/", "^", "per", "neg", "sum", "average", "median", "min", "max", "round", "floor", "ceiling")
"""Operations that do not show the range of their value."""


def sentence(entry: Entry, trace: Trace, language: Language) -> str:
    """The entry as one line that ends with its full stop, in English or Chinese. Total: there is one for every entry of every
    trace. For all entries of a trace make one `Filed`."""
    return Filed.of(trace, language).sentence(entry)


@frozen
class Filed:
    """Tells entries of one trace in one language."""

    teller: Teller

    @classmethod
    def of(cls, trace: Trace, language: Language) -> Filed:
        return cls(Teller.of(trace, language))

    @property
    def words(self) -> dict[str, str]:
        return FILED[self.teller.language]

    def sentence(self, entry: Entry) -> str:
        """The whole sentence: whose, why, what, from what to what, on what grounds."""
        told = self.words["in"].format(subject=self.subject(entry), body=self.body(entry))
        return _one_line(told + self.grounds(entry) + self.words["stop"])

    def predicate(self, entry: Entry) -> str:
        """The same without whose it is and on what grounds, where these stand around it."""
        return _one_line(self.body(entry) + self.words["stop"])

    def subject(self, entry: Entry) -> str:
        """The part by its title, and the row."""
        names, kinds = self.teller.names, self.teller.kinds
        part = self.words["total"] if entry.part == "total" else names.get(entry.part, entry.part)
        if kinds.get(entry.part) in ("bonus", "penalty"):
            part = self.teller.words[kinds[entry.part]].format(name=part)
        row = row_words(entry, self.teller.language)
        return part if row is None else self.words["of row"].format(part=part, row=row)

    def body(self, entry: Entry) -> str:
        """Why, what, and from what to what."""
        cause = self.cause(entry)
        pieces = [self.clause(entry), self.movement(entry), self.doubt(entry)]
        pieces = [cause, *pieces] if self.teller.language == "zh" else [*pieces, cause]
        return self.words["comma"].join(piece for piece in pieces if piece)

    def clause(self, entry: Entry) -> str:
        """What the entry did."""
        if entry.status == "undetermined" and entry.kind in _OPEN_AMOUNT:
            return self.open_amount(entry)
        match entry.kind:
            case "clamp":
                return self.clamp(entry)
            case "close" if entry.status != "skipped":
                return self.words["open.close"].format(after=_points(entry.after))
            case "carry":
                return self.words["carry.filed"].format(
                    name=self.teller.name(entry), asked=_points(entry.asked), factor=_points(entry.factor),
                    applied=_points(entry.applied),
                )  # fmt: skip
            case "judge" if entry.status == "undetermined":
                return self.judged_open(entry)
            case "limit" if entry.status == "applied" and entry.role in ("zero", "limit"):
                return self.words[f"limit.{entry.role}"].format(cap=_points(entry.cap), after=_points(entry.after))
            case "let" if entry.status == "undetermined" and entry.expression is not None:
                return self.let_open(entry, entry.expression)
            case "skip" if entry.status == "undetermined" and entry.role != "either":
                return self.words["skip.maybe"].format(condition=self.teller.because(entry.condition))
            case "check" if entry.expression is not None:
                key = entry.status if entry.status in ("applied", "undetermined") else "not met"
                return self.words[f"check.{key}"].format(expression=self.teller.because(entry.expression))
            case "grade":
                return self.grade(entry)
            case "each" if entry.status == "undetermined" and entry.condition is None:
                return self.words["no list"]
            case "restore" if entry.status == "applied" and entry.asked != entry.applied:
                told = self.words["back.less"].format(asked=_points(entry.asked), applied=_points(entry.applied))
                return told + self.teller.how(entry)
        bare = self.cause(entry) != ""
        return self.teller.tell(attrs.evolve(entry, condition=None) if bare else entry)

    def cause(self, entry: Entry) -> str:
        """The condition that holds, or what answered for a value that is not there."""
        if entry.kind == "grade":
            return self.row_of_grade(entry)
        fired = entry.status in ("applied", "without effect", "waived") or (entry.kind, entry.status) == (
            "check",
            "not met",
        )
        if not fired or entry.kind not in _CAUSED:
            return ""
        if entry.kind in ("move", "group") and entry.name is not None:
            noun = NOUNS[entry.name].of(self.teller.language) if entry.name in NOUNS else entry.name
            word = self.words["answered"].format(cause=noun)
            return self.words["since"].format(condition=word)
        if entry.condition is None or (entry.kind == "check" and entry.expression is None):
            return ""
        return self.words["since"].format(condition=self.teller.because(entry.condition))

    def movement(self, entry: Entry) -> str:
        """From what to what the balance of the part went."""
        before, after = entry.before, entry.after
        told = entry.kind in _MOVES and entry.status not in ("not met", "skipped")
        if not told or before is None or after is None or entry.kind in ("round", "rescale"):
            return ""
        if before == after:
            return self.words["still"].format(after=_points(after))
        key = "moved"
        if isinstance(before, Fraction) and isinstance(after, Fraction):
            key = "up" if after > before else "down"
        return self.words[key].format(before=_points(before), after=_points(after))

    def grounds(self, entry: Entry) -> str:
        """The reason and the clause it stands under, of a statement that fired."""
        fired = entry.status in ("applied", "without effect", "undetermined", "waived")
        if entry.kind not in _GROUNDED or not (fired or entry.kind == "check"):
            return ""
        said = [self.words["reason"].format(reason=entry.reason)] if entry.reason else []
        if entry.kind != "check" and entry.authority:
            said.append(self.words["authority"].format(authority=entry.authority))
        return self.words["brackets"].format(inside=self.words["semicolon"].join(said)) if said else ""

    # ---- what is not determined

    def open_amount(self, entry: Entry) -> str:
        """Between what an amount lies that is not determined."""
        kind = f"move.{entry.role or 'deduct'}" if entry.kind in ("move", "group") else entry.kind
        what = self.words[kind].format(name=self.teller.name(entry))
        amount = entry.after if entry.kind == "limit" else entry.applied if entry.applied is not None else entry.asked
        low, high = _ends(amount)
        return self.words["open"].format(what=what, low=low, high=high)

    def judged_open(self, entry: Entry) -> str:
        low, high = _ends(entry.asked if entry.after is None else entry.applied)
        if entry.after is None:
            return self.words["judge.open"].format(name=self.teller.name(entry), low=low, high=high)
        return self.words["open"].format(what=self.words["judge"], low=low, high=high)

    def let_open(self, entry: Entry, value: Expr) -> str:
        within = value.value.within if isinstance(value.value, Unknown) else EVERYTHING
        low, high = _ends(within)
        key = "let.open" if within == EVERYTHING or value.op not in _COMPUTED else "let.within"
        told = self.teller.shown(value)
        return self.words[key].format(name=entry.name, expression=told, low=low, high=high)

    def blamed(self, cell: TraceCell) -> str:
        """A datum with its place; what stands there and does not count, with why."""
        told = cell_words(cell, self.teller.language)
        if isinstance(cell.datum, Absent) and cell.text:
            noun = NOUNS[cell.datum.cause.value].of(self.teller.language)
            return self.words["of cause"].format(cause=noun, cell=told)
        return told

    def doubt(self, entry: Entry) -> str:
        """Of what is not determined: the data to blame, or else why."""
        if entry.status != "undetermined":
            return ""
        cells = [self.teller.cells[key] for key in dict.fromkeys(entry.blame) if key in self.teller.cells]
        if not cells and (entry.kind in _SAY_WHY or (entry.kind == "judge" and entry.after is None)):
            return ""
        if cells:
            named = self.words["semicolon"].join(self.blamed(cell) for cell in cells[:MOST_CELLS])
            if len(cells) > MOST_CELLS:
                count = len(cells) if self.teller.language == "zh" else len(cells) - MOST_CELLS
                named = self.words["more"].format(cells=named, count=count)
            return self.words["blame"].format(cells=named)
        return self.words["causes"].format(causes=self.why_open(entry))

    def why_open(self, entry: Entry) -> str:
        """Why an entry is open that no datum is to blame for."""
        amount = entry.expression
        if amount is not None and isinstance(amount.value, Fraction) and amount.value < 0:
            return self.words["negative"].format(value=self.teller.value(entry))
        found = (e for e in (entry.condition, amount) if e is not None and isinstance(e.value, Unknown))
        causes: frozenset[Cause] = frozenset().union(*(e.value.causes for e in found if isinstance(e.value, Unknown)))
        if causes:
            return self.words["comma"].join(self.words[f"cause.{cause.value}"] for cause in Cause if cause in causes)
        if entry.kind == "judge":
            return self.words["no reviews"]
        if entry.kind == "carry":
            return self.words["of part"].format(name=self.teller.name(entry))
        return self.words["no value"]

    # ---- one function a kind

    def clamp(self, entry: Entry) -> str:
        """The bounds, and where deductions or awards may stop at them, what they asked for in all."""
        limit = entry.low if entry.role == "floor" else entry.high
        if entry.role != "opening" and entry.asked is not None:
            free = "low.free" if entry.role == "floor" else "high.free"
            key = f"clamp.{free if limit is None else entry.role}"
            return self.words[key].format(asked=_points(entry.asked), limit=_points(limit))
        low, high = entry.low is not None, entry.high is not None
        bounds = self.teller.words[
            f"clamp.{'between' if low and high else 'low' if low else 'high' if high else 'free'}"
        ]
        told = bounds.format(low=_points(entry.low), high=_points(entry.high))
        return self.words["clamp.inside" if entry.before == entry.after else "clamp.moved"].format(bounds=told)

    def grade(self, entry: Entry) -> str:
        if entry.label is not None:
            return self.words["grade"].format(label=entry.label)
        return self.words["grade.open"].format(possible=self.all_of(entry.possible))

    def row_of_grade(self, entry: Entry) -> str:
        """The row of the grades that the score stands in."""
        found = None if entry.condition is None else row_of(entry.condition, self.teller.cells, self.teller.language)
        if found is None:
            return ""
        key = "in.row" if found.keys else "in.row.only"
        told = self.teller.words[key].format(keys=found.keys, row=found.text)
        return self.words["since"].format(condition=told)

    def all_of(self, names: Iterable[str]) -> str:
        return ("、" if self.teller.language == "zh" else ", ").join(names)


def _points(quantity: Quantity | None) -> str:
    return "" if quantity is None else show_quantity(quantity)


def _ends(quantity: Quantity | None) -> tuple[str, str]:
    match quantity:
        case Interval(low, high):
            return "-∞" if low is None else show_end(low), "∞" if high is None else show_end(high)
        case Fraction():
            return _points(quantity), _points(quantity)
        case None:
            return "-∞", "∞"


def _one_line(text: str) -> str:
    """What a file says stays text: no line break and no control character of it reaches the sentence."""
    return visible(" ".join(text.split()))
