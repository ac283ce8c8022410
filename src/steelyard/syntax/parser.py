"""Parsing: Lark's LALR(1) tables, driven token by token so that a mistake costs one statement and not the file.

Recovery is yacc's: where a token does not fit, the stack is popped to the innermost state that takes the `ERR` terminal
(every statement, row, field and attribute may be one), and reading goes on at the next line that is not nested deeper.
"""

from __future__ import annotations

import gc
from functools import cache

from attrs import frozen
from lark import Lark, Token
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_parser_state import ParserState

from steelyard.diagnostics.model import Diagnostic, Language
from steelyard.resources import shipped
from steelyard.source import Source, Span
from steelyard.syntax import nodes as n
from steelyard.syntax.build import Builder
from steelyard.syntax.children import statements_of
from steelyard.syntax.habits import is_han
from steelyard.syntax.keywords import keywords
from steelyard.syntax.mistakes import explain_mistake, hidden_characters
from steelyard.syntax.scanner import Scanner
from steelyard.syntax.signs import SIGN_TERMINALS
from steelyard.syntax.table import with_table
from steelyard.syntax.tokens import BAD, DEDENT, END, INDENT, NEWLINE, ScannedToken

DEPTH_LIMIT = 100
"""Brackets and blocks open at once. It holds for the whole language: no phase after this one can run out of stack."""
TOKEN_LIMIT = 200_000
DIAGNOSTIC_LIMIT = 100

_OPENING = frozenset({"LPAR", "LBRACKET", "LBRACE", INDENT})
_CLOSING = frozenset({"RPAR", "RBRACKET", "RBRACE", DEDENT})


@frozen
class Parsed:
    """A rule file as a tree, with everything found wrong on the way. The tree lacks what could not be read."""

    file: n.File
    diagnostics: tuple[Diagnostic, ...] = ()


def parse(source: Source) -> Parsed:
    """The tree of a rule file. Never raises for what stands in it."""
    if hidden := hidden_characters(source):
        return Parsed(_file(source, [], "zh" if is_han(source.text) else "en"), hidden)
    if not source.text.strip():
        return Parsed(_file(source, [], "en"), (Diagnostic("S207", span=Span(source, 0, 0)),))
    collecting = gc.isenabled()
    gc.disable()  # A parse makes many small objects and drops few: collecting here only costs (ratio 2.4 against 2.0).
    try:
        return _Parse(source).run()
    finally:
        if collecting:
            gc.enable()


class _Parse:
    """One run over one source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.state: ParserState[int] = _lark().parse_interactive("").parser_state
        self.scanner = Scanner(source, keywords(), self.accepts, self.diagnostics.append)
        self.depth = 0
        self.divisions = 0
        self.answers: dict[tuple[str, ...], bool] = {}

    def run(self) -> Parsed:
        items: list[object] = []
        ended = False
        for _ in range(TOKEN_LIMIT):
            reported = len(self.diagnostics)
            token = self.scanner.next()
            if not self.accepts(token.type):
                if token.type != BAD and len(self.diagnostics) == reported:
                    self.diagnostics.append(self.mistake(token))
                if len(self.diagnostics) >= DIAGNOSTIC_LIMIT:
                    break
                if token.type == END and ended:
                    break  # Said once; there is nothing left to go on with.
                ended = token.type == END
                self.recover(token)
                continue
            self.depth += (token.type in _OPENING) - (token.type in _CLOSING)
            # A chain of divisions nests: everything before a `/` is its left side.
            self.divisions = 0 if token.type == NEWLINE else self.divisions + (token.type == "SLASH")
            if max(self.depth, self.divisions) > DEPTH_LIMIT:
                self.diagnostics.append(Diagnostic("S205", {"limit": DEPTH_LIMIT}, _span(token)))
                break
            result = self.state.feed_token(token, token.type == END)
            self.answers.clear()
            if token.type == END:
                items = result
                break
        else:
            self.diagnostics.append(Diagnostic("S206", {"limit": TOKEN_LIMIT}, _span(token)))
        used = self.scanner.used
        language: Language = "zh" if used["zh"] > used["en"] or (not used["en"] and is_han(self.source.text)) else "en"
        return Parsed(_file(self.source, items, language), tuple(self.diagnostics))

    def accepts(self, *terminals: str) -> bool:
        """May the terminals come next? Asked several times a token, so the answers are kept until one is fed."""
        answer = self.answers.get(terminals)
        if answer is None:
            answer = self.answers[terminals] = self.may_follow(*terminals)
        return answer

    def may_follow(self, *terminals: str) -> bool:
        """The exact answer for one terminal or a run of them: the reductions they would cause are run on a shadow of the
        stack. (The table alone says too much, because LALR merges states.)"""
        states = self.state.parse_conf.states
        stack: list[int] | None = None
        state = self.state.state_stack[-1]
        for terminal in terminals:
            while True:
                entry = states[state].get(terminal)
                if entry is None:
                    return False
                action, argument = entry
                if action is Shift:
                    state = argument
                    if len(terminals) > 1:
                        stack = list(self.state.state_stack) if stack is None else stack
                        stack.append(state)
                    break
                if stack is None:
                    stack = list(self.state.state_stack)
                size = len(argument.expansion)
                if size:
                    del stack[-size:]
                state = states[stack[-1]][argument.origin.name][1]
                if terminal == END and state == self.state.parse_conf.end_state:
                    return True
                stack.append(state)
        return True

    def mistake(self, token: ScannedToken) -> Diagnostic:
        everything = (*keywords().terminals, *_SIGNS_AND_LAYOUT)
        accepted = frozenset(terminal for terminal in everything if self.accepts(terminal))
        before = [v for v in self.state.value_stack if isinstance(v, ScannedToken)]
        return explain_mistake(token, accepted, before[-1] if before else None, first=self.scanner.first_of_line)

    def recover(self, token: ScannedToken) -> None:
        states, values = self.state.state_stack, self.state.value_stack
        first = self.scanner.first_of_line or token.type in (INDENT, DEDENT)
        lost: object = token
        while not self.may_follow("ERR"):
            states.pop()
            lost = values.pop()
        # The name a faulty line begins with is kept: an input that cannot be read is still declared.
        name = str(lost) if isinstance(lost, Token) and lost.type == "NAME" else ""
        if name and self.diagnostics[-1:] and self.diagnostics[-1].code == "S226":
            name = str(self.diagnostics[-1].facts["text"])  # With its signs.
        fault = ScannedToken("ERR", name, start_pos=token.start_pos, end_pos=token.end_pos)
        fault.source = self.source
        self.state.feed_token(fault)
        self.answers.clear()
        depth = sum(1 for value in values if isinstance(value, Token) and value.type == INDENT)
        self.depth = depth
        # A first token that fits after the fault is no fault of its own: the line before lacked something.
        self.scanner.recover(depth, rescan=first and token.type not in (INDENT, BAD) and self.accepts(token.type))


class _NoLexer(Lexer):
    """Tokens are fed by hand: the scanner must see the parser's state before each."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> object:  # type: ignore[override]
        return iter(())


_SIGNS_AND_LAYOUT = (
    *SIGN_TERMINALS,
    "NAME",
    "STRING",
    "NUMBER",
    "DATE",
    "MEASURE",
    "CONDITION",
    "STEP",
    "EXCEPTION",
    "EACH_TIME",
    "BOUND",
    "_BEYOND",
    "ERR",
    NEWLINE,
    INDENT,
    DEDENT,
)


def grammar_text() -> str:
    """The grammar with its terminals declared from the keyword table."""
    declared = dict.fromkeys((*keywords().terminals, *_SIGNS_AND_LAYOUT))
    rules = (shipped("grammar") / "steelyard.lark").read_text(encoding="utf-8")
    return f"{rules}\n%declare {' '.join(declared)}\n"


@cache
def _lark() -> Lark:
    return with_table(grammar_text(), {"parser": "lalr", "lexer": _NoLexer, "maybe_placeholders": False}, Builder())


def _file(source: Source, items: list[object], language: Language) -> n.File:
    return n.File(
        source=source,
        language=language,
        schemes=tuple(item for item in items if isinstance(item, n.Scheme)),
        inputs=tuple(item for item in items if isinstance(item, n.Input)),
        parts=tuple(item for item in items if isinstance(item, n.Part)),
        statements=statements_of(items),
        grades=tuple(item for item in items if isinstance(item, n.Grade)),
        parameters=tuple(item for item in items if isinstance(item, n.Parameter)),
        tables=tuple(item for item in items if isinstance(item, n.CodeTable)),
        defines=tuple(item for item in items if isinstance(item, n.Define)),
        uses=tuple(item for item in items if isinstance(item, n.Use)),
        amends=tuple(item for item in items if isinstance(item, n.Amend)),
        examples=tuple(item for item in items if isinstance(item, n.Example)),
        versions=tuple(item for item in items if isinstance(item, n.Version)),
        span=Span(source, 0, len(source.text)),
    )


def _span(token: ScannedToken) -> Span:
    assert token.start_pos is not None and token.end_pos is not None, "the scanner gives both"
    return Span(token.source, token.start_pos, token.end_pos)
