"""The grammar and the keyword table as a whole."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from lark import Lark, logger

from steelyard.syntax.keywords import keywords
from steelyard.syntax.parser import _NoLexer, grammar_text

ROOT = Path(__file__).parents[2]

# Only one language's order of words needs these.
ONE_LANGUAGE = {
    "AFTER", "AT", "AWARDED", "BARE_ABOVE", "BARE_BELOW", "BATCH_BY", "BEHIND_POINT", "BEST_GRADE", "CAP_AT", "COUNTED", "DAYS_IN",
    "DAYS_OF", "DE", "DEDUCTED", "DIFFERS_FROM", "DROPPING_IF", "EACH_GROUP", "EACH_IN", "EFFECTIVE_FROM", "ENOUGH",
    "EQ", "EVERY_ABOVE", "EVERY_BELOW", "EVERY_DIFFERENCE", "EVERY_ONE", "EXCEPTED", "EXCEPT_IF", "EXCLUSIVE",
    "EXCLUSIVE_ABOVE", "EXCLUSIVE_BELOW", "EXPECT_GRADE", "FALLS", "FOR_EVERY", "FULL_POINTS", "GRADED", "GRADE_IS", "GRADE_NOT",
    "GROUPED", "INCLUSIVE", "INCLUSIVE_ABOVE", "INCLUSIVE_BELOW", "IN_BATCHES", "IN_EVERY_ONE", "IN_FORCE", "IS",
    "ITSELF", "LEVEL_WORD", "LIES_IN", "LIMIT", "LOWER_GRADE", "MISSING_AS", "MISSING_SKIPPED", "NOT_APPLICABLE_AS",
    "NOT_APPLICABLE_SKIPPED", "NOT_COUNTED", "NOT_MISSING", "NOT_RATED", "NO_POINTS", "OF", "ONWARDS", "OR_ELSE", "OR_MORE", "PART",
    "PRO_RATA", "RISING", "SCORED", "SINCE", "STOP", "THAT", "UNDEFINED", "UNDEFINED_AS", "UNDEFINED_SKIPPED", "UNTIL",
    "UP_TO", "VERSION", "VETO", "WITH", "WITHIN", "ZERO",
}  # fmt: skip


def test_the_grammar_has_no_conflicts(caplog: pytest.LogCaptureFixture) -> None:
    """Lark settles shift/reduce conflicts in silence; with `debug` it logs each."""
    logger.addHandler(caplog.handler)
    logger.setLevel(logging.DEBUG)
    try:
        Lark(grammar_text(), parser="lalr", lexer=_NoLexer, debug=True, maybe_placeholders=False)
    finally:
        logger.setLevel(logging.CRITICAL)
        logger.removeHandler(caplog.handler)
    assert "conflict" not in caplog.text.lower()


def test_the_grammar_holds_no_spelling() -> None:
    rules = re.sub(r"//[^\n]*", "", (ROOT / "grammar" / "steelyard.lark").read_text(encoding="utf-8"))
    assert '"' not in rules
    assert rules.isascii()


def test_every_keyword_is_spelt_in_both_languages() -> None:
    spelt: dict[str, set[str]] = {}
    for spelling in keywords().spellings:
        spelt.setdefault(spelling.terminal, set()).add(spelling.language)
    assert {terminal for terminal, languages in spelt.items() if len(languages) < 2} == ONE_LANGUAGE


def test_no_spelling_has_two_meanings_where_both_could_stand() -> None:
    """One spelling may have several terminals only where the parser's state tells them apart."""
    found: dict[tuple[str, str], set[str]] = {}
    for spelling in keywords().spellings:
        found.setdefault((spelling.text, spelling.language), set()).add(spelling.terminal)
    shared = {text: terminals for (text, _), terminals in found.items() if len(terminals) > 1}
    assert shared == {
        "award": {"AWARD", "AWARD_OF"},
        "in": {"IN", "UNIT_IN"},
        "or": {"OR", "OR_ELSE"},
        "up to": {"CAP", "UP_TO"},
        "不适用": {"NOT_APPLICABLE", "SKIP"},
        "合计不超过": {"CAP", "TOGETHER"},
        "对": {"FOR", "FOR_EACH"},
        "最高": {"CAP", "MAY_REACH"},
        "累计不超过": {"CAP", "TOGETHER"},
        "累计加分不超过": {"CAP", "TOGETHER"},
        "累计得分不超过": {"CAP", "TOGETHER"},
        "累计扣分不超过": {"CAP", "TOGETHER"},
        "计": {"COUNTED", "SCORE"},
        "计 0 分": {"GIVING", "NO_POINTS"},
        "计0分": {"GIVING", "NO_POINTS"},
        "评级": {"GRADE", "GRADED"},
    }


def test_every_function_is_spelt_and_every_spelling_is_a_function() -> None:
    from steelyard.vocabulary.functions import BY_KEY

    # `rank` looks like a function and is a construct of its own: its value ranges over the batch.
    assert set(keywords().functions.values()) == {*BY_KEY, "rank"}
