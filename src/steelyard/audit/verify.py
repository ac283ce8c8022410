"""Check a Steelyard trace without Steelyard: one file of the standard library, with arithmetic of its own.

    python verify.py TRACE.json [--core CORE.json] [--data FILE_OR_FOLDER] [--record KEY] [--lang zh]

arithmetic  the trace alone: every expression, amount, cap, bound, rounding, carry, closing and grade is done again.
rules       with the core, inside the trace (score --with-rules) or beside it: every statement has its entry, in order, for
            the rows it ran on, and every expression is the one of the rules on the cells that they name.
data        with the CSV and JSON files: their SHA-256, and of every cell the text that stands there.

A number is a pair (low, high): both ends are equal where the data determine it, so one arithmetic does for final and for
provisional results. Status: 0 verified, 1 findings, 2 could not run.
"""

# fmt: off
from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import re
import sys
import unicodedata
from copy import copy
from datetime import date
from fractions import Fraction
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any

# ---- numbers
# Exact fractions, and pairs (low, high) of them; an end that is not known is an infinity, the only float there is.
# A number has one text: any other way to write it is refused. Whether a number is the right one is not asked here.

RATES = ("%", "‰", "个百分点")
INF, ZERO, ONE, ALL = math.inf, (Fraction(0), Fraction(0)), (Fraction(1), Fraction(1)), (-math.inf, math.inf)
FORMAT = "steelyard-trace/2"
DEEPEST, LONGEST, MOST_PLACES, MOST_BITS, MOST_POWER = 400, 3000, 40, 4096, 64  # So that no trace can hold up the check.
Finding = tuple[str, int | None, str | None, str, Any, Any]  # level, entry, rule or cell, what, claimed, found
TAKEN = object()  # A value that this file does not compute: it is taken as the trace claims it, and that is said.

@lru_cache(100_000)
def number(text):
    """The number of a text, which must be the only text that this number has."""
    plain = isinstance(text, str) and len(text) < LONGEST and re.fullmatch(r"-?\d+(\.\d+|/[1-9]\d*)?", text, re.ASCII)
    if not plain: raise ValueError(f"{text!r} is no number")
    if canonical(value := Fraction(text)) != text: raise ValueError(f"{text!r} is not written in the one way")
    return value

def canonical(x):
    """The text of a number: a decimal where one of at most 40 places exists, else a fraction in lowest terms."""
    if not fits(x): raise ValueError("a number is too long")
    places = next((k for k in range(MOST_PLACES + 1) if 10**k % x.denominator == 0), None)
    if places is None: return f"{x.numerator}/{x.denominator}"
    digits = str(abs(x.numerator) * 10**places // x.denominator).rjust(places + 1, "0")
    return "-" * (x < 0) + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)

def fits(x):
    """A number that is longer than this is left open."""
    return isinstance(x, float) or max(x.numerator.bit_length(), x.denominator.bit_length()) <= MOST_BITS

def pair(q):
    """The pair of a number, or of an enclosure, as the trace writes it."""
    if not isinstance(q, dict): return (number(q), number(q))
    return (-INF if q["low"] is None else number(q["low"]), INF if q["high"] is None else number(q["high"]))

def ends(p):
    """A pair as the trace writes an enclosure."""
    return {"low": None if p[0] == -INF else canonical(p[0]), "high": None if p[1] == INF else canonical(p[1])}

def quantity(p):
    """A pair as the trace writes it: a number where both ends are equal, else an enclosure."""
    return canonical(p[0]) if p[0] == p[1] else ends(p)

def rounded(x, places, mode):
    """x to so many places: of the two steps around it the one that the mode says."""
    if isinstance(x, float): return x
    if not 0 <= places <= MOST_PLACES: raise ValueError(f"{places} places")
    steps = x * 10**places
    below, above = math.floor(steps), math.ceil(steps)
    inner, outer = (below, above) if x >= 0 else (above, below)
    tie, nearest = 2 * steps == below + above, below if 2 * steps < below + above else above
    even = below if below % 2 == 0 else above
    chosen = {"floor": below, "ceiling": above, "down": inner, "up": outer,
              "half up": outer if tie else nearest, "half even": even if tie else nearest}[mode]
    return Fraction(chosen, 10**places)

def plus(a, b):
    """a + b, where an open end stays open."""
    return next((end for end in (a, b) if isinstance(end, float)), None) or a + b

def times(a, b):
    """a × b, where 0 × ∞ is 0: an end that is open is still a number."""
    if not a or not b: return Fraction(0)
    if not (isinstance(a, float) or isinstance(b, float)): return a * b
    return INF if (a > 0) == (b > 0) else -INF

# Of pairs: every result encloses what any choice of numbers in the operands comes to.
def add(p, q): return plus(p[0], q[0]), plus(p[1], q[1])
def neg(p): return -p[1], -p[0]
def mul(p, q): return hull(*((x, x) for x in (times(a, b) for a in p for b in q)))
def least(*ps): return min(p[0] for p in ps), min(p[1] for p in ps)
def most(*ps): return max(p[0] for p in ps), max(p[1] for p in ps)
def hull(*ps): return min(p[0] for p in ps), max(p[1] for p in ps)
def total_of(ps): return reduce(add, ps, ZERO)

def div(p, q):
    """p ÷ q, which may be anything where q may be 0."""
    if q[0] <= 0 <= q[1]: return ALL
    return mul(p, tuple(Fraction(0) if isinstance(end, float) else 1 / end for end in (q[1], q[0])))

def power(p, k):
    """p to a whole power; an even power of what may be 0 begins at 0."""
    if abs(k) > MOST_POWER: raise ValueError(f"the power {k}")
    if k < 0: return div(ONE, power(p, -k))
    low, high = (reduce(times, [end] * k, Fraction(1)) for end in p)
    if k % 2 or k == 0 or p[0] >= 0: return low, high
    return (high, low) if p[1] <= 0 else (Fraction(0), max(low, high))

def distance(p):
    """The distance from 0."""
    return most(p, neg(p), ZERO) if p[0] <= 0 <= p[1] else most(p, neg(p))

def steps(p, size):
    """How many steps of a size are in p: none below 0, and where the size may be 0 any number."""
    return (Fraction(0), INF) if size[0] <= 0 else div(most(p, ZERO), size)

ARITHMETIC = {"+": lambda *ps: reduce(add, ps), "*": lambda *ps: reduce(mul, ps), "/": div, "neg": neg,
              "min": least, "max": most, "abs": distance, "per": steps, "^": lambda p, k: power(p, int(k[0])),
              "floor": lambda p: tuple(rounded(x, 0, "floor") for x in p),
              "ceiling": lambda p: tuple(rounded(x, 0, "ceiling") for x in p)}

# Questions to pairs are answered yes, no, or None where the numbers in them answer differently.
def within(p, q): return q[0] <= p[0] and p[1] <= q[1]
def no(answer): return None if answer is None else not answer

def less(p, q):
    if p[1] < q[0]: return True
    return False if p[0] >= q[1] else None

def equal(p, q):
    if p[0] == p[1] == q[0] == q[1]: return True
    return False if less(p, q) or less(q, p) else None

ORDER = {"<": less, ">": lambda p, q: less(q, p), "<=": lambda p, q: no(less(q, p)), ">=": lambda p, q: no(less(p, q)),
         "=": equal, "!=": lambda p, q: no(equal(p, q))}

# ---- values
# What stands at a node of an expression, as JSON: a number is its text; what the data do not determine says why, which
# cells are to blame, and what it lies in. Checked: what every operator makes of its arguments, but for roots, powers that
# are no whole numbers, logarithms, ranks, and rows that may not count: of these the claim is taken.

DATA = {"missing", "invalid", "not applicable", "waived"}  # The causes that a cell may have.
FOLDS = {"count", "sum", "average", "median", "lowest", "highest", "any", "every"}
CLAIMS = {"sqrt", "ln", "exp", "pow", "if", "rank"}
UNIT_KEPT = {"number", "neg", "abs", "round", "floor", "ceiling", "+", "min", "max", "*"}

def unknown(why, blame=(), bounds=ALL):
    """A value that the data leave open."""
    known = {} if bounds == ALL else {"within": ends(bounds)}
    return {"unknown": {"causes": sorted(why), "blame": sorted(blame, key=lambda key: int(key[1:])), **known}}

def is_open(value): return isinstance(value, dict) and "unknown" in value
def is_redacted(value): return isinstance(value, dict) and "redacted" in value
def why(value): return set(value["unknown"]["causes"]) if is_open(value) else set()

def alike(a, b):
    """Equal, but for what is hidden."""
    if a == b or is_redacted(a) or is_redacted(b): return True
    if isinstance(a, dict) and isinstance(b, dict): return set(a) == set(b) and all(alike(a[k], b[k]) for k in a)
    return isinstance(a, list) and isinstance(b, list) and len(a) == len(b) and all(map(alike, a, b))

def enclosure(value):
    """What a value lies in for certain."""
    if is_open(value): return pair(value["unknown"].get("within", ends(ALL)))
    return pair(value) if isinstance(value, str) else ALL

def merged(trees):
    """Why expressions are open, and all the cells to blame."""
    found = [t["value"]["unknown"] for t in trees if is_open(t["value"])]
    return {c for u in found for c in u["causes"]}, {b for u in found for b in u["blame"]}

def cells_in(trees):
    """The keys of all cells that stand in expressions, in their order."""
    return [k for t in trees if t for k in ([t["ref"]] if t["op"] == "cell" else cells_in(t.get("args", ())))]

def undefined(trees):
    """An open value that no data can close: all cells in it are to blame."""
    return unknown({"undefined"}, set(cells_in(trees)))

def settled(causes, blame, p, trees):
    """A number where both ends are equal and it has a value for certain, else an open value; too long a number is open."""
    p = tuple(x if fits(x) else end for x, end in zip(p, ALL, strict=True))
    if p[0] == p[1] and causes <= DATA | {"open"}: return canonical(p[0])
    return unknown(causes, blame, p) if causes else unknown({"too big"}, set(cells_in(trees)))

def unit_in(t):
    """The unit that the data gave an expression: "" where they gave none, None where no data decide it."""
    if t["op"] == "cell": return unit_of(t["value"])
    units = {unit_in(a) for a in t.get("args", ())} - {None} if t["op"] in UNIT_KEPT else set()
    return units.pop() if len(units) == 1 else None

def unit_of(value):
    """Of an actual that is a number, and of a target with a bound: the unit in the cell."""
    if not isinstance(value, dict): return None
    if "number" in value.get("actual", ()): return value["actual"].get("unit", "")
    bound = value.get("target", {})
    return bound.get("unit", "") if bound.get("comparator") in (*ORDER, "range") else None

def clash(first, *others):
    """The first two whose units do not go together, if any: a bare number goes with every unit but %."""
    a = unit_in(first)
    for other in others:
        b = unit_in(other)
        if a is not None and b not in (None, a) and (a and b or "%" in (a, b)): return first, other
    return None

def compare(op, a, b):
    """Numbers by what they lie in, dates by the order of their ISO texts, all else by being the same."""
    v, w = a["value"], b["value"]
    if found := clash(a, b): return undefined(found)
    if "undefined" in why(v) | why(w): answer = None
    elif all(isinstance(x, str) or is_open(x) for x in (v, w)): answer = ORDER[op](enclosure(v), enclosure(w))
    elif is_open(v) or is_open(w): answer = None
    elif op in ("=", "!="): answer = (v == w) == (op == "=")
    else: answer = ORDER[op]((v["date"], v["date"]), (w["date"], w["date"]))
    return unknown(*merged((a, b))) if answer is None else answer

def logic(decisive, trees):
    """Kleene's logic: one decisive answer (yes for `or`, no for `and`) settles it; else one that is open leaves it open."""
    answers = [t["value"] for t in trees]
    if any(answer is decisive for answer in answers): return decisive
    return unknown(*merged(trees)) if any(answer is not (not decisive) for answer in answers) else not decisive

def indicator(op, a, t):
    """An actual beside its target: `met`, `attainment` or `excess`."""
    if is_open(a["value"]) or is_open(t["value"]): return unknown(merged((a, t))[0] | {"undefined"}, merged((a, t))[1])
    if found := clash(a, t): return undefined(found)
    value, target = a["value"], t["value"]["target"]
    if isinstance(value, bool): value = {"actual": {"truth": value}}
    if isinstance(value, str): value = {"actual": {"number": value}}
    actual = value.get("actual", value)
    answer = met(actual, target)
    found = answer if op == "met" or answer is None else share_reached(op, answer, actual, target)
    return undefined((a, t)) if found is None else found

def met(actual, target):
    """Is the target reached? None where the actual is of another kind."""
    sign, n, low = target["comparator"], actual.get("number"), target.get("low")
    if sign in ("yes", "no"): return actual["truth"] == (sign == "yes") if "truth" in actual else None
    if sign == "text": return actual["text"] == target["text"] if "text" in actual else None
    if n is None or low is None: return None
    if sign == "range": return number(low) <= number(n) <= number(target["high"])
    return ORDER[sign](pair(n), pair(low))

def share_reached(op, answer, actual, target):
    """At least: actual ÷ bound. At most: bound ÷ actual, 1 at 0. Else 1 or 0, in a range 1. The excess is actual ÷ bound − 1."""
    sign = target["comparator"]
    if sign not in ORDER: return None if op == "excess" or sign == "range" and not answer else str(int(answer))
    n, low = number(actual["number"]), number(target["low"])
    if op == "attainment" and sign in ("<=", "<"): return canonical(low / n) if n else "1"
    return canonical(n / low - (op == "excess")) if low else None

def months(a, b):
    """Whole months from a day to another; the last day of a month completes it."""
    if b < a: return -months(b, a)
    full = b.day >= a.day or b == date.max or date.fromordinal(b.toordinal() + 1).day == 1
    return (b.year - a.year) * 12 + b.month - a.month - (not full)

def of_dates(op, values):
    """`year` and `month` of a day; `days` and `months` from one to another."""
    day, *to = (date.fromisoformat(v["date"]) for v in values)
    if not to: return str(getattr(day, op))
    return str((to[0] - day).days if op == "days" else months(day, to[0]))

def fold(op, trees, which):
    """An aggregate of values that all count; `dropping N` leaves one highest and one lowest out, where there are N."""
    values = [t["value"] for t in trees]
    if op in ("any", "every"): return logic(op == "any", trees)
    if which == "distinct": return TAKEN if any(map(is_open, values)) else str(len({json.dumps(v) for v in values}))
    cut = bool(which) and len(values) >= int(which.split()[1])
    if op == "count": return str(max(0, len(values) - 2 * cut))
    if found := trees and clash(*trees): return undefined(found)
    lows, highs = (sorted(enclosure(v)[end] for v in values)[cut:len(values) - cut] for end in (0, 1))
    if not lows: return "0" if op == "sum" else undefined(trees)
    middle = slice((len(lows) - 1) // 2, len(lows) // 2 + 1)
    pick = {"lowest": slice(0, 1), "highest": slice(-1, None), "median": middle}.get(op, slice(None))
    lows, highs = lows[pick], highs[pick]
    total = reduce(plus, lows), reduce(plus, highs)
    return settled(*merged(trees), total if op == "sum" else mul(total, (Fraction(1, len(lows)),) * 2), trees)

def not_certain(state, causes):
    """The causes beside which a state is not certain: what does not apply may not be asked for once the others are known."""
    return {"missing": set(), "not applicable": (causes & DATA) - {state}, "undefined": causes & DATA}[state]

def state_of(op, arg):
    """`is missing`, `is not applicable`, `is undefined`: of a score, was its part skipped?"""
    causes = why(arg["value"])
    if arg["op"] == "score" and op == "not applicable":
        return causes == {op} or (TAKEN if causes else False)
    if op not in causes: return False
    return unknown(causes & DATA, merged([arg])[1]) if not_certain(op, causes) else True

def number_in(args):
    """The number in an actual, or the bound of a one-sided target."""
    value = args[0]["value"]
    if is_open(value): return unknown(why(value) | {"undefined"}, merged(args)[1], enclosure(value))
    inner = next(iter(value.values())) if isinstance(value, dict) else {"number": value}
    found = inner.get("low") if inner.get("comparator") in ORDER else inner.get("number")
    return undefined(args) if found is None else found

def arithmetic(op, args):
    """An operator on numbers; a divisor or step that may be 0 leaves it undefined, or open where data are missing."""
    if op in ("+", "min", "max", "per") and (found := clash(*args)): return undefined(found)
    causes, blame = merged(args)
    ranges = [enclosure(a["value"]) for a in args]
    divisor = ranges[1] if op in ("/", "per") else None
    if op == "^" and ranges[1][0] < 0: divisor = ranges[0]
    if divisor and divisor[0] <= 0 and (op == "per" or divisor[1] >= 0):
        if not causes: return undefined(args)
        causes |= {"undefined"}
    return settled(causes, blame, ARITHMETIC[op](*ranges), args)

def round_(args):
    """The value, to so many places, half up or in the mode that is named; what is irrational is decided by its rounding."""
    values = [a["value"] for a in args]
    causes, blame = merged(args)
    mode = values[2]["text"] if values[2:] else "half up"
    p = tuple(rounded(x, int(values[1]), mode) for x in enclosure(values[0]))
    return TAKEN if p[0] != p[1] and causes == {"irrational"} else settled(causes - {"irrational"}, blame, p, args)

def operate(t):
    """The value of an operator or function, from the values of its arguments."""
    op, args = t["op"], t.get("args", [])
    values = [a["value"] for a in args]
    some_open = any(map(is_open, values))
    if op in CLAIMS or any(map(is_redacted, values)): return TAKEN
    if op in ("and", "or"): return logic(op == "or", args)
    if op == "not": return values[0] if some_open else not values[0]
    if op in ORDER: return compare(op, *args)
    if op == "in":
        found = [compare("=", args[0], choice) for choice in args[1:]]
        if True in found: return True
        return unknown(*merged(args)) if any(map(is_open, found)) else False
    if op in ("missing", "not applicable", "undefined"): return state_of(op, args[0])
    if op in ("met", "attainment", "excess"): return indicator(op, *args)
    if op == "number": return number_in(args)
    if op in FOLDS:  # Of rows that may not count, or of a list that is not there, the trace says what is known.
        claim = any(a["op"] == "if" for a in args) or (not args and is_open(t["value"]))
        return TAKEN if claim else fold(op, args, t.get("ref"))
    if op == "choose":
        if some_open: return TAKEN
        return undefined(args) if t.get("ref") else values[-1]
    if op == "instead": return values[1] if is_open(values[0]) and not is_open(t["value"]) else TAKEN
    if op == "round": return round_(args)
    if op in ("contains", "days", "months", "year", "month"):
        if some_open: return unknown(*merged(args))
        return values[1]["text"] in values[0]["text"] if op == "contains" else of_dates(op, values)
    return arithmetic(op, args)

# ---- arithmetic
# The trace alone. Every entry is done again from its own numbers and from the cells, lets and closings before it, and the
# result from the last of them. Not checked: whether these are the rules, or the data.

COMMON = set("number kind rule part status row source".split())
FIELDS = {kind: set(names.split()) for kind, names in {
    "batch": "name expression subjects left_out inputs", "let": "name expression inputs blame",
    "each": "condition name expression group before after inputs blame", "close": "before after blame",
    "skip": "role name condition before after high reason authority code inputs blame",
    "open": "role expression applied after high inputs blame", "round": "places mode before after",
    "override": "name asked applied before after reason inputs", "clamp": "role name low high asked before after",
    "redistribute": "asked applied factor left_out before after blame",
    "rescale": "asked high factor left_out before after blame", "carry": "name asked factor applied before after blame",
    "judge": "name label mode asked applied low high before after reason authority inputs blame",
    "restore": "role name condition expression asked applied group reason authority code inputs blame",
    "move": "role name condition expression asked cap restored applied before after group"
            " waiver approver reason authority code inputs blame",
    "group": "role mode condition asked cap restored applied before after group winner winner_row"
             " reason authority code inputs blame",
    "limit": "role name condition cap before after waiver approver reason authority code inputs blame",
    "grade": "condition label possible scale inputs blame",
    "regrade": "role name steps condition label possible waiver approver reason authority code inputs blame",
    "check": "role condition expression reason authority code inputs blame"}.items()}
SHAPE = {"": "format header lists cells entries result findings core", "lists": "list keys absent",
         "header": "engine scheme title language fewer_better rules data core statements as_of record batch",
         "header.rules": "file sha256", "header.data": "file sha256", "header.statements": "part count",
         "cells": "key name value text unit file row column notes item within",
         "result": "total total_shown computed full grade possible_grades status parts blame causes",
         "result.parts": "path name title kind inside full share score score_shown computed factor may_be_skipped"
                         " grade possible_grades",
         "findings": "code severity message help file row column text cell record rule place source line end_line"
                     " end_column span"}
HIDDEN = {"header": "record sha256", "cells": "text value notes", "findings": "message help text record",
          "entries": "value name reason waiver approver left_out"}  # What a seal may hide.
ANY_STATUS = ["applied", "not met", "undetermined", "without effect", "waived", "skipped"]
STATUSES = {"clamp": ["applied"], "round": ["applied"], "override": ["applied"], "close": ["applied", "skipped"],
            "judge": ["applied", "undetermined", "without effect"]}
STATUSES |= dict.fromkeys("batch open carry redistribute rescale let grade".split(), ["applied", "undetermined"])
FACETS = {"score": ["score"], "full": ["full"], "rate": ["score", "full"], "points": ["score", "share", "full"], "grade": []}
NO_BOUNDS = ((-INF, -INF), (INF, INF))

def held(e):
    """The value of an entry's condition; yes where it has none."""
    return e["condition"]["value"] if "condition" in e else True

def outcome(answer):
    """What becomes of a statement by the answer to its condition."""
    if is_open(answer): return "undetermined"
    return "not met" if answer is False else "applied"

CAUSES = {"missing", "invalid", "not applicable", "waived", "undefined", "too big", "irrational"}

class Audit:
    """One trace while it is checked."""

    def __init__(self, trace, findings):
        self.trace, self.findings = trace, findings
        self.taken = 0  # How many open values were taken as claimed.
        self.now = {}  # The entry (or cell, or file) that is looked at; findings name it.
        self.cells = {cell["key"]: cell for cell in trace["cells"]}
        self.parts = {"total": trace["result"] | {"path": "total", "score": trace["result"].get("total")}}
        self.parts |= {part["path"]: part for part in trace["result"]["parts"]}
        self.bounds = {}  # Part → its floor and top, as its first clamp says.
        for e in reversed(trace["entries"]):
            if e["kind"] == "clamp": self.bounds[e["part"]] = self.bounds_in(e)
        self.lets = {}  # Rule of a let or a batch value → its values (in Rules: its expressions), the last one in force.
        self.closed = {}  # Rule of a part → its parts that have closed, one for each row.
        self.ended = set()  # Parts that have closed.
        self.balance = {}  # Part → its balance, as the trace writes it.
        self.inside = {}  # Rule of a move or group → the entries of its members and restorations, until it comes itself.
        self.asked = {}  # Part and role → what its moves have asked for together.
        self.given = {}  # Part → the points that skips which are not decided would give it.
        self.reviews = {}  # Part → the entries of its reviewers, until they are combined.
        self.scale = {}  # Part → by what the shares of its parts are multiplied.
        self.grade = {}  # Part → all grades, and those it may have.
        self.computed = {}  # Part → its computed score, where a person set another.

    @staticmethod
    def bounds_in(e):
        return tuple(pair(e[name]) if name in e else none for name, none in zip(("low", "high"), NO_BOUNDS, strict=True))

    def tell(self, level, what, claimed, found):
        self.findings.append((level, self.now.get("number"), self.now.get("rule"), what, claimed, found))

    def holds(self, what, claimed, answer, found, level="arithmetic"):
        if not answer: self.tell(level, what, claimed, found)

    def same(self, what, claimed, found, level="arithmetic"):
        self.holds(what, claimed, found is TAKEN or alike(claimed, found), found, level)

    def arithmetic(self):
        self.shape()
        last, files = 0, [file["file"] for file in self.trace["header"]["rules"]]
        for entry in self.trace["entries"]:
            self.now = entry
            self.same("number", entry["number"], last + 1)  # A gap is told once, where it is.
            last = entry["number"]
            self.same("fields", sorted(set(entry) - COMMON - FIELDS[entry["kind"]]), [])
            if "source" in entry: self.holds("source", entry["source"]["file"], entry["source"]["file"] in files, files)
            for tree in (entry.get("condition"), entry.get("expression")): self.tree(tree)
            self.entry(entry)
        self.now = {}
        for path, part in self.parts.items(): self.result(path, part)
        self.result_status(self.trace["result"])

    # -- the shape

    def shape(self):
        """No member that the format does not know; digests, files and rows are what they can be."""
        for path, names in SHAPE.items():
            for inner in self.members(path): self.same(path or "trace", sorted(set(inner) - set(names.split())), [])
        self.same("format", self.trace["format"], FORMAT)
        header = self.trace["header"]
        for digest in [file["sha256"] for file in (*header["rules"], *header["data"])]:
            right = is_redacted(digest) or re.fullmatch("[0-9a-f]{64}", digest)
            self.holds("SHA-256", digest, right, "64 hexadecimal digits")
        files = [file["file"] for file in header["data"]]
        keys = {found["list"]: found.get("keys", []) for found in self.trace["lists"]}
        for cell in self.trace["cells"]:
            self.holds("file", cell["file"], cell["file"] in files, files)
            if row := cell.get("item"):
                self.same("row", [row["key"]], keys[row["list"]][row["position"] - 1:row["position"]])
        for place, value in self.trace.items(): self.redacted(value, "", HIDDEN.get(place, "").split())

    def members(self, path):
        """The objects that stand at a place, one or a list of them."""
        found = [self.trace]
        for step in path.split(".") if path else ():
            found = [inner for f in found for inner in (f[step] if isinstance(f[step], list) else [f[step]])]
        return found

    def redacted(self, value, name, allowed):
        """What is hidden stands where a seal lets it be hidden, and nowhere else."""
        if is_redacted(value): self.same("redacted", sorted(value), ["redacted"] if name in allowed else [])
        elif isinstance(value, dict):
            for key, inner in value.items(): self.redacted(inner, key, allowed)
        elif isinstance(value, list):
            for inner in value: self.redacted(inner, name, allowed)

    # -- expressions

    def tree(self, t):
        """Every node of an expression has the value that its arguments, or what it names, come to."""
        if t is None: return
        for inner in t.get("args", ()): self.tree(inner)
        found = self.leaf(t) if t["op"] in ("const", "cell", "let", "score", "batch", "skipped") else operate(t)
        if found is TAKEN: self.taken += is_open(t["value"])
        else: self.same(t["op"], t["value"], found)

    def leaf(self, t):
        op, ref, claimed = t["op"], t.get("ref"), t["value"]
        if op == "cell": return self.cell(ref)
        if op == "const": return TAKEN if not is_open(claimed) else None
        if op == "score": return self.score(ref, claimed)
        if op == "skipped" or self.now["kind"] == "batch": return TAKEN
        found = self.lets.get(ref, [None])  # What a check reads may be of another row than the last.
        return claimed if claimed in found and self.now["kind"] == "check" else found[-1]

    def cell(self, key):
        """The value of a cell; one that is absent is open, within what is declared for it."""
        cell = self.cells[key]
        absent = isinstance(cell["value"], dict) and cell["value"].get("absent")
        return unknown({absent}, {key}, pair(cell["within"]) if "within" in cell else ALL) if absent else cell["value"]

    def score(self, ref, claimed):
        """What is read of a part: by its path, or by its rule the one that closed last."""
        path, _, facet = ref.rpartition(":") if ref and ref.rpartition(":")[2] in FACETS else (ref, "", "score")
        parts = [self.parts[p] for p in ([path] if path in self.parts else self.closed.get(path, ()))]
        found = [self.facet(part, facet) for part in parts]
        if is_open(claimed):
            scores = [pair(part["score"]) for part in parts if part.get("score") is not None]
            loose = TAKEN in found and (facet != "score" or enclosure(claimed) in [ALL, *scores])
            return TAKEN if not found or loose or claimed in found else None
        if claimed in [f for f in found if f is not TAKEN] and self.now["kind"] == "check": return claimed
        return found[-1] if found else None

    def facet(self, part, facet):
        """Rate: score ÷ full points. Points: score × share ÷ full points. Of a skipped part nothing applies."""
        if part.get("score") is None: return unknown({"not applicable"})
        if facet == "grade": return {"text": part["grade"]} if "grade" in part else TAKEN
        values = [part[name] for name in FACETS[facet]]
        if part.get("may_be_skipped") or not all(isinstance(v, str) for v in values): return TAKEN
        *over, under = map(number, values)
        if not over: return values[0]
        return canonical(reduce(times, over) / under) if under else TAKEN

    # -- entries

    def entry(self, e):
        """What holds for every entry, then for its kind: each `on_…` says what the balance must be after it."""
        kind, part, before = e["kind"], e["part"], pair(e["before"]) if "before" in e else None
        if "before" in e: self.same("before", e["before"], self.balance.get(part))
        elif "after" in e: self.holds("opening", part, part not in self.balance, "opened before")
        if "after" in e: self.balance[part] = e["after"]
        if "after" in e or kind == "close": self.holds("part", part, part not in self.ended, "closed before")
        if "group" in e: self.inside.setdefault(e["group"], []).append(e)
        self.status(e, held(e))
        self.after(e, getattr(self, f"on_{kind}", lambda e, before: before)(e, before))
        named = [*e.get("inputs", ()), *e.get("blame", ())]
        self.same("cells", [key for key in named if key not in self.cells], [])
        read = cells_in([e.get("condition"), e.get("expression")]) if kind != "open" else []
        self.same("inputs", [key for key in read if key not in named], [])

    def after(self, e, want):
        """The balance that is claimed is the one that was found; what has grown too long is open, and encloses it."""
        claimed = e.get("after")
        if want is None or claimed is None: self.same("after", claimed, want and quantity(want))
        elif ends(pair(claimed)) == claimed and (INF in pair(claimed) or not fits(want[1])):
            self.holds("after", claimed, within(want, pair(claimed)) or not fits(want[1]), ends(want) if fits(want[1]) else None)
        else: self.same("after", claimed, quantity(want))

    def status(self, e, answer):
        """A condition that does not hold is not met; one that is open leaves its statement undetermined."""
        kind, status = e["kind"], e["status"]
        if is_redacted(answer): return
        known = STATUSES.get(kind, ANY_STATUS)
        self.holds("status", status, status in known, known)
        fires = kind in ("move", "group", "limit", "regrade") and "name" not in e
        if kind in ("each", "skip", "grade") and "condition" in e: self.same("status", status, outcome(answer))
        elif fires and answer is False: self.same("status", status, "not met")
        elif fires and answer is True and kind != "group": self.holds("status", status, status != "not met", "applied")

    def on_let(self, e, before):
        self.holds("status", e["status"], (e["status"] == "undetermined") == is_open(e["expression"]["value"]), "the other")
        self.on_batch(e, before)

    def on_batch(self, e, before):
        self.lets.setdefault(e["rule"], []).append(e["expression"]["value"])

    def on_open(self, e, before):
        """At full points, at what `start at` says, or at 0 for what will be added."""
        full = self.parts[e["part"]]["full"]
        start = quantity(enclosure(e["expression"]["value"])) if "expression" in e else TAKEN
        self.same("applied", e["applied"], {"full": full, "start": start}.get(e["role"], "0"))
        self.same("full points", e["high"], full)
        self.same("status", e["status"], "undetermined" if isinstance(e["after"], dict) else "applied")
        return pair(e["applied"])

    def on_skip(self, e, before):
        """Left out; or closed at full points or 0, or, where that is open, at what either way comes to."""
        full = self.parts[e["part"]]["full"]
        given, perhaps = {"full": [pair(full)], "zero": [ZERO]}.get(e["role"], []), self.given.setdefault(e["part"], [])
        if e["role"] == "either": return hull(before, *perhaps)
        if e["status"] == "undetermined": perhaps += given
        if "after" not in e: return None
        self.same("full points", e["high"], full)
        return hull(*perhaps, *given)

    def on_redistribute(self, e, before):
        """All shares ÷ those of the parts that count: never below 1."""
        applied, (low, high) = pair(e["applied"]), div(pair(e["asked"]), pair(e["applied"]))
        if low != high: low = max(low, Fraction(1))
        if applied[0] > 0: self.same("factor", e["factor"], quantity((low, high)))
        self.holds("applied", e["applied"], applied[1] <= pair(e["asked"])[1], e["asked"])
        self.scale[e["part"]] = pair(e["factor"])
        return self.on_each(e, before)

    def on_carry(self, e, before):
        """The closing of an inner part × what one of its points is worth here."""
        inner = self.parts[e["name"]]
        self.same("asked", e["asked"], inner["score"])
        self.same("factor", e["factor"], inner["factor"])
        if all(isinstance(e[name], str) for name in ("asked", "factor", "applied")):
            self.same("applied", e["applied"], quantity(mul(pair(e["asked"]), pair(e["factor"]))))
        return add(before, pair(e["applied"]))

    def on_rescale(self, e, before):
        """What is left of the full points counts for all of them."""
        full, rest = pair(e["high"]), add(pair(e["high"]), neg(pair(e["asked"])))
        if rest[0] == rest[1]: self.same("factor", e["factor"], quantity(div(full, rest)))
        return mul(before, pair(e["factor"]))

    def on_judge(self, e, before):
        """One reviewer of several has no balance; their mean, median or only score is added."""
        if before is None:
            self.reviews.setdefault(e["part"], []).append(e)
            return None
        self.same("bounds", [e["low"], e["high"]], ["0", self.parts[e["part"]]["full"]])
        self.judged(e, self.reviews.pop(e["part"], []))
        return add(before, pair(e["applied"]))

    def judged(self, e, reviews):
        """What the reviewers that count come to; it may be anything up to full points where that is open."""
        if e["status"] == "undetermined": found = ends((Fraction(0), pair(e["high"])[1]))
        elif e["mode"] == "single":
            cells = [self.cells[key]["value"] for key in e["inputs"]]
            found = e["applied"] if e["applied"] in cells or "label" in e else cells[0]
        else:
            scores = sorted(number(r["asked"]) for r in reviews if r["status"] == "applied")
            if e["mode"] == "median": scores = scores[(len(scores) - 1) // 2:len(scores) // 2 + 1]
            found = canonical(sum(scores, Fraction(0)) / len(scores))
        self.same("applied", e["applied"], found)
        if reviews: self.same("inputs", e["inputs"], [key for r in reviews for key in r["inputs"]])
        for r in reviews:
            if r["status"] != "undetermined" and "label" not in r:
                given = [self.cells[key]["value"] for key in r["inputs"]]
                self.holds("asked", r["asked"], r["asked"] in given, given)

    def on_restore(self, e, before):
        if e["status"] == "not met": self.same("applied", e["applied"], "0")

    def on_move(self, e, before):
        if "expression" in e: return self.moved(e, before, enclosure(e["expression"]["value"]))
        return self.moved(e, before, pair(e["asked"]) if "asked" in e else None)

    def on_group(self, e, before):
        """The sum of what its members ask, or the largest."""
        members = [m for m in self.inside.get(e["rule"], ()) if m["kind"] != "restore"]
        asking = [m for m in members if m["status"] in ("applied", "undetermined")]
        asks = [pair(m["asked"]) if "asked" in m else (Fraction(0), INF) for m in asking]
        return self.moved(e, before, most(ZERO, *asks) if e["mode"] == "highest" else total_of(asks))

    def moved(self, e, before, value):
        """Wanted, cut by `up to`, less what is given back; then a deduction stops at the floor and an award at the top."""
        inside, status = self.inside.pop(e["rule"], []), e["status"]
        if "asked" not in e: return self.unmoved(e, before)
        base = most(least(value, pair(e["cap"])) if "cap" in e else value, ZERO)
        if is_open(held(e)) and "name" not in e and status != "waived": base = (Fraction(0), base[1])
        left, back = self.given_back(base, [r for r in inside if r["kind"] == "restore" and "asked" in r])
        self.same("restored", e.get("restored"), quantity(back) if "restored" in e else None)
        asked = pair(e["asked"])
        hidden = any(is_redacted(m.get("expression", {}).get("value")) for m in (e, *inside))
        if status == "undetermined" or hidden: self.holds("asked", e["asked"], within(left, asked) and asked[0] >= 0, quantity(left))
        else: self.same("asked", e["asked"], quantity(base if status == "waived" else left))
        if before is None or status not in ("applied", "without effect", "undetermined"): return self.unmoved(e, before)
        return self.effect(e, before, asked)

    def unmoved(self, e, before):
        """What asks for nothing, or only asks its group, has no effect."""
        self.same("applied", e.get("applied"), None if before is None else "0")
        return before

    def effect(self, e, before, asked):
        """What a move or group that asks for so much does to the balance, between the floor and the top."""
        part, role, status = e["part"], e["role"], e["status"]
        total = add(self.asked.get((part, role), ZERO), asked)
        self.asked[part, role] = total if all(map(fits, total)) else (Fraction(0), INF)
        low, high = self.bounds.get(part, NO_BOUNDS)
        room = add(before, neg(low)) if role == "deduct" else add(high, neg(before))
        applied = asked if role == "score" else most(least(asked, room), ZERO)
        self.same("applied", e["applied"], quantity(applied))
        stopped = applied == ZERO and asked[0] > 0
        if status != "undetermined": self.same("status", status, "without effect" if stopped else "applied")
        if role == "deduct": return most(add(before, neg(asked)), least(low, before))
        return least(add(before, asked), most(high, before)) if role == "award" else add(before, asked)

    def given_back(self, base, restores):
        """What is left of what was asked, and what all restorations together give back of it."""
        left, back, wanted = base, ZERO, ZERO
        for r in restores:
            asks = enclosure(r["expression"]["value"])
            asks = most(mul(base, asks) if r["role"] == "share" else asks, ZERO)
            if r["status"] == "applied":
                self.same("restore", [r["asked"], r["applied"]], [quantity(asks), quantity(least(asks, left))])
            wanted, back = add(wanted, pair(r["asked"])), add(back, pair(r["applied"]))
            left = most(add(base, neg(wanted)), ZERO)
        return left, back

    def on_clamp(self, e, before):
        """Between floor and top; it says what the deductions, or the awards, asked for in all."""
        low, high = self.bounds[e["part"]]
        self.same("bounds", self.bounds_in(e), (low, high))
        asked = self.asked.get((e["part"], {"top": "award", "floor": "deduct"}.get(e["role"])))
        self.same("asked", e.get("asked"), asked and quantity(asked))
        return least(most(before, low), high)

    def on_limit(self, e, before):
        """`zero` takes all, `limit` holds to its cap; where it is open both ways are possible."""
        if e["status"] not in ("applied", "without effect", "undetermined"): return before
        after = ZERO if e["role"] == "zero" else least(before, pair(e["cap"]))
        if e["status"] == "undetermined": return hull(before, after)
        self.same("status", e["status"], "without effect" if after == before else "applied")
        return after

    def on_round(self, e, before):
        return tuple(rounded(x, e["places"], e["mode"]) for x in before)

    def on_override(self, e, before):
        """What a person set, beside what was computed."""
        self.computed[e["part"]] = e["asked"]
        self.same("asked", e["asked"], e["before"])
        self.same("applied", e["applied"], self.cells[e["inputs"][0]]["value"])
        return pair(e["applied"])

    def on_each(self, e, before):
        """Of a list that is not there: what its rows would come to is taken as claimed."""
        return pair(e["after"]) if "after" in e else None

    def on_close(self, e, before):
        self.closed.setdefault(e["rule"], []).append(e["part"])
        self.ended.add(e["part"])
        self.same("score", e.get("after"), self.parts[e["part"]].get("score"))
        return before

    def on_grade(self, e, before):
        """The grade that the condition comes to; where it is open, all that it may come to."""
        answer = held(e)
        values = [answer] if "text" in answer else [a["value"] for a in e["condition"]["args"]]
        self.graded(e, e["scale"], [v["text"] for v in values if isinstance(v, dict) and "text" in v])

    def on_regrade(self, e, before):
        """Every grade that it may be is moved along the scale; where it is open whether, both are possible."""
        scale, before = self.grade[e["part"]]
        moved = {scale[self.regraded(e, scale, scale.index(label))] for label in before or scale}
        if e["status"] == "undetermined": moved |= set(before)
        self.graded(e, scale, moved if e["status"] in ("applied", "undetermined") else before)

    def regraded(self, e, scale, place):
        """is: set; lower: so many steps down; limit: at most that grade; not: at most the one below it."""
        last = len(scale) - 1
        to = scale.index(e["name"]) if e.get("name") in scale else last
        if e["role"] == "lower": return min(place + e["steps"], last)
        return {"is": to, "limit": max(place, to), "not": max(place, min(to + 1, last))}[e["role"]]

    def graded(self, e, scale, found):
        labels = [e["label"]] if "label" in e else e.get("possible", [])
        self.same("grade", labels, [label for label in scale if label in found])
        self.grade[e["part"]] = scale, labels

    def on_check(self, e, before):
        """Where its `when` holds its test decides; a finding stands where that does not hold."""
        if "expression" in e and is_redacted(e["expression"]["value"]): return
        answer = held(e)
        if answer is True: answer = e["expression"]["value"]
        self.same("status", e["status"], outcome(answer if is_open(answer) else answer is True))

    # -- the result

    def result(self, path, part):
        """A part's score, grade and weight are what its entries came to."""
        score, total = part.get("score"), path == "total"
        labels = [part["grade"]] if part.get("grade") else part.get("possible_grades", [])
        self.same(f"grade of {path}", labels, self.grade.get(path, (None, []))[1])
        self.same(f"score of {path}", score, self.balance.get(path))
        self.same(f"computed score of {path}", part.get("computed"), self.computed.get(path))
        shown = part.get("total_shown" if total else "score_shown")
        self.same(f"shown score of {path}", shown, show(score) if score is not None else None)
        said = path in self.ended or any(e["part"] == path for e in self.trace["entries"])
        self.same(f"closing of {path}", path in self.ended, said or score is not None)
        if total: return
        self.holds(f"name of {path}", part["name"], re.sub(r"\[.*", "", path).endswith(part["name"]), "the end of its path")
        self.holds(f"place of {path}", part["inside"], part["inside"] in self.parts, "a part")
        kinds = ["section", "criterion", "bonus", "penalty"]
        self.holds(f"kind of {path}", part["kind"], part["kind"] in kinds, kinds)
        self.weight(path, part)

    def weight(self, path, part):
        """What one point of a part is worth one level up: share ÷ full points, × the factor of its redistribution."""
        counts = part.get("score") is not None and part["kind"] in ("section", "criterion")
        scale = self.scale.get(part["inside"], ONE) if counts else ONE
        closed = all(isinstance(part[name], str) for name in ("share", "full"))
        if not closed and scale == ONE and part["factor"] == "1": self.same(f"share of {path}", part["share"], part["full"])
        if not closed or (scale[0] == scale[1]) != isinstance(part["factor"], str): return
        share, full = pair(part["share"]), pair(part["full"])
        worth = ZERO if full == ZERO else mul(scale, div(share, full))
        if share != ZERO or full != ZERO: self.same(f"factor of {path}", part["factor"], quantity(worth))

    def result_status(self, result):
        """not issued: no total; not final: an error stands against it; provisional: total or grade are open."""
        total = result.get("total")
        loose = isinstance(total, dict) or "grade" not in result and "total" in self.grade
        wrong = any(f["severity"] == "error" for f in self.trace["findings"]) or result["status"] == "not final"
        found = "provisional" if loose else "final"
        if wrong: found = "not final"
        self.same("status", result["status"], "not issued" if total is None else found)
        failed = [e["rule"] for e in self.trace["entries"] if e["kind"] == "check" and e["status"] == "not met" and "expression" in e]
        said = [str(f.get("rule")) for f in self.trace["findings"] if f["code"] == "F101"]
        self.same("findings of checks that do not hold", sorted(said), sorted(failed))
        blamed = {key for e in self.trace["entries"] for key in e.get("blame", ())} & set(result.get("blame", ()))
        self.same("blame", result.get("blame", []), sorted(blamed, key=lambda key: int(key[1:])))
        self.same("causes", result.get("causes", []), sorted(CAUSES & set(result.get("causes", ()))))

def fixed(x, places):
    """A number rounded half up to so many places, with all of them."""
    text = canonical(rounded(x, places, "half up"))
    return f"{text}{'' if '.' in text else '.'}".ljust(len(text.partition(".")[0]) + 1 + places, "0") if places else text

def show(q):
    """A score as people read it: at most six decimals, else two and, where it is not too long, the exact fraction."""
    if isinstance(q, dict):
        low, high = "(-∞" if q["low"] is None else f"[{q['low']}", "∞)" if q["high"] is None else f"{q['high']}]"
        return f"{low}, {high}"
    x = number(q)
    if "/" not in q and len(q.partition(".")[2]) <= 6: return q
    brief = x.numerator.bit_length() + x.denominator.bit_length() <= 100
    return f"{fixed(x, 2)} ({q})" if brief else f"≈ {fixed(x, 2)}"

# ---- rules
# The core beside the entries. Its statements are walked in their order, each takes the entry that it must have left, and
# every expression is built again on the cells of the trace. Not checked: what data leave open, where the trace claims it;
# which statements a core should have is for its readers, and whether it is the one that was used for its digest.

SCOPE = ("part", "row", "around", "rows", "groups", "children", "lets")

class Diverged(Exception):
    """The entries go another way than the rules: what, claimed, found."""

def node(op, value, **facts):
    """A node of an expression; a fact that says nothing is left out."""
    return {"op": op, "value": value} | {k: v for k, v in facts.items() if v is not None and v is not False and v != []}

def had(c, place):
    """The argument that a claimed expression has at a place, if any."""
    args = (c or {}).get("args", [])
    return args[place] if place < len(args) else None

def named(t):
    """A node in a few words, for findings."""
    if not isinstance(t, dict) or "op" not in t: return t
    return " ".join(str(x) for x in (t["op"], t.get("ref"), t.get("value") if t["op"] == "const" else None) if x is not None)

def differing(what, claimed, found):
    """The innermost node, the first one, at which two expressions part: where, and what each has there."""
    if not (isinstance(claimed, dict) and isinstance(found, dict)): return what, named(claimed), named(found)
    if claimed.get("op") != found["op"]: return what, named(claimed), named(found)
    ours, theirs = found.get("args", []), claimed.get("args", [])
    for a, b in zip(theirs, ours, strict=False):
        if not alike(a, b): return differing(what, a, b)
    where = f"{what}: {named(claimed)}"
    if len(ours) != len(theirs): return f"{where}: arguments", len(theirs), len(ours)
    fact = next(k for k in ("ref", "value", "percent", "rows", *claimed) if not alike(claimed.get(k), found.get(k)))
    return where if fact == "value" else f"{where}: {fact}", claimed.get(fact), found.get(fact)

def described(kind, rule, part, row):
    """A statement as findings name it."""
    place = "" if str(rule).startswith(part) else f" in {part}"
    return f"{kind} {rule}{place}" + (f", row {row['key']} of {row['list']}" if row else "")

def both(where, when):
    """Both conditions, of which the second may not be there."""
    return where if when is None else {"is": "Op", "op": "and", "args": [where, when]}

def conditional(s, where):
    """A statement of a row that may not count: it fires only if the row counts, and a check holds if it does not."""
    if s["is"] in ("Move", "Group", "Limit", "Regrade", "Skip"): return s | {"when": both(where, s["when"])}
    if s["is"] == "Each": return s | {"where": both(where, s["where"])}
    if s["is"] != "Check": return s
    without = {"is": "Op", "op": "not", "args": [where]}
    return s | {"test": {"is": "Op", "op": "or", "args": [without, s["test"]]}}

class Rules(Audit):
    """Walks the core. A statement that ends its part answers True."""

    def __init__(self, trace, core, findings):
        super().__init__(trace, findings)
        self.core = core
        self.at = 0  # How many entries have been taken.
        # The scope of a statement: what SCOPE names.
        self.part = "total"  # The part that it stands in.
        self.row = None  # The row of the innermost loop, as entries name it.
        self.around = ()  # The rows of all loops around it, the outermost first.
        self.rows = {}  # Slot of a loop → (list, position) of the row that is bound there.
        self.groups = {}  # Slot of a loop → the rows of the group that is bound there.
        self.children = []  # The sections and criteria that have closed inside the part.
        # What is known of the parts so far.
        self.ids = []  # All parts, in the order in which they begin.
        self.gone = {}  # Part that does not count → where its share goes.
        self.lost = []  # Loops of parts whose list is not there.
        self.basis = {}  # Part → with what it opened.
        self.out = {}  # Part → its points that were taken out of the total (`rescale`).
        self.checks = []  # Checks and their scopes: they run when all is closed.
        # What the trace holds.
        self.lists = {found["list"]: found.get("keys") for found in trace["lists"]}
        self.places = {} if "places" in core else None  # Rule → where it stands in the rule files.
        for place in core.get("places", ()):
            self.places.setdefault(place["rule"], []).append({k: place[k] for k in ("file", "place", "text")})
        self.find = {}  # Input, or field with list and position → key of its cell.
        for cell in reversed(trace["cells"]):
            item = cell.get("item", {"list": None, "position": None})
            self.find[cell["name"], item["list"], item["position"]] = cell["key"]

    def replay(self):
        try:
            for value in self.core["batch"]: self.batch_value(value)
            self.account(self.core["total"], None)
            self.run_checks()
            self.now = {}
            self.same("entries", len(self.trace["entries"]), self.at, "rules")
            self.same("parts", sorted(self.parts), sorted(self.ids), "rules")
        except Diverged as problem:
            self.tell("rules", *problem.args)

    def batch_value(self, value):
        e = self.take("batch", value["origin"], name=value["op"])
        self.same("value", e["expression"].get("ref"), value["origin"], "rules")
        self.lets[value["origin"]] = e["expression"]

    def run_checks(self):
        """In the order in which their parts began; a check may read what was named after its own part had closed."""
        lets = self.lets
        for checks, scope in sorted(self.checks, key=lambda found: self.ids.index(found[1]["part"])):
            self.enter(scope | {"lets": lets | scope["lets"]})
            for s in checks: self.statement(s)

    def scope(self): return {name: copy(getattr(self, name)) for name in SCOPE}

    def enter(self, scope):
        for name, value in scope.items(): setattr(self, name, value)

    def upcoming(self, kind, rule=None):
        """The next entry, if it is of this kind and part (and rule)."""
        e = self.trace["entries"][self.at] if self.at < len(self.trace["entries"]) else {}
        return e if e.get("kind") == kind and e["part"] == self.part and rule in (None, e["rule"]) else None

    def take(self, kind, rule, n=None, **facts):
        """The next entry must be that of this statement, on this part and row, with its words and these facts."""
        wanted, entries = (kind, rule, self.part, self.row), self.trace["entries"]
        if self.at >= len(entries): raise Diverged("statement", "the end", described(*wanted))
        self.now = e = entries[self.at]
        found = (e["kind"], e["rule"], e["part"], e.get("row"))
        if found != wanted: raise Diverged("statement", described(*found), described(*wanted))
        self.at += 1
        if self.places is not None:
            places = self.places.get(rule, [])
            self.holds("source", e.get("source"), e.get("source") in places, places, "rules")
        if n:
            quiet = e["status"] == ("applied" if kind == "check" else "not met")
            if kind == "check" and "expression" not in e and "blame" not in e: quiet = True
            reason = None if quiet else self.render(n.get("reason"))
            facts |= {"reason": reason, "authority": n.get("authority"), "code": n.get("code")}
        for name, fact in facts.items(): self.same(name, e.get(name), fact, "rules")
        return e

    # -- reasons

    def render(self, template):
        """A reason or title with its values put in; one of them that is hidden hides it."""
        if not template: return None
        pieces = [piece if isinstance(piece, str) else self.insert(piece) for piece in template["pieces"]]
        return TAKEN if TAKEN in pieces else "".join(pieces)

    def insert(self, piece):
        """A cell as its own text; a computed number at two places, or as the rules say."""
        t, form, zh = self.build(piece["value"]), piece["show"], self.trace["header"]["language"] == "zh"
        value, cell = t["value"], self.cells[t["ref"]] if t["op"] == "cell" else None
        if is_redacted(value) or cell and is_redacted(cell["text"]): return TAKEN
        if isinstance(value, str) and (form is not None or not cell):
            if form not in (None, "%"): return fixed(number(value), int(form))
            return brief(number(value) * 100) + "%" if form == "%" or t.get("percent") else brief(number(value))
        if cell: return cell_text(cell, zh)
        if is_open(value): return "？" if zh else "?"
        if isinstance(value, bool): return (("否", "是") if zh else ("no", "yes"))[value]
        return next(iter(value.values()))

    # -- expressions

    def same_tree(self, what, claimed, built):
        """The expression that is claimed is the one of the rules."""
        if not alike(claimed, built): self.tell("rules", *differing(what, claimed, built))
        return built

    def compare(self, what, n, claimed):
        return self.same_tree(what, claimed, None if n is None else self.build(n, claimed))

    def build(self, n, c=None):
        """The expression of the rules on the cells of the trace; what this file does not compute is taken from `c`."""
        return getattr(self, f"build_{n['is'].lower()}")(n, c)

    def claimed(self, value, c):
        return (c or {}).get("value") if value is TAKEN else value

    def build_const(self, n, c):
        value = n["value"]
        if isinstance(value, dict): value = value.get("number", value)
        elif not isinstance(value, bool): value = {"text": value}
        return node("const", value, percent=n["percent"])

    def build_cell(self, n, c):
        key = self.find.get((n["name"], *self.rows.get(n["slot"], (None, None))))
        if key is None: raise Diverged("cell", None, n["name"])
        cell = self.cells[key]
        inner = next(iter(cell["value"].values())) if isinstance(cell["value"], dict) else None
        percent = cell.get("unit") in RATES or isinstance(inner, dict) and inner.get("unit") == "%"
        return node("cell", self.cell(key), ref=key, percent=percent)

    def build_slot(self, n, c, op="let"):
        found = self.lets[n["path"]]
        return node(op, found["value"], ref=n["path"], percent=found.get("percent"))

    def build_frombatch(self, n, c): return self.build_slot(n, c, "batch")

    def build_score(self, n, c):
        ref = n["path"] if n["facet"] == "score" else f"{n['path']}:{n['facet']}"
        value = self.claimed(self.score(ref, (c or {}).get("value")), c)
        return node("score", value, ref=ref, percent=n["facet"] == "rate")

    def build_overparts(self, n, c):
        """Over the parts that count; one of which it is not known stands under `if`, as claimed."""
        args = []
        for place, path in enumerate(p for p in self.children if p not in self.gone):
            old = had(c, place)
            loose = old and old["op"] == "if"
            args.append(old if loose else self.build_score({"path": path, "facet": n["facet"]}, old))
        return self.operated(n["op"], args, c, n["facet"] == "rate" and n["op"] != "count" and bool(args))

    def build_round(self, n, c):
        args = [self.build(n["value"], had(c, 0)), node("const", str(n["places"]))]
        if n["mode"] != "half up": args.append(node("const", {"text": n["mode"]}))
        return self.operated("round", args, c, args[0].get("percent"))

    def build_is(self, n, c): return self.operated(n["state"], [self.build(n["value"], had(c, 0))], c)

    def build_op(self, n, c):
        args = [self.build(inner, had(c, place)) for place, inner in enumerate(n["args"])]
        kept = n["op"] in ("+", "neg", "min", "max", "abs", "number") and any(a.get("percent") for a in args)
        return self.operated(n["op"], args, c, kept or n["op"] in ("attainment", "excess"))

    def operated(self, op, args, c, percent=False):
        value = operate({"op": op, "args": args, "value": (c or {}).get("value")})
        return node(op, self.claimed(value, c), args=args, percent=percent)

    def build_choose(self, n, c):
        """The tests up to the first that holds, then the value of every branch that may be the one."""
        tests, values, none = [], [], False
        for branch in n["branches"]:
            tests.append(self.build(branch["when"], had(c, len(tests))))
            if tests[-1]["value"] is not False: values.append(branch["value"])
            if tests[-1]["value"] is True: break
        else:
            if n["otherwise"] is not None: values.append(n["otherwise"])
            none = not n["complete"]
        values = [self.build(v, had(c, len(tests) + place)) for place, v in enumerate(values)]
        if not values: return node("choose", undefined(tests), args=tests, ref=n["table"])
        if not none and all(v["value"] == values[0]["value"] for v in values):
            return node("choose", values[0]["value"], args=[*tests, values[0]], percent=values[0].get("percent"))
        causes, blame = merged([*tests, *values])
        numeric = not none and all(isinstance(v["value"], str) or is_open(v["value"]) for v in values)
        bounds = hull(*(enclosure(v["value"]) for v in values)) if numeric else ALL
        value = unknown(causes | {"undefined"} if none else causes, blame, bounds)
        return node("choose", value, args=[*tests, *values], percent=all(v.get("percent") for v in values))

    def build_fold(self, n, c):
        """An aggregate over the rows that count; a row that may count stands under `if`, with what it depends on."""
        op, where, value, args, counted = n["op"], n["where"], n["value"], [], []
        keys = self.lists.get(n["rows"])
        if keys is None:
            claim = c and c["op"] == op and not c.get("args") and is_open(c["value"])
            return c if claim else node(op, unknown({"missing"}))
        if op == "any" and value is None:  # Is there a row?
            where, value = None, where or {"is": "Const", "value": True, "percent": False}
        lists_rows = op in ("count", "sum") and not (n["distinct"] or n["dropping"] is not None or n["ignoring_missing"])
        outer = self.rows.get(n["slot"])
        rows = [(n["rows"], place + 1) for place in range(len(keys))] if n["group"] is None else self.groups[n["group"]]
        for row in rows:
            self.rows[n["slot"]], old = row, had(c, len(args))
            answer = self.build(where)["value"] if where else True
            if answer is False: continue
            inner = had(old, 1) if is_open(answer) else old
            t = self.build(value, inner) if value else node("const", "1")
            if n["ignoring_missing"] and "missing" in why(t["value"]): continue
            sure = not is_open(answer)
            args.append(t if sure else node("if", (old or {}).get("value"), args=[self.build(where), t]))
            if sure and (lists_rows or op == "any" and t["value"] is True): counted.append(self.row_at(row))
        self.bind(n["slot"], outer)
        which = "distinct" if n["distinct"] else None
        if n["dropping"] is not None and not which: which = f"dropping {n['dropping']}"
        if op in ("any", "every"): which = None
        found = TAKEN if any(a["op"] == "if" for a in args) else fold(op, args, which)
        inner = [a["args"][1] if a["op"] == "if" else a for a in args]
        percent = op not in ("any", "every", "count") and any(t.get("percent") for t in inner)
        return node(op, self.claimed(found, c), args=args, ref=which, percent=percent, rows=counted)

    def answered(self, n, c):
        """The value of a let, or what `, or V if …` says for it: the answer for certain, or all answers that there may be."""
        c = c or {}
        inner = self.build(n["value"], had(c, 0) if c.get("op") == "instead" else c)
        causes = why(inner["value"])
        may = [a for a in n["instead"] if a["on"] in causes]
        sure = [a for a in may if not causes & not_certain(a["on"], causes) and "invalid" not in causes][:1]
        if not sure and not causes & DATA: may = []
        if not may: return inner
        args = [inner, *(self.build(a["amount"], had(c, place)) for place, a in enumerate(sure or may, 1))]
        if not sure: return node("instead", c.get("value"), args=args)
        return node("instead", args[1]["value"], args=args, percent=args[1].get("percent"))

    # -- rows

    def row_at(self, row):
        """A row as entries name it."""
        return {"list": row[0], "key": self.lists[row[0]][row[1] - 1], "position": row[1]}

    def bind(self, slot, row):
        self.rows[slot] = row
        if row is None: del self.rows[slot]

    def turns(self, n):
        """The rows of a loop that count, or may count, each bound in turn; answers whether it only may."""
        if self.lists.get(n["rows"]) is None: return
        around, row = self.around, self.row
        for group in self.grouped(n):
            self.rows[n["slot"]], self.groups[n["slot"]] = group[0], group
            self.row = self.row_at(group[0])
            self.around = (*around, self.row)
            answer = self.counts(n)
            if answer is not False: yield is_open(answer)
        self.around, self.row = around, row
        self.bind(n["slot"], None)

    def counts(self, n):
        """Does the row that is bound count? A row has an entry of its own where the loop has a condition or groups rows."""
        if n["by"]:
            e = self.take("each", n["origin"], name=n["by"])
            self.compare("key", {"is": "Cell", "name": n["by"], "slot": n["slot"]}, e["expression"])
        elif n["where"]:
            e = self.take("each", n["origin"])
            return self.compare("condition", n["where"], e.get("condition"))["value"]
        return True

    def grouped(self, n):
        """The rows of a loop one by one; with `by`, those that share a value together, as they first occur."""
        rows = [(n["rows"], place + 1) for place in range(len(self.lists[n["rows"]]))]
        if not n["by"]: return [[row] for row in rows]
        groups = {}
        for row in rows:
            self.rows[n["slot"]] = row
            if n["where"] and self.build(n["where"])["value"] is False: continue
            key = self.build({"is": "Cell", "name": n["by"], "slot": n["slot"]})["value"]
            groups.setdefault(json.dumps(key, sort_keys=True), []).append(row)
        return list(groups.values())

    def each(self, n, run, group=None):
        """A loop of statements; one entry stands for all rows where the list is not known."""
        e = self.upcoming("each", n["origin"])
        whole = e and e["status"] == "undetermined" and "condition" not in e
        if whole or self.lists.get(n["rows"]) is None:
            self.take("each", n["origin"], group=group)
            return False
        ended = False
        for loose in self.turns(n):
            for s in n["body"]: ended = run(conditional(s, n["where"]) if loose else s) or ended
        return ended

    # -- parts

    def instance(self, origin):
        """The path of a part: its rule, and in loops the keys of its rows."""
        keys = "/".join(row["key"] for row in self.around)
        return f"{origin}[{keys}]" if keys else origin

    def account(self, n, inside):
        """A part: its body, its closing and its grade. Once it has ended, the parts in the rest of its body are left out."""
        path, outer = n["origin"], (self.part, self.children)
        self.part, count = self.instance(path), 1
        while self.part in self.ids: self.part, count = f"{self.instance(path)}#{count + 1}", count + 1
        self.children, part = [], self.part
        self.ids.append(part)
        title = self.render(n["title"])
        weighed = ended = False
        for s in n["body"]:
            if not weighed and s["is"] != "Let": weighed = self.weigh(n)
            if ended: self.leave_out(s)
            else: ended = self.statement(s)
        for kind in ("skip", "override"):
            if self.upcoming(kind, path): self.take(kind, path)
        e = self.take("close", path)
        self.closed.setdefault(path, []).append(part)
        if e["status"] == "skipped": self.gone.setdefault(part, "redistribute")
        if part != "total":
            facts = {"name": n["name"], "title": title, "kind": n["kind"], "inside": inside}
            for name, found in facts.items(): self.same(name, self.parts.get(part, {}).get(name), found, "rules")
        if n["grade"] and "after" in e: self.grading(n["grade"])
        if n["checks"] and not ended: self.checks.append((n["checks"], self.scope()))
        self.part, self.children = outer
        if n["kind"] in ("section", "criterion"): self.children.append(part)

    def leave_out(self, s):
        """A part that no longer runs closes without a score, and so do the parts in it."""
        if s["is"] != "Account": return
        part = self.instance(s["origin"])
        self.ids.append(part)
        self.closed.setdefault(s["origin"], []).append(part)
        self.gone[part] = "redistribute"
        for inner in s["body"]: self.leave_out(inner)

    def weigh(self, n):
        """The share, the full points and the bounds of a part are what the rules say; that is looked at behind its lets."""
        self.now = {"rule": n["origin"]}
        mine, full = self.parts.get(self.part, {}), self.worth(n["full"])
        self.same("full", mine.get("full"), quantity(full), "rules")
        if self.part != "total": self.same("share", mine.get("share"), quantity(self.worth(n["share"])), "rules")
        low, high = NO_BOUNDS
        if n["floor"] is not None: low = self.points(n["floor"])
        if n["top"] is not None: high = full if n["top"] == n["full"] else self.points(n["top"])
        self.same("bounds", self.bounds.get(self.part, (low, high)), (low, high), "rules")
        return True

    def points(self, n):
        return enclosure(self.build(n)["value"])

    def worth(self, n):
        """Points that cannot be negative: where the data say so they are invalid, and open."""
        found = self.points(n)
        return (Fraction(0), INF) if found[0] == found[1] < 0 else most(found, ZERO)

    # -- statements

    def statement(self, n):
        return getattr(self, f"run_{n['is'].lower()}")(n)

    def run_account(self, n):
        self.account(n, self.part)

    def run_each(self, n):
        """A loop of statements; or a part for each row, which is asked for again when they are carried in."""
        if n["body"][0]["is"] != "Account": return self.each(n, self.statement)
        if self.lists.get(n["rows"]) is None: self.lost.append(n["origin"])
        for _ in self.turns(n): self.account(n["body"][0], self.part)
        return False

    def run_let(self, n):
        e = self.take("let", n["origin"], name=n["name"])
        self.lets[n["origin"]] = self.same_tree("expression", e["expression"], self.answered(n, e["expression"]))

    def run_skip(self, n):
        e = self.take("skip", n["origin"], n, role=n["giving"])
        self.compare("condition", n["when"], e.get("condition"))
        if e["status"] == "applied" and "after" not in e: self.gone[self.part] = n["giving"]
        return e["status"] == "applied"

    def run_review(self, n):
        while (e := self.upcoming("judge", n["origin"])) and "before" not in e: self.take("judge", n["origin"])
        full = self.parts[self.part]["full"]
        self.take("judge", n["origin"], mode=n["method"], authority=n["authority"], high=full)

    def run_clamp(self, n):
        name = self.basis[self.part] if n["role"] == "opening" else None
        self.take("clamp", n["origin"], role=n["role"], name=name)

    def run_roundto(self, n):
        self.take("round", n["origin"], places=n["places"], mode=n["mode"])

    def run_limit(self, n):
        """The cap of a limit is not below 0, but where the part has no floor."""
        e = self.take("limit", n["origin"], n, role=n["role"])
        self.fires(n, e)
        if n["role"] != "limit" or "cap" not in e: return
        cap, floor = self.points(n["to"]), self.bounds.get(self.part, (ZERO, ZERO))[0]
        self.same("cap", e["cap"], quantity(cap if floor[0] == -INF else most(cap, ZERO)), "rules")

    def run_check(self, n):
        e = self.take("check", n["origin"], n, role=n["severity"])
        when = self.compare("condition", n["when"], e.get("condition"))
        runs = when is None or when["value"] is True
        self.compare("expression", n["test"] if runs else None, e.get("expression"))

    def fires(self, n, e):
        """Its condition; or that it cannot fire, because the part that it is written in was left out."""
        if e["status"] == "not met" and "condition" not in e and e.get("name") == n["within"]:
            inside = n["within"] + "."
            out = any(inside.startswith(part.partition("[")[0] + ".") for part in self.gone)
            self.holds("name", e["name"], out, "a part that counts", "rules")
            return
        self.compare("condition", n["when"], e.get("condition"))
        self.waived(n, e)

    def waived(self, n, e):
        """An exemption stands on three cells: yes, its reason and who approved it."""
        if e["status"] != "waived": return
        read = cells_in([e.get("condition"), e.get("expression")])
        keys = [key for key in e["inputs"] if key not in read][-3:] if n["waiver"] else []
        texts = [self.cells[key]["text"].strip() for key in keys]
        found = [len(keys) == 3 and self.cells[keys[0]]["value"], *texts[1:]]
        self.same("waiver", [True, e["waiver"], e["approver"]], found, "rules")

    # -- moves and groups

    def run_move(self, n, group=None):
        """A move, behind its restorations: its condition, its amount, its `up to` and its exemption."""
        self.restorations(n)
        e = self.take("move", n["origin"], n, role=n["role"], group=group)
        # The carry of a bonus or penalty part that was left out has nothing to say.
        if n["origin"].endswith(":carry") and "expression" not in e and "condition" not in e: return
        held = self.compare("condition", n["when"], e.get("condition"))
        if e["status"] != "not met" or n["amount"]["is"] == "Const": self.amount(n, e)
        self.cap(n, e, held)
        self.waived(n, e)

    def run_group(self, n, group=None):
        """A group, behind its members and restorations; where it is not met its members were not looked at."""
        own = (e for e in self.trace["entries"][self.at:] if e["kind"] == "group" and e["part"] == self.part)
        e = next((e for e in own if e["rule"] == n["origin"]), {"status": "not met"})
        if e["status"] != "not met" or not n["when"]:
            for s in n["body"]: self.member(s, n["origin"])
        self.restorations(n)
        e = self.take("group", n["origin"], n, role=n["role"], group=group, mode=n["combine"])
        self.cap(n, e, self.compare("condition", n["when"], e.get("condition")))

    def member(self, s, group):
        if s["is"] == "Move": self.run_move(s, group)
        elif s["is"] == "Group": self.run_group(s, group)
        elif s["is"] == "Each": self.each(s, lambda inner: self.member(inner, group), group)
        else: self.statement(s)

    def restorations(self, n):
        for r in n["restores"]:
            e = self.take("restore", r["origin"], r, group=n["origin"], role="share" if r["share"] else "points")
            if "condition" in e or e["status"] != "not met": self.compare("condition", r["when"], e.get("condition"))
            if "expression" in e: self.amount(r, e)

    def amount(self, n, e):
        """The amount, or what `, or V if …` says for the cause that the entry names."""
        answer = next((a["amount"] for a in n["instead"] if a["on"] == e.get("name")), n["amount"])
        self.compare("expression", answer, e.get("expression"))

    def cap(self, n, e, held):
        """Its `up to`, wherever it was asked."""
        asked = n["cap"] and not (held and held["value"] is False) and e["status"] != "not met" and "name" not in e
        if "cap" in e or asked: self.same("cap", e.get("cap"), n["cap"] and quantity(self.points(n["cap"])), "rules")

    # -- opening: what the parts of a part come to

    def run_open(self, n):
        """A part opens; one none of whose parts counts is left out with them."""
        if e := self.upcoming("skip", n["origin"]):
            self.take("skip", n["origin"])
            if "after" not in e: self.gone[self.part] = e["role"]
            counting = [p for p in self.children if p not in self.gone]
            self.holds("left out", e["name"], not counting or e["name"] == "no shares", counting, "rules")
            return True
        e = self.take("open", n["origin"], role=n["basis"])
        self.basis[self.part] = n["basis"]
        built = self.build(n["amount"], e.get("expression"))
        self.same_tree("expression", e.get("expression"), None if built["op"] == "const" else built)
        if n["basis"] == "start": self.same("applied", e["applied"], quantity(enclosure(built["value"])), "rules")
        if n["basis"] == "parts": self.carry_in(n)
        return False

    def carry_in(self, n):
        """The parts that count are carried in, each × all shares ÷ the shares that count. Where it is open which parts
        count or what they are worth, the numbers are those that the entries claim."""
        shares = {p: pair(self.parts[p]["share"]) for p in self.children}
        counting = [p for p in shares if p not in self.gone]
        left_out = [p for p in shares if self.gone.get(p) == "redistribute"]
        rescaled = [p for p in shares if self.gone.get(p) == "rescale"]
        whole = total_of(shares[p] for p in shares if p not in rescaled)
        rest = total_of(shares[p] for p in counting)
        maybe = any(self.parts[p].get("may_be_skipped") for p in shares)
        loose = bool(self.lost) or maybe or whole[0] != whole[1] or rest[0] != rest[1]
        scale = div(whole, rest) if left_out and not loose and rest != ZERO else ONE
        if scale != ONE:
            facts = {"asked": quantity(whole), "applied": quantity(rest), "left_out": left_out}
            self.take("redistribute", n["origin"], **facts)
        self.loosely(n, loose)
        out = total_of(shares[p] for p in rescaled)
        for p in counting: out = add(out, mul(self.out.get(p, ZERO), self.carry(p, mul(scale, self.rate(p)), loose)))
        for rule in self.lost: self.take("each", rule)
        self.lost = []
        self.loosely(n, loose)
        self.out[self.part] = out
        if self.part == "total": self.rescale(n, out, loose)

    def rate(self, part):
        """Share ÷ full points; nothing of a part without points."""
        full = pair(self.parts[part]["full"])
        return ZERO if full == ZERO else div(pair(self.parts[part]["share"]), full)

    def loosely(self, n, loose):
        """Where it is open which parts count, a redistribution may stand before or behind them."""
        if loose and self.upcoming("redistribute"): self.take("redistribute", n["origin"])

    def carry(self, part, factor, loose):
        e = self.upcoming("carry")
        if not e: raise Diverged("statement", None, f"carry {part}")
        outer, self.row = self.row, e.get("row")
        self.take("carry", e["rule"], name=part)
        self.row = outer
        if not loose and factor[0] == factor[1]: self.same("factor", e["factor"], quantity(factor), "rules")
        return factor

    def rescale(self, n, out, loose):
        """The total is brought back to its full points without the points that were taken out."""
        if self.upcoming("rescale"):
            asked = TAKEN if loose else quantity(out)
            self.take("rescale", n["origin"], asked=asked, high=self.parts["total"]["full"])
        elif not loose: self.same("rescale", "0", quantity(out), "rules")

    # -- grades

    def grading(self, n):
        """The grade, then what moves it: every statement for all its rows, before the next one."""
        e = self.take("grade", n["origin"], scale=n["scale"])
        self.compare("condition", n["choice"], e["condition"])
        moves, outer = {}, self.scope()
        for s in n["moves"]: self.consider(s, moves)
        for s, scope in (move for rows in moves.values() for move in rows):
            self.enter(scope)
            self.regrade(s)
        self.enter(outer)

    def consider(self, s, moves):
        """What stands before a regrade is looked at first; the regrade itself waits, with its scope."""
        if s["is"] == "Regrade": moves.setdefault(s["origin"], []).append((s, self.scope()))
        elif s["is"] == "Each" and self.lists.get(s["rows"]) is None:
            self.take("each", s["origin"])
            for inner in s["body"]: self.consider(inner, moves)
        elif s["is"] == "Each": self.each(s, lambda inner: self.consider(inner, moves))
        else: self.statement(s)

    def regrade(self, n):
        e = self.take("regrade", n["origin"], n, role=n["how"], steps=n["steps"] if n["how"] == "lower" else None)
        if "name" in e and e["name"] != n["label"] or "condition" in e or not n["when"]: self.fires(n, e)
        if n["label"] and e.get("name") != n["within"]: self.same("name", e.get("name"), n["label"], "rules")

def brief(x):
    """A computed number in a sentence: at most two places."""
    text = canonical(x)
    return fixed(x, 2) if "/" in text or len(text.partition(".")[2]) > 2 else text

def cell_text(cell, zh):
    """A cell in a sentence: its own text, with the unit of its field where it names none."""
    text, unit = cell["text"], cell.get("unit")
    if isinstance(cell["value"], dict) and "absent" in cell["value"]: return text or ("缺失" if zh else "missing")
    if not unit or text.endswith(unit) or unit in RATES and text.endswith(("%", "％", "‰")): return text
    return text + unit if unit in RATES or not unit.isascii() else f"{text} {unit}"

# ---- data
# The files that the cells came from: their digests, the text at every place, whose rows they are, how many there are, and
# what reviewers wrote. And, with no file at all: does every cell hold the value that its own text writes?

RATE_TEXTS = (("‰", Fraction(1, 1000)), ("%", Fraction(1, 100)), ("％", Fraction(1, 100)), ("个百分点", Fraction(1, 100)))
YES, NO = ("是", "有", "yes", "true", "√"), ("否", "无", "没有", "no", "false", "×")

def composed(text):
    """A name or key as it is compared."""
    return unicodedata.normalize("NFC", text.strip())

def written_in(text, unit):
    """All numbers that a text writes, as written and in the plain scale of its unit."""
    folded = unicodedata.normalize("NFKC", text).replace("−", "-").replace(",", "")
    found = [Fraction(n) for n in re.findall(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?", folded) if len(n) <= 60]
    scale = next((factor for sign, factor in RATE_TEXTS if sign in text + (unit or "")), Fraction(1))
    return {value * factor for n in found for value in (n, abs(n)) for factor in (1, scale)}

def readings(audit):
    """Every cell holds the value that its text writes."""
    for cell in audit.cells.values():
        audit.now = {"rule": cell["key"]}
        if not is_redacted(cell["value"]) and not is_redacted(cell["text"]) and not reads(cell["value"], cell["text"].strip(), cell):
            audit.now = {"rule": place_of(cell)}
            audit.tell("arithmetic", f"reading of {cell['name']}", cell["value"], cell["text"])

def reads(value, text, cell):
    """Is this the value of that text?"""
    written, folded = written_in(text, cell.get("unit")), unicodedata.normalize("NFKC", text).lower()
    if isinstance(value, bool): return folded in (YES if value else NO)
    if isinstance(value, str): return number(value) in written
    kind, inner = next(iter(value.items()))
    if kind == "date":
        digits = [int(n) for n in re.findall(r"\d+", folded)][:3]
        return digits == [int(n) for n in inner.split("-")] or inner.replace("-", "") == folded
    if kind == "text": return composed(inner) == composed(text)
    if kind == "absent": return inner == "invalid" or (text == "") == (inner == "missing")
    numbers = [number(inner[end]) for end in ("low", "high", "number") if end in inner]
    return set(numbers) <= written and inner.get("text", text).strip() == text

class Data:
    """The CSV and JSON files at a path, by the names that the trace gives them."""

    def __init__(self, path: Any) -> None:
        root = Path(path)
        root.stat()  # What is not there is no data, and an error.
        self.files = {p.name: p for p in (sorted(root.iterdir()) if root.is_dir() else [root]) if p.is_file()}
        self.bytes = {name: p.read_bytes() for name, p in self.files.items()}
        self.content = {name: self.parse(name) for name in self.files}

    def parse(self, name):
        """Rows of texts, or a JSON tree with numbers as they are written; None for other forms."""
        content, kind = self.bytes[name], Path(name).suffix.lower()
        if kind == ".csv": return list(csv.reader(content.decode("utf-8-sig").splitlines(keepends=True)))
        return json.loads(content.decode("utf-8-sig"), parse_int=str, parse_float=str) if kind == ".json" else None

    def holds(self, cell): return self.content.get(cell["file"]) is not None
    def is_table(self, cell): return Path(cell["file"]).suffix.lower() == ".csv"

    def walk(self, cell, leave=0):
        """What stands at the JSON pointer of a cell, or so many steps above it."""
        content, steps = self.content[cell["file"]], (cell.get("column") or "").split("/")[1:]
        for step in steps[:len(steps) - leave]:
            step = step.replace("~1", "/").replace("~0", "~")
            content = content[int(step)] if isinstance(content, list) else content.get(step)
        return content

    def at(self, cell):
        """The text of a cell; None where the file has no such place."""
        if not self.is_table(cell):
            found = self.walk(cell)
            return {True: "true", False: "false", None: ""}.get(found, found) if not isinstance(found, (dict, list)) else None
        rows, column = self.content[cell["file"]], cell.get("column")
        header = [title.strip() for title in next(row for row in rows if any(map(str.strip, row)))]
        if column not in header: return "" if cell["text"] == "" else None
        row = rows[cell["row"] - 1]
        return row[header.index(column)] if header.index(column) < len(row) else ""

    def beside(self, cell):
        """All texts of the row or object that a cell stands in."""
        texts = self.content[cell["file"]][cell["row"] - 1] if self.is_table(cell) else self.walk(cell, 1).values()
        return {composed(text) for text in texts if isinstance(text, str)}

    def owner(self, cell, record):
        """Is the place one of the record's? None where the file does not say whose it is."""
        content = self.content[cell["file"]]
        if self.is_table(cell):
            keys = [composed(row[0]) if row else "" for row in content]
            return keys[cell["row"] - 1] == record if record in keys[1:] else None
        if not isinstance(content, list) or not cell.get("column"): return None
        owner = content[int(cell["column"].split("/")[1])]
        key = next((owner[name] for name in ("key", "键") if name in owner), None)
        return None if key is None else composed(str(key)) == record

    def rows(self, cell, record):
        """How many rows the record has in the list that a cell stands in."""
        if not self.is_table(cell): return len(self.walk(cell, 2))
        rows = [row for row in self.content[cell["file"]][1:] if any(map(str.strip, row))]
        return sum(composed(row[0]) == record for row in rows)

def check_data(audit, data):
    """Every file, every cell, every list and every reviewer of the trace is the one in the files."""
    record, unread = audit.trace["header"]["record"], set()
    for file in audit.trace["header"]["data"]:
        audit.now, name = {"rule": file["file"]}, file["file"]
        if name not in data.bytes: audit.tell("data", "file", name, None)
        elif not is_redacted(file["sha256"]): audit.same("SHA-256", file["sha256"], hashlib.sha256(data.bytes[name]).hexdigest(), "data")
        if name in data.content and data.content[name] is None: unread.add(name)
    for cell in filter(data.holds, audit.cells.values()):
        audit.now = {"rule": place_of(cell)}
        try: check_cell(audit, data, cell, record)
        except (LookupError, ValueError, TypeError, AttributeError): audit.tell("data", "place", place_of(cell), None)
    for found in audit.trace["lists"]:
        cell = next((c for c in filter(data.holds, audit.cells.values()) if c.get("item", {}).get("list") == found["list"]), None)
        audit.now = {"rule": found["list"]}
        if cell and not is_redacted(record): audit.same("rows", len(found["keys"]), data.rows(cell, record), "data")
    for e in audit.trace["entries"]:
        if e["kind"] == "judge" and e.get("inputs"): check_reviewer(audit, data, e)
    return unread

def check_cell(audit, data, cell, record):
    if not is_redacted(cell["text"]): audit.same(f"text of {cell['name']}", cell["text"], data.at(cell), "data")
    if not is_redacted(record) and data.owner(cell, record) is False: audit.tell("data", "record", record, "another record's")

def check_reviewer(audit, data, e):
    """What a reviewer is called and gave as reason stands beside the score."""
    cells = [audit.cells[key] for key in e["inputs"]]
    if not all(map(data.holds, cells)): return
    audit.now, texts = e, set().union(*map(data.beside, cells))
    said = [e[name] for name in ("name", "reason") if name in e and not is_redacted(e[name])]
    for text in said:
        # The reasons of several reviewers stand one after the other.
        pieces = [text] if composed(text) in texts else re.split("；|; ", text)
        for piece in pieces: audit.holds("reviewer", piece, composed(piece) in texts, "no such text", "data")

def place_of(cell):
    """Where a person finds the cell."""
    return ", ".join(str(cell[name]) for name in ("file", "row", "column") if cell.get(name) is not None)

# ---- the command

WORDS = {
    "en": {
        "language": "en", "verified": "verified", "but hidden": "nothing disagrees, but {n} values are hidden", "findings": "findings: {n}",
        "levels": "levels: {}", "entry": "entry {n}", "said": "the trace says {a}; found {b}", "more": "… and {n} more",
        "arithmetic": "arithmetic", "rules": "rules", "own rules": "rules that the trace carries", "data": "data",
        "nothing": "nothing", "redacted": "(redacted)", "comma": ", ", "colon": ": ", "in brackets": "{} ({})",
        "taken": "Taken as the trace claims: {n} values that the data leave open, or that are roots, powers or logarithms.",
        "hidden": "What is hidden, and what needs it, was not checked: who hides a value can have changed it. "
                  "Whether it is the value that was sealed is for `steelyard seal check`.",
        "unread": "Not read here, so their cells were not compared: {}",
        "no rules": "Not known: whether these are the rules. No core is in the trace or was given, so a statement, a number or a "
                    "reason of the rules that was rewritten, and what moves no number, cannot be seen.",
        "own": "Not known: whether the rules that the trace carries are the published ones. Compare the digest of their core, "
               "{digest}, with theirs, or give the rule file.",
        "no data": "Not known: whether these are the data. No files were given, so a cell that was rewritten with everything "
                   "that follows from it cannot be seen, nor a reviewer's name or reason.",
        "never": "Not determined by what is checked here: the engine's version, the title and language of the scheme, counts of "
                 "statements, and the findings of the data: whether some are missing, and their texts.",
    },
    "zh": {
        "language": "zh", "verified": "核验通过", "but hidden": "未见不符，但有 {n} 个值已遮盖", "findings": "有 {n} 处不符",
        "levels": "核验层次：{}", "entry": "第 {n} 条", "said": "评分过程写的是 {a}，核验得到 {b}", "more": "……另有 {n} 处",
        "arithmetic": "算术", "rules": "规则", "own rules": "评分过程所带的规则", "data": "数据",
        "nothing": "无", "redacted": "（已遮盖）", "comma": "，", "colon": "：", "in brackets": "{}（{}）",
        "taken": "按评分过程所写采用：{n} 个值，它们因数据不全而未定，或者是开方、乘幂、对数。",
        "hidden": "已遮盖的值和用到它们之处没有核验：遮盖的人也可能改动过它。它是否就是封存时的值，由 `steelyard seal check` 核对。",
        "unread": "这里不能读取、因而没有比对的文件：{}",
        "no rules": "无从知道：规则是否如此。评分过程里没有、也没有另外给出规则，被改写的规则语句、数值、理由，"
                    "以及不影响分数的条目，都看不出来。",
        "own": "无从知道：评分过程所带的规则是否就是公布的规则。请将其核心的摘要 {digest} 与公布的比对，或给出规则文件。",
        "no data": "无从知道：数据是否如此。没有给出数据文件，一个单元格连同由它而来的一切被改写，或者评审人的姓名、理由被改写，看不出来。",
        "never": "不由这里所核验的内容决定：引擎版本，方案的标题和语言，规则条数，数据的核对发现是否有缺、文字如何。",
    },
}
MEMBERS = {"en": dict[str, str](), "zh": {  # What findings are about: in Chinese beside its name in the file.
    "number": "编号", "kind": "种类", "rule": "规则", "part": "部分", "status": "状态", "row": "行", "source": "规则出处",
    "name": "名称", "title": "标题", "expression": "算式", "condition": "条件", "subjects": "参评对象", "left_out": "未计入的部分",
    "inputs": "所用数据", "blame": "待定数据", "group": "所属的组", "before": "此前的分数", "after": "此后的分数", "role": "作用",
    "high": "上限", "low": "下限", "bounds": "上下限", "reason": "理由", "authority": "依据", "code": "代码", "applied": "实计分数",
    "asked": "应计分数", "places": "小数位数", "mode": "方式", "factor": "折算系数", "share": "所占分值", "full": "满分",
    "full points": "满分", "label": "等级", "possible": "可能的等级", "scale": "等级的次序", "grade": "等级", "cap": "封顶",
    "restored": "恢复的分数", "restore": "恢复", "waiver": "豁免", "approver": "批准人", "winner": "所取的一项",
    "winner_row": "所取的行", "steps": "降等级数", "text": "原文", "value": "值", "reading": "原文所示的值", "score": "得分",
    "shown score": "显示的得分", "computed score": "规则算出的得分", "closing": "结束", "statement": "规则语句", "cell": "单元格",
    "cells": "单元格", "entries": "条目数", "parts": "部分", "fields": "多余的内容", "core": "核心的摘要", "format": "格式",
    "record": "参评对象", "file": "文件", "place": "位置", "reviewer": "评审人", "causes": "未定的原因", "redacted": "遮盖",
    "shape": "格式", "findings of checks that do not hold": "不成立的核对的发现",
    "another record's": "属于另一个参评对象", "no such text": "没有这样的文字", "a trace as its format says": "合乎格式的评分过程",
}}
MOST_TOLD = 25  # Findings of one trace: what was changed first is told first.

def verify(trace: Any, core: Any = None, data: Any = None) -> tuple[list[Finding], list[str], int, list[str]]:
    """Findings, the levels that were possible, how many values were taken as claimed, and the files that were not read."""
    findings: list[Finding] = []
    levels, taken, unread = ["arithmetic"], 0, set[str]()
    try:
        core = core or trace.get("core")
        audit = Audit(trace, findings)
        audit.arithmetic()
        taken = audit.taken
        readings(audit)
        if core:
            levels.append("own rules" if core is trace.get("core") else "rules")
            text = json.dumps({k: core[k] for k in ("total", "batch", "batch by")}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            audit.now = {}
            audit.same("core", trace["header"]["core"], hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "rules")
            for name in ("total", "batch", "batch by"):  # Where its statements stand is compared entry by entry.
                if not alike(trace.get("core", core).get(name), core[name]): audit.tell("rules", f"the core inside ({name})", "other rules", "these rules")
            Rules(trace, core, findings).replay()
        if data:
            levels.append("data")
            unread = check_data(audit, data)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, StopIteration, RuntimeError) as problem:
        findings.append((levels[-1], None, None, "shape", f"{type(problem).__name__}: {problem}"[:200], "a trace as its format says"))
    return findings, levels, taken, sorted(unread)

def told(trace: Any, outcome: tuple[list[Finding], list[str], int, list[str]], words: dict[str, str]) -> list[str]:
    """What is said of one trace: verified or not, at which levels, and every finding."""
    findings, levels, taken, unread = outcome
    record = trace["header"].get("record") if isinstance(trace.get("header"), dict) else "?"
    record = words["redacted"] if is_redacted(record) else record
    hidden = count_redacted(trace)
    verdict = words["findings" if findings else "but hidden" if hidden else "verified"].format(n=len(findings) or hidden)
    comma, colon = words["comma"], words["colon"]
    reached = words["levels"].format(comma.join(words[level] for level in levels))
    lines = [words["in brackets"].format(f"{record}{colon}{verdict}", reached)]
    for level, entry, rule, what, claimed, found in findings[:MOST_TOLD]:
        pieces = words["entry"].format(n=entry) if entry else "", brief_of(rule or "", words), member(what, words)
        said = words["said"].format(a=brief_of(claimed, words), b=brief_of(found, words))
        lines.append(f"  {words[level]}{colon}{comma.join(piece for piece in pieces if piece)}{colon}{said}")
    if len(findings) > MOST_TOLD: lines.append("  " + words["more"].format(n=len(findings) - MOST_TOLD))
    if taken: lines.append("  " + words["taken"].format(n=taken))
    if hidden: lines.append("  " + words["hidden"])
    if "own rules" in levels: lines.append("  " + words["own"].format(digest=trace["header"]["core"]))
    if unread: lines.append("  " + words["unread"].format(", ".join(unread)))
    return [printable(line) for line in lines]

def member(what, words):
    """What a finding is about: in Chinese by a Chinese name, with the one that stands in the file."""
    names = MEMBERS[words["language"]]
    head, of, owner = (what, "", "") if what in names else what.partition(" of ")
    name, colon, node = head.partition(": ")
    if name not in names: return what
    return f"{owner} 的{names[name]}" if of else words["in brackets"].format(names[name], name) + colon + node

def count_redacted(trace):
    waiting, found = [trace], 0
    while waiting:
        value = waiting.pop()
        found += is_redacted(value)
        waiting.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
    return found

def printable(text):
    """Nothing of a strange file may steer a terminal."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)

def brief_of(value, words):
    try: text = words["nothing"] if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    except (RecursionError, TypeError, ValueError): text = type(value).__name__
    text = printable(MEMBERS[words["language"]].get(text, text) if " " in text else text)
    return text if len(text) <= 160 else text[:159] + "…"

def once(pairs):
    if len(found := dict(pairs)) < len(pairs): raise ValueError("a member comes twice")
    return found

def read(path: Any) -> list[Any]:
    """The traces of a file: one, or one a line."""
    lines = [line for line in Path(path).read_text(encoding="utf-8").split("\n") if line.strip()]
    traces = [json.loads(line, object_pairs_hook=once) for line in lines]
    if not traces or any(not isinstance(t, dict) or t.get("format") != FORMAT for t in traces): raise ValueError(f"this is no {FORMAT}")
    return traces

def read_core(path):
    """The rules in a file: those that a trace carries, or the core by itself."""
    found = json.loads(Path(path).read_text(encoding="utf-8").split("\n")[0], object_pairs_hook=once)
    core = found.get("core", found) if isinstance(found, dict) else {}
    if "total" not in core: raise ValueError(f"{path} carries no rules: write it with `steelyard score --trace … --with-rules`")
    return core

def main(argv: Any = None) -> int:
    parser = argparse.ArgumentParser(prog="verify.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trace", help="the file that `steelyard score --trace` wrote: one trace, or one a line")
    parser.add_argument("--core", help="a trace written with --with-rules, whose rules count for this one too")
    parser.add_argument("--data", help="a CSV or JSON file, or the folder that holds them")
    parser.add_argument("--record", help="only the record with this key")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="the language of what is said")
    given = parser.parse_args(argv)
    try:
        traces = [t for t in read(given.trace) if given.record is None or t["header"]["record"] == given.record]
        core = read_core(given.core) if given.core else None
        data = Data(given.data) if given.data else None
        if not traces: raise ValueError(f"no record {given.record}")
    except (OSError, ValueError, TypeError, LookupError, RecursionError, csv.Error) as problem:
        print(printable(f"verify.py: {problem}"), file=sys.stderr)
        return 2
    words, outcomes = WORDS[given.lang], [verify(trace, core, data) for trace in traces]
    for trace, outcome in zip(traces, outcomes, strict=True): print("\n".join(told(trace, outcome, words)))
    for missing in ("rules", "data"):
        if any(not {missing, f"own {missing}"} & set(levels) for _, levels, *_ in outcomes): print(words[f"no {missing}"])
    print(words["never"])
    return int(any(findings for findings, *_ in outcomes))

if __name__ == "__main__":
    sys.exit(main())
