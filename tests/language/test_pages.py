"""The documentation is run: every example of every page, every spelling of every keyword, every function's examples."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from language.examples import (
    ROOT,
    WITHOUT_EXAMPLES,
    Block,
    Case,
    Page,
    Session,
    pages,
    write_data,
    write_files,
    write_rules,
)
from steelyard.diagnostics.catalogue import CATALOGUE
from steelyard.diagnostics.model import Diagnostic, Severity
from steelyard.diagnostics.render import render
from steelyard.diagnostics.wording import severity_of
from steelyard.pipeline import Scored, load, load_bytes, read_data, score, try_examples
from steelyard.syntax import parser
from steelyard.syntax.keywords import Spelling, keywords
from steelyard.syntax.scanner import Scanner
from steelyard.syntax.tokens import ScannedToken
from steelyard.trace.model import Trace
from steelyard.values.intervals import Interval
from steelyard.values.numbers import canonical
from steelyard.vocabulary.functions import FUNCTIONS, Function

PAGES = pages()
CASES = [case for page in PAGES for case in page.cases]
SESSIONS = [session for page in PAGES for session in page.sessions]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.path.relative_to(ROOT)))
def test_page_has_an_example(page: Page) -> None:
    assert page.cases or page.sessions or page.path.stem in WITHOUT_EXAMPLES, (
        f"{page.path.name} has no example that runs"
    )


def test_every_page_of_the_language_is_listed() -> None:
    folder = ROOT / "docs" / "language"
    index = (folder / "README.md").read_text(encoding="utf-8")
    unlisted = [page.name for page in folder.glob("*.md") if page.name != "README.md" and f"({page.name})" not in index]
    assert not unlisted


def test_codes_are_told_by_their_titles() -> None:
    """Where a page lists what is told, code and titles are those of the catalogue."""
    wrong = []
    for page in (ROOT / "docs" / "language").glob("*.md"):
        for code, en, zh in re.findall(
            r"^\| \[(\w+)\]\(\.\./diagnostics/\1\.md\) \| (.*?) \| (.*?) \|$", page.read_text(encoding="utf-8"), re.M
        ):
            entry = CATALOGUE.get(code)
            if entry is None or (entry.title.en, entry.title.zh) != (en, zh):
                wrong.append(f"{page.name}: {code}")
    assert not wrong


# ---- rules, data, result


@pytest.mark.parametrize("case", CASES, ids=str)
def test_example(case: Case, tmp_path: Path) -> None:
    rules, data = tmp_path / "rules", tmp_path / "data"
    rules.mkdir()
    data.mkdir()
    loaded = load(write_rules(case, rules), case.as_of)
    found = {diagnostic.code for diagnostic in loaded.diagnostics}
    assert found == case.rules.codes, f"{case}\n{_told(loaded.diagnostics) or 'no diagnostic'}"
    if loaded.program is not None and not case.rules.codes and "wrong" not in case.rules.words:
        tried = try_examples(loaded.program)
        assert not tried.diagnostics, f"{case}\n{_told(tried.diagnostics)}"
    if case.result is None:
        return
    assert loaded.program is not None, f"{case}: rules with an error have no result"
    records = read_data(loaded.program, write_data(case.data, data))
    assert records.records, f"{case}: no record\n{_told(records.findings)}"
    scored = score(loaded.program, records, case.as_of)
    wrong = list(_differences(case, scored))
    assert not wrong, f"{case}\n" + "\n".join(wrong) + "\n\n" + case.rules.text


def _differences(case: Case, scored: Scored) -> Iterator[str]:
    """What a result says and the score does not, a line each."""
    traces = {trace.header.record: trace for trace in scored.traces}
    expected: dict[str | None, set[str]] = {None: set(), **{key: set() for key in traces}}
    assert case.result is not None
    for line in case.result.text.splitlines():
        if not line.strip():
            continue
        words = line.split()
        record = words[1] if words[0] == "record" else None if len(traces) > 1 else next(iter(traces))
        said = line.split(None, 2)[2] if words[0] == "record" else line.strip()
        if said.startswith("finding "):
            expected.setdefault(record, set()).add(said.removeprefix("finding ").strip())
        elif record not in traces:
            yield f"{line}: no such record, there are {', '.join(traces)}"
        else:
            name, sign, wanted = _split(said)
            got = _asked(name, sign, wanted, traces[record])
            if got != wanted:
                yield f"{line}: got {got}"
    for record, codes in expected.items():
        found = scored.findings if record is None else traces[record].findings if record in traces else ()
        if record is None and len(traces) == 1:
            continue
        for code in codes - {diagnostic.code for diagnostic in found}:
            yield f"finding {code}: not found"
        if extra := [d for d in found if d.code not in codes and severity_of(d) is not Severity.NOTE]:
            yield f"findings that are not listed:\n{_told(extra)}"


def _split(said: str) -> tuple[str, str, str]:
    """`deduct RULE = 0.5`, `total in [95, 100]`: what is asked, the sign, what is wanted."""
    match = re.fullmatch(r"(.+?) (=|in) (.*)", said)
    assert match, f"a line of a result cannot be read: {said}"
    return match[1], match[2], match[3].strip()


def _asked(name: str, sign: str, wanted: str, trace: Trace) -> str:
    """What the trace says, in the form of a result."""
    result = trace.result
    verb, _, rule = name.partition(" ")
    if verb in ("deduct", "award", "score") and rule:
        moves = [e for e in trace.entries if e.kind == "move" and e.rule == rule and e.role == verb]
        if not moves:
            rules = sorted({e.rule for e in trace.entries if e.kind == "move"})
            return f"no {verb} of that name; there are {', '.join(rules)}"
        return _shown(_sum([e.applied for e in moves]))
    if verb in ("reason", "authority", "code") and rule:
        texts = [getattr(e, verb) or "" for e in trace.entries if e.rule == rule]
        return wanted if wanted in texts else " | ".join(texts) or "no such rule"
    if name == "total":
        return "not issued" if result.total is None else _shown(result.total)
    if name == "status":
        return result.status
    if name == "grade":
        return ", ".join(result.possible_grades) if sign == "in" else result.grade or "none"
    found = [p for p in result.parts if p.path == name] or [p for p in result.parts if p.name == name]
    if len(found) != 1:
        return f"{len(found)} parts of that name; there are {', '.join(p.path for p in result.parts)}"
    return "skipped" if found[0].score is None else _shown(found[0].score)


def _sum(quantities: list[Fraction | Interval | None]) -> Fraction | Interval:
    total: Fraction | Interval = Fraction(0)
    for quantity in quantities:
        if isinstance(total, Fraction) and isinstance(quantity, Fraction):
            total += quantity
        elif quantity is not None:
            return quantity if total == 0 else Interval(None, None)
    return total


def _shown(quantity: Fraction | Interval) -> str:
    return canonical(quantity) if isinstance(quantity, Fraction) else str(quantity)


def _told(diagnostics: Iterable[Diagnostic]) -> str:
    return render(diagnostics, "en")


# ---- console


@pytest.mark.parametrize("session", SESSIONS, ids=str)
def test_console(session: Session, tmp_path: Path) -> None:
    write_files(session.files, tmp_path)
    if "rules/" in session.console.text and not (tmp_path / "rules").exists():
        shutil.copytree(ROOT / "rules", tmp_path / "rules")
    status = 0
    for command, wanted in session.commands():
        if command == "echo $?":
            got = f"{status}\n"
        elif command.split()[0] == "steelyard":
            status, got = _run(shlex.split(command)[1:], tmp_path)
        else:
            continue
        assert _trimmed(got) == _trimmed(wanted), f"{session}: $ {command}\n{got}"


def _run(arguments: list[str], folder: Path) -> tuple[int, str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("STEELYARD_")}
    env |= {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", "from steelyard.cli.main import main; main()", *arguments],
        cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode()


def _trimmed(output: str) -> list[str]:
    """The lines without blanks at their ends and without blank lines at the end."""
    return [line.rstrip() for line in output.rstrip().splitlines()]


# ---- the vocabulary


def test_every_spelling_stands_in_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each spelling of grammar/keywords.toml, as the keyword it is there and not as a piece of a name."""
    used = _spellings_used(monkeypatch)
    table = keywords()
    words = [*table.values, *table.functions]
    missing = [f"{s.text} ({s.terminal})" for s in table.spellings if (s.terminal, s.text) not in used]
    missing += [f"{word} (a value or function)" for word in words if ("NAME", word) not in used]
    assert not missing, f"{len(missing)} spellings stand in no example:\n" + "\n".join(missing)


def _spellings_used(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Terminal and spelling of every keyword, and every name, in the examples that are right."""
    tokens: list[ScannedToken] = []

    class Recording(Scanner):
        def next(self) -> ScannedToken:
            token = super().next()
            tokens.append(token)
            return token

    monkeypatch.setattr(parser, "Scanner", Recording)
    for case in CASES:
        if not case.rules.codes:
            load_bytes(case.rules.name, case.rules.text.encode())
    by_terminal: dict[str, list[Spelling]] = {}
    for spelling in keywords().spellings:
        by_terminal.setdefault(spelling.terminal, []).append(spelling)
    used: set[tuple[str, str]] = set()
    for token in tokens:
        text = token.source.text[token.start_pos : token.end_pos]
        if token.type == "NAME":
            used.add(("NAME", text))
        used |= {(s.terminal, s.text) for s in by_terminal.get(token.type, ()) if s.pattern.fullmatch(text)}
    return used


FUNCTION_DATA = {
    "records.csv": "record,actual,target\na,8218,≥2000\n",
    "indicators.csv": "record,indicator,points_lost\na,1,0\na,2,0.5\na,3,0\n",
}
FUNCTION_INPUT = """input
  actual : actual
  target : target
  indicators : list of
    points_lost : number
"""


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.key)
def test_function_examples(function: Function, tmp_path: Path) -> None:
    """The examples of a function's declaration give the values that stand beside them."""
    examples = function.examples
    rules = FUNCTION_INPUT + "".join(f"check {expression} = {value}\n" for expression, value in examples)
    loaded = load_bytes("function.rules", rules.encode())
    assert loaded.program is not None, _told(loaded.diagnostics)
    for name, text in FUNCTION_DATA.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (trace,) = score(loaded.program, read_data(loaded.program, tmp_path)).traces
    checks = [entry for entry in trace.entries if entry.kind == "check"]
    assert len(checks) == len(examples)
    assert all(entry.status == "applied" for entry in checks), _told(trace.findings)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.key)
def test_function_is_on_its_page(function: Function) -> None:
    """Meaning, spellings and examples of a function stand on the page as they are declared."""
    page = (ROOT / "docs" / "language" / "functions.md").read_text(encoding="utf-8")
    key, doc = function.key, function.doc
    spellings = keywords().function_spellings[key]
    wanted = [doc.of("en"), doc.of("zh"), *spellings["en"], *spellings["zh"]]
    wanted += [f"`{expression}` is `{value}`" for expression, value in function.examples]
    missing = [text for text in wanted if text not in page]
    assert not missing, f"docs/language/functions.md lacks: {missing}"


# ---- the runner itself


def test_a_wrong_page_fails(tmp_path: Path) -> None:
    """A wrong number, an unlisted finding, a wrong part: each is one difference."""
    path = ROOT / "docs" / "wrong.md"
    rules = Block("rules", (), "deduct 5 if actual < target\ncheck actual > 0\n", 1)
    data = Block("csv", (), "actual,target\n0,1\n", 5)
    right = "total = 95\ndeduct total#1 = 5\nstatus = final\nfinding F101\n"
    wrong = "total = 94\ndeduct total#2 = 5\nexecution = 5\ngrade = A\n"
    differences = {}
    for name, text in (("right", right), ("wrong", wrong)):
        case = Case(path, rules, (data,), Block("result", (), text, 9))
        loaded = load_bytes("scheme.rules", rules.text.encode())
        assert loaded.program is not None
        scored = score(loaded.program, read_data(loaded.program, write_data(case.data, tmp_path)))
        differences[name] = list(_differences(case, scored))
    assert differences["right"] == []
    assert len(differences["wrong"]) == 5
