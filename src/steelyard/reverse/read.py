"""A file of figures becomes `Figures`: names resolved to parts of the scheme, numbers exact, formulas read.

Only facts are typed in. What is not as it must be is a coded error, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import define, evolve, field

from steelyard.data.files import load, plain_name
from steelyard.data.findings import Findings
from steelyard.data.json_file import read_json
from steelyard.data.tree import Members, Node, Scalar
from steelyard.diagnostics.model import DataPlace, Diagnostic, Fix, Language, Severity, Words
from steelyard.diagnostics.wording import severity_of
from steelyard.reverse import model as m
from steelyard.reverse.composition import Part, Parts
from steelyard.reverse.formula import Formula, Unreadable, read_formula
from steelyard.reverse.keys import PARTS_OF, TOTAL, shown
from steelyard.reverse.measures import turned
from steelyard.reverse.nodes import Object, Reader, printed, values_in
from steelyard.values.numbers import FULLWIDTH
from steelyard.values.targets import COMPARATORS, read_target

SUFFIXES = (".yaml", ".yml", ".json")
MOST_VALUES = 20_000
"""Values of one file: a long report prints some hundreds, and checks look at many of them together."""
TOP = (
    "report", "rows", "grade", "bands", "figures", "equations", "ratios", "indicators", "counts", "rules", "claims",
    "same",
)  # fmt: skip
PRINTING = ("value", "where", "row", "scope", "measure")
ROW = ("row", "points", "score", "weight", "lost", "reasons", "rests on", "rounded", "where")
_NO_FAULT = re.compile(r"未发现|没有发现|未见|不存在|无需|没有问题|\b(?:no|none|nothing|not found)\b", re.IGNORECASE)
_INCLUDED = re.compile(r"[（(](?:含|incl(?:uded|\.)?)[)）]|含$|included$", re.IGNORECASE)
_REACHED = re.compile(r"^(?:已?达到?|实现|为|reached )\s*")
"""What may stand before the number of an actual."""
_CHINESE = re.compile("[\u4e00-\u9fff]")


def read_figures(
    path: Path, parts: Parts, titles: Iterable[str], language: Language
) -> tuple[m.Figures | None, tuple[Diagnostic, ...]]:
    """The figures of a YAML or JSON file, for the parts of a scheme; none where something in it cannot be used.

    `titles` are what the whole scheme is called.
    """
    findings = Findings()
    name = plain_name(path)
    if path.suffix.lower() not in SUFFIXES:
        findings.report("D103", DataPlace(name), file=name)
        return None, findings.all()
    file = load(path, name, findings)
    tree: Node | None = None
    if file is not None and path.suffix.lower() == ".json":
        tree = read_json(file, findings)
    elif file is not None:
        from steelyard.data.yaml_file import read_yaml

        tree = read_yaml(file, findings)
    if file is None or tree is None or any(severity_of(f) is Severity.ERROR for f in findings.all()):
        return None, findings.all()
    reader = _Figures(Reader(name, language), parts, _names_of(parts, titles))
    if values_in(tree) > MOST_VALUES:
        reader.nodes.report("C146", tree, name=name, limit=MOST_VALUES)
        return None, reader.nodes.findings.all()
    found = reader.read(tree, file.source.digest)
    diagnostics = (*findings.all(), *reader.nodes.findings.all())
    return (None if reader.nodes.failed else found), diagnostics


def _names_of(parts: Parts, titles: Iterable[str]) -> dict[str, str]:
    """Every name by which a part may be called, where only one part has it."""
    found: dict[str, str | None] = {}
    for part in parts.values():
        for name in {part.path, part.name, part.title} - {None}:
            found[str(name)] = None if name in found and name != part.path else part.path
    total = next(path for path, part in parts.items() if part.inside is None)
    found.update(dict.fromkeys((*TOTAL, *titles), total))
    return {name: path for name, path in found.items() if path is not None}


@define
class _Figures:
    nodes: Reader
    parts: Parts
    names: Mapping[str, str]
    figures: dict[str, m.Figure] = field(factory=dict)
    spelled: dict[str, str] = field(factory=dict)
    """What a formula may call a figure."""

    def read(self, tree: Node, digest: str) -> m.Figures | None:
        top = self.nodes.object(tree, TOP, "report")
        if top is None:
            return None
        rows = self._rows(top)
        for entry in self.nodes.objects(top.get("figures"), ("name", "printed", "unit", *PRINTING), "figures"):
            self._figure(entry)
        self._same(top)
        indicators = tuple(self._indicator(entry) for entry in self._named(top, "indicators",
                           ("name", "kind", "targets", "actuals", "where")))  # fmt: skip
        ratios = self._ratios(top)
        found = m.Figures(
            file=self.nodes.file, digest=digest, title=self.nodes.text(top, "report"), rows=rows, figures=self.figures,
            equations=tuple(self._equations(top)), ratios=ratios, indicators=indicators,
            counts=tuple(self._counts(top)), rules=tuple(self._rules(top)), claims=tuple(self._claims(top)),
            bands=tuple(self._bands(top)), grades=tuple(self._grades(top)),
        )  # fmt: skip
        self._links(found, top)
        if found.empty and not self.nodes.failed:
            keys = ", ".join(shown(key, self.nodes.language) for key in ("rows", "figures", "indicators"))
            self.nodes.report("C142", Scalar(None, top.row), key=keys, inside=self.nodes.file)
        return found

    # ---- rows

    def _rows(self, top: Object) -> tuple[m.Said, ...]:
        rows: dict[str, m.Said] = {}
        for entry in self.nodes.objects(top.get("rows"), ROW, "rows"):
            part = self._part(entry, "row")
            if part is None:
                continue
            if part.path in rows:
                self.nodes.report("C149", entry.get("row"), name=self.nodes.text(entry, "row"))
            else:
                rows[part.path] = self._row(entry, part)
        return tuple(rows.values())

    def _row(self, entry: Object, part: Part) -> m.Said:
        where, name = self.nodes.text(entry, "where"), self.nodes.text(entry, "row")
        numbers = {
            key: self.nodes.number(entry, key, where=where, row=part.path, positive=True)
            for key in ("points", "weight", "lost")
        }
        scores = self._printings(entry, "score", where, part.path, positive=part.kind != "penalty")
        self._add(name + _ending("score", name), scores, None, [name + end for end in PARTS_OF["score"]], entry)
        return m.Said(
            path=part.path, name=name, where=where, points=numbers["points"], score=scores[0] if scores else None,
            weight=numbers["weight"], lost=numbers["lost"], reasons=tuple(self._reasons(entry, where)),
            rests_on=self.nodes.texts(entry, "rests on"),
            rounded=self.nodes.word(entry, "rounded", ("yes", "no"), "choices.yes") == "yes",
        )  # fmt: skip

    def _part(self, entry: Object, key: str) -> Part | None:
        name = self.nodes.text(entry, key, needed=True)
        return self._part_called(name, entry.get(key)) if name else None

    def _part_called(self, name: str, node: Node | None) -> Part | None:
        if name not in self.names and (same := [p.path for p in self.parts.values() if name in (p.name, p.title)]):
            # Several parts are called so: the path of one is a name that only it has.
            fixes = tuple(Fix("did-you-mean", facts={"name": path}) for path in same[:3])
            self.nodes.report("C140", node, fixes, name=name)
            return None
        return self.parts[self.names[name]] if self.nodes.known(name, self.names, node) else None

    def _reasons(self, entry: Object, where: str) -> Iterable[m.Reason]:
        for node in self.nodes.items(entry.get("reasons"), "reasons"):
            if not isinstance(node, Members):
                if text := self.nodes.plain(node, "reasons"):
                    yield m.Reason(text, None, (), where)
                continue
            found = self.nodes.object(node, ("reasons", "text", "lost", "about", "where"), "reasons")
            if found is not None:
                key = "text" if "text" in found.members else "reasons"
                points = self.nodes.number(found, "lost", where=where, positive=True)
                yield m.Reason(
                    self.nodes.text(found, key, needed=True), points, self.nodes.texts(found, "about"),
                    self.nodes.text(found, "where") or where,
                )  # fmt: skip

    # ---- figures, with all that prints them

    def _printings(
        self, entry: Object, key: str, where: str, row: str | None = None, *, positive: bool = False
    ) -> tuple[m.Printed, ...]:
        found: list[m.Printed] = []
        for node in self.nodes.items(entry.get(key), key):
            if isinstance(node, Members):
                one = self.nodes.object(node, PRINTING, key)
            elif isinstance(node, Scalar) and node.text is None:
                continue
            else:
                one = Object({"value": node}, node.row, key)
            if one is None:
                continue
            stands = self.nodes.text(one, "where") or where
            of = self._part(one, "row") if one.get("row") else None
            self.nodes.text(one, "value", needed=True)
            called = None if isinstance(node, Members) else key
            within = of.path if of else row
            number = self.nodes.number(one, "value", where=stands, row=within, positive=positive, called=called)
            if number is not None:
                found.append(evolve(number, scope=self.nodes.text(one, "scope") or None))
        return tuple(found)

    def _figure(self, entry: Object) -> None:
        name = self.nodes.text(entry, "name", needed=True)
        where = self.nodes.text(entry, "where")
        key = "printed" if entry.get("printed") else "value"
        part = self._part(entry, "row") if entry.get("row") else None
        found = self._printings(entry, key, where, part.path if part else None)
        given = self.nodes.text(entry, "unit")
        unit = given or next((p.unit for p in found if p.unit), None)
        self._add(name, tuple(turned(p, unit, given=bool(given)) for p in found), unit, [name], entry)

    def _same(self, top: Object) -> None:
        """Figures of several names that the author of the file says to be one: told under the first, on that word."""
        for entry in self.nodes.objects(top.get("same"), ("names", "because", "where"), "same"):
            names, because = self.nodes.texts(entry, "names"), self.nodes.text(entry, "because", needed=True)
            if len(names) < 2:
                place = entry.get("names") or Scalar(None, entry.row)
                self.nodes.report("C142", place, key=shown("names", self.nodes.language),
                                  inside=shown("same", self.nodes.language))  # fmt: skip
            known = [self.nodes.known(name, self.figures, entry.get("names")) for name in names]
            if len(names) < 2 or not all(known):
                continue
            first, where = self.figures[names[0]], self.nodes.text(entry, "where")
            reason = f"{because} ({where})" if where else because
            printed = tuple(
                evolve(turned(one, first.unit), called=one.called or name, because=one.because or reason)
                if name != first.name else one
                for name in self.figures if name in names for one in self.figures[name].printed
            )  # fmt: skip
            for name in names[1:]:
                del self.figures[name]
            self.figures[first.name] = evolve(first, printed=printed)
            self.spelled.update({spelling: first.name for spelling, of in self.spelled.items() if of in names})

    def _add(
        self, name: str, found: tuple[m.Printed, ...], unit: str | None, spelled: Iterable[str], entry: Object
    ) -> None:
        if not name:
            return
        if name in self.figures:
            self.nodes.report("C149", Scalar(name, entry.row), name=name)
        self.figures[name] = m.Figure(name, found, unit)
        self.spelled.update(dict.fromkeys(spelled, name))

    # ---- indicators

    def _named(self, top: Object, key: str, allowed: tuple[str, ...]) -> list[Object]:
        entries, seen = self.nodes.objects(top.get(key), allowed, key), set()
        for entry in entries:
            name = self.nodes.text(entry, "name", needed=True)
            if name in seen:
                self.nodes.report("C149", entry.get("name"), name=name)
            seen.add(name)
        return entries

    def _indicator(self, entry: Object) -> m.Indicator:
        name, where = self.nodes.text(entry, "name"), self.nodes.text(entry, "where")
        return m.Indicator(
            name,
            self.nodes.text(entry, "kind") or None,
            tuple(self._texts(entry, "targets", name, where)),
            tuple(self._texts(entry, "actuals", name, where)),
        )

    def _texts(self, entry: Object, key: str, name: str, where: str) -> Iterable[m.Text]:
        """Targets or actuals; those with a number become printings of a figure."""
        of: dict[str, list[m.Printed]] = {}
        texts: list[m.Text] = []
        role = key.removesuffix("s")
        for node in self.nodes.items(entry.get(key), key):
            one = self.nodes.object(node, PRINTING, key) if isinstance(node, Members) else Object(
                {"value": node}, node.row, key)  # fmt: skip
            if one is None or not (text := self.nodes.text(one, "value", needed=True)):
                continue
            stands, measure = self.nodes.text(one, "where") or where, self.nodes.text(one, "measure") or None
            scope = self.nodes.text(one, "scope") or None
            number = _target_number(text, stands) if key == "targets" else printed(_REACHED.sub("", text), where=stands)
            figure = None
            if number is not None:
                figure = name + _ending(role, name) + (f"（{measure}）" if measure else "")
                of.setdefault(figure, []).append(evolve(number, text=text, scope=scope))
            texts.append(m.Text(text, stands, scope, measure, figure))
        for figure, found in of.items():
            endings = [figure] if "（" in figure.removeprefix(name) else [name + end for end in PARTS_OF[role]]
            unit = next((one.unit for one in found if one.unit), None)
            self._add(figure, tuple(turned(one, unit) for one in found), unit, endings, entry)
        return texts

    # ---- what is said of figures

    def _formula(self, text: str, node: Node | None, whole: str | None = None) -> Formula | None:
        """`whole` is what the formula is one side of."""
        if not text and whole is None:
            return None  # It is missing, and that has been said.
        try:
            return read_formula(text, self.spelled)
        except Unreadable as problem:
            rest = problem.rest.strip() or Words("formula.end")
            self.nodes.report("C147", node, formula=whole or text, rest=rest)
            return None

    def _equations(self, top: Object) -> Iterable[m.Equation]:
        for entry in self.nodes.objects(top.get("equations"), ("name", "equation", "where"), "equations"):
            text = self.nodes.text(entry, "equation", needed=True)
            sides = text.replace("＝", "=").split("=")
            if not text:
                continue
            if len(sides) != 2:
                self.nodes.report("C147", entry.get("equation"), formula=text, rest=text)
                continue
            left, right = (self._formula(side, entry.get("equation"), text) for side in sides)
            if left is not None and right is not None:
                name = self.nodes.text(entry, "name") or text
                yield m.Equation(name, text, left, right, self.nodes.texts(entry, "where") or ("",))

    def _ratios(self, top: Object) -> tuple[m.Ratio, ...]:
        ratios = []
        allowed = ("name", "printed", "numerator", "denominator", "where")
        for entry in self._named(top, "ratios", allowed):
            name, where = self.nodes.text(entry, "name"), self.nodes.text(entry, "where")
            found = self._printings(entry, "printed", where)
            above, below = (
                self._formula(self.nodes.text(entry, key, needed=True), entry.get(key))
                for key in ("numerator", "denominator")
            )
            if above is not None and below is not None:
                ratios.append(m.Ratio(name, found, above, below))
                self._add(name, found, found[0].unit if found else None, [name], entry)
        return tuple(ratios)

    def _counts(self, top: Object) -> Iterable[m.Count]:
        for entry in self.nodes.objects(top.get("counts"), ("printed", "of", "more than", "kind", "where"), "counts"):
            where = self.nodes.text(entry, "where")
            self.nodes.text(entry, "printed", needed=True)
            number = self.nodes.number(entry, "printed", where=where, positive=True)
            of = self.nodes.word(entry, "of", ("indicators", "attained", "beyond", "rows"), "choices.of")
            beyond = self.nodes.number(entry, "more than", where=where)
            if (of is None and entry.get("of") is None) or (of == "beyond" and beyond is None):
                self.nodes.text(entry, "of" if of is None else "more than", needed=True)
            elif number is not None and of is not None:
                kind = self.nodes.text(entry, "kind") or None
                match of:
                    case "indicators" | "attained" | "beyond" | "rows":
                        yield m.Count(number, of, beyond, kind)

    def _rules(self, top: Object) -> Iterable[m.Rule]:
        for entry in self.nodes.objects(top.get("rules"), ("text", "where"), "rules"):
            yield m.Rule(self.nodes.text(entry, "text", needed=True), self.nodes.text(entry, "where"))

    def _claims(self, top: Object) -> Iterable[m.Claim]:
        for entry in self.nodes.objects(top.get("claims"), ("text", "about", "fault", "where"), "claims"):
            text = self.nodes.text(entry, "text", needed=True)
            said = self.nodes.word(entry, "fault", ("fault", "no fault"), "choices.fault")
            if said is None and not _NO_FAULT.search(text):
                self.nodes.text(entry, "fault", needed=True)
            found = [self._part_called(name, entry.get("about")) for name in self.nodes.texts(entry, "about")]
            about = tuple(part.path for part in found if part is not None)
            yield m.Claim(text, self.nodes.text(entry, "where"), about, said == "fault")

    def _bands(self, top: Object) -> Iterable[m.Band]:
        for entry in self.nodes.objects(top.get("bands"), ("grade", "from", "to", "where"), "bands"):
            ends = {}
            for key in ("from", "to"):
                text = self.nodes.text(entry, key)
                bare = _INCLUDED.sub("", text.translate(FULLWIDTH)).strip()
                number = printed(bare) if bare else None
                if bare and number is None:
                    self.nodes.report("C143", entry.get(key), found=text, key=key)
                ends[key] = (evolve(number, text=text) if number else None, bool(_INCLUDED.search(text)))
            label, where = self.nodes.text(entry, "grade", needed=True), self.nodes.text(entry, "where")
            yield m.Band(label, ends["from"][0], ends["from"][1], ends["to"][0], ends["to"][1], where)

    def _grades(self, top: Object) -> Iterable[m.GradeSaid]:
        for entry in self.nodes.objects(top.get("grade"), ("grade", "where"), "grade"):
            yield m.GradeSaid(self.nodes.text(entry, "grade", needed=True), self.nodes.text(entry, "where"))

    def _links(self, found: m.Figures, top: Object) -> None:
        """What rows and reasons name must be there."""
        names = {
            *self.figures, *(i.name for i in found.indicators), *(r.name for r in found.ratios),
            *(e.name for e in found.equations),
        }  # fmt: skip
        node = top.get("rows")
        for row in found.rows:
            for name in (*row.rests_on, *(about for reason in row.reasons for about in reason.about)):
                self.nodes.known(name, names, Scalar(name, node.row if node else None))


def _ending(role: str, name: str) -> str:
    return PARTS_OF[role][0 if _CHINESE.search(name) else 1]


def _target_number(text: str, where: str) -> m.Printed | None:
    """The bound of a one-sided target, as it is printed."""
    target, _ = read_target(text)
    if not target.one_sided or target.low is None:
        return None
    digits = re.search(r"[0-9].*", text.translate(FULLWIDTH))
    number = printed(re.sub(r"(及?以[上下内]|之?内|\(含\))+$", "", digits[0])) if digits else None
    if number is None or number.value != target.low or target.comparator not in COMPARATORS:
        return None
    return evolve(number, text=text, where=where)
