"""The examples of a documentation page: fenced blocks, grouped into cases that can be run.

    ```rules                   a rule file; `rules scheme.rules` names it, `rules same` says that it is the example above in
                               other words, so everything below and above holds for it too, `rules wrong CODE …` that it
                               gives exactly these diagnostics, `rules rates.rules beside` that it is no example but lies
                               beside all that follow, which may `use` or `amend` it
    ```csv data.csv            its data (also json, yaml); several names, or records.csv, make a folder
    ```result                  what the score must be; further data blocks after it begin another case of the same rules;
                               `result as-of 2023-06-30` loads the rules as of that day, as `rules wrong CODE as-of …` does
    ```console                 `$ steelyard …` and its exact output, run where the page's named blocks lie; `$ echo $?` too

A line of a result is one of

    total = 99.5               exact canonical text (145/3); `total in [95, 100]` where data are missing
    PART = 4.5                 a part by its path, or by its name where only one has it; `PART = skipped`
    grade = 优                  `grade in 良, 优` where the data leave it open
    status = final             or provisional, not final, not issued
    deduct RULE = 0.5          points that the rule took, summed over its rows; also award and score
    reason RULE = text         a reason that the rule gave, with its values put in; also authority, code
    finding F101               every finding above a note must be listed

and `record KEY ` stands in front where the data hold many records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from attrs import field, frozen

ROOT = Path(__file__).parents[2]
DATA = {"csv": "data.csv", "json": "data.json", "yaml": "data.yaml"}
WITHOUT_EXAMPLES = frozenset({"glossary", "architecture", "design", "benchmarks"})
"""Pages that need no example."""

_FENCE = re.compile(r"(`{3,})(.*)")


@frozen
class Block:
    """One fenced block: the words after its fence, its text, the line of the page it begins on."""

    kind: str
    words: tuple[str, ...]
    text: str
    line: int

    @property
    def name(self) -> str:
        """The file it makes."""
        if self.kind == "rules":
            return next((word for word in self.words if word.endswith(".rules")), "scheme.rules")
        return self.words[0] if self.words else DATA[self.kind]

    @property
    def named(self) -> bool:
        """Does the page say the file's name?"""
        return (self.kind == "rules" or self.kind in DATA) and self.name in self.words

    @property
    def as_of(self) -> date | None:
        """The day that it says."""
        return date.fromisoformat(self.words[self.words.index("as-of") + 1]) if "as-of" in self.words else None

    @property
    def codes(self) -> frozenset[str]:
        """The diagnostics that it must give."""
        wrong = self.words[self.words.index("wrong") + 1 :] if "wrong" in self.words else ()
        return frozenset(word for word in wrong if re.fullmatch(r"[A-Z]\d{3}", word))


@frozen
class Case:
    """One rule file, with data and the result it must give on them (or neither: then it is checked only)."""

    page: Path
    rules: Block
    data: tuple[Block, ...] = ()
    result: Block | None = None
    beside: tuple[Block, ...] = ()
    """Rule files that lie beside it."""

    @property
    def as_of(self) -> date | None:
        """The day as of which the rules are loaded."""
        return (self.result or self.rules).as_of

    def __str__(self) -> str:
        place = f"{self.page.relative_to(ROOT)}:{self.rules.line}"
        return f"{place}+{self.result.line}" if self.result else place


@frozen
class Session:
    """A console block, with the named blocks that stand before it."""

    page: Path
    console: Block
    files: tuple[Block, ...]

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.console.line}"

    def commands(self) -> Iterator[tuple[str, str]]:
        """Each command and its output."""
        for piece in re.split(r"(?m)^\$ ", self.console.text)[1:]:
            command, _, output = piece.partition("\n")
            yield command.strip(), output


@frozen
class Page:
    path: Path
    cases: tuple[Case, ...]
    sessions: tuple[Session, ...]


@frozen
class _Group:
    """Rules that say the same, and the data sets that they are run on."""

    rules: list[Block] = field(factory=list)
    beside: tuple[Block, ...] = ()
    runs: list[tuple[tuple[Block, ...], Block]] = field(factory=list)
    data: list[Block] = field(factory=list)


def pages() -> list[Page]:
    """All pages whose examples are run."""
    docs = ROOT / "docs"
    paths = [ROOT / "README.md", *sorted(docs.glob("*.md"))]
    paths += [path for folder in ("language", "guides") for path in sorted((docs / folder).glob("*.md"))]
    paths += sorted((ROOT / "rules").glob("*/README.md"))
    return [read_page(path) for path in paths if path.is_file()]


def read_page(path: Path) -> Page:
    groups: list[_Group] = []
    sessions: list[Session] = []
    files: list[Block] = []
    beside: list[Block] = []
    for block in blocks(path.read_text(encoding="utf-8")):
        if block.kind == "console":
            sessions.append(Session(path, block, tuple(files)))
        elif block.kind == "rules" and "beside" in block.words:
            beside.append(block)
        elif block.kind == "rules":
            if "same" in block.words and groups:
                groups[-1].rules.append(block)
            else:
                groups.append(_Group([block], tuple(beside)))
        elif block.kind == "result" and groups:
            groups[-1].runs.append((tuple(groups[-1].data), block))
            groups[-1].data.clear()
        elif block.kind in DATA and groups:
            groups[-1].data.append(block)
        if block.named:
            files.append(block)
    cases = [case for group in groups for case in _cases(path, group)]
    return Page(path, tuple(cases), tuple(sessions))


def _cases(page: Path, group: _Group) -> Iterator[Case]:
    for rules in group.rules:
        if not group.runs:
            yield Case(page, rules, beside=group.beside)
        for data, result in group.runs:
            yield Case(page, rules, data, result, group.beside)


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page. A longer fence quotes shorter ones."""
    lines = iter(enumerate(text.splitlines(), 1))
    for number, line in lines:
        opening = _FENCE.fullmatch(line)
        if not opening:
            continue
        inside = []
        for _, content in lines:
            closing = _FENCE.fullmatch(content.rstrip())
            if closing and not closing[2] and len(closing[1]) >= len(opening[1]):
                break
            inside.append(content + "\n")
        kind, *words = opening[2].split() or [""]
        yield Block(kind, tuple(words), "".join(inside), number)


def write_data(data: tuple[Block, ...], folder: Path) -> Path:
    """The data of a case as files, and the path to score: the file, or the folder of several tables."""
    for block in data:
        (folder / Path(block.name).name).write_text(block.text, encoding="utf-8")
    names = [Path(block.name).name for block in data]
    return folder / names[0] if len(names) == 1 and names[0] not in ("records.csv", "记录.csv") else folder


def write_rules(case: Case, folder: Path) -> Path:
    """The rule file of a case, with those beside it."""
    for block in (*case.beside, case.rules):
        (folder / block.name).write_text(block.text, encoding="utf-8")
    return folder / case.rules.name


def write_files(files: tuple[Block, ...], folder: Path) -> None:
    """The named blocks of a page, each under the last text of its name."""
    for block in files:
        path = folder / block.name
        assert path.resolve().is_relative_to(folder.resolve()), f"{block.name} leaves the page's folder"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
