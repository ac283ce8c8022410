"""Signs and quotes: what each is, full-width forms beside plain ones, and those of other languages."""

from __future__ import annotations

SIGNS: tuple[tuple[str, str], ...] = (
    ("==", "EQ"), ("＝＝", "EQ"), ("!=", "NE"), ("！＝", "NE"), ("<>", "NE"), ("<=", "LE"), (">=", "GE"),
    ("＜＝", "LE"), ("＜=", "LE"), ("＞＝", "GE"), ("＞=", "GE"),
    ("=<", "LE"),
    ("=>", "GE"), ("&&", "AND"), ("||", "OR"), ("!", "NOT"), ("！", "NOT"), ("——", "RANGE"),
    ("=", "EQ"), ("＝", "EQ"), ("≠", "NE"), ("<", "LT"), ("＜", "LT"), (">", "GT"), ("＞", "GT"),
    ("≤", "LE"), ("≦", "LE"), ("≥", "GE"), ("≧", "GE"),
    ("+", "PLUS"), ("＋", "PLUS"), ("-", "MINUS"), ("－", "MINUS"), ("−", "MINUS"),
    ("*", "STAR"), ("＊", "STAR"), ("×", "STAR"), ("/", "SLASH"), ("／", "SLASH"), ("÷", "SLASH"),
    ("^", "CARET"), ("＾", "CARET"), ("%", "PERCENT"), ("％", "PERCENT"), (".", "DOT"), ("．", "DOT"),
    ("(", "LPAR"), ("（", "LPAR"), (")", "RPAR"), ("）", "RPAR"),
    ("[", "LBRACKET"), ("［", "LBRACKET"), ("【", "LBRACKET"), ("]", "RBRACKET"), ("］", "RBRACKET"), ("】", "RBRACKET"),
    ("{", "LBRACE"), ("｛", "LBRACE"), ("}", "RBRACE"), ("｝", "RBRACE"),
    (",", "_COMMA"), ("，", "_COMMA"), ("、", "_COMMA"), (":", "_COLON"), ("：", "_COLON"),
    ("—", "RANGE"), ("–", "RANGE"), ("～", "RANGE"), ("~", "RANGE"),
)  # fmt: skip
# Signs of other languages, read as what they mean, with a warning that says how it is written here.
FOREIGN = {
    "==": ("=", "="), "＝＝": ("=", "="), "<>": ("!=", "≠"), "=<": ("<=", "≤"), "=>": (">=", "≥"),
    "&&": ("and", "且"), "||": ("or", "或"), "!": ("not", "非"), "！": ("not", "非"),
}  # fmt: skip
SIGN_TERMINALS = tuple(dict.fromkeys(terminal for _, terminal in SIGNS))
SIGNS_BY_START: dict[str, list[tuple[str, str]]] = {}
for _sign in SIGNS:
    SIGNS_BY_START.setdefault(_sign[0][0], []).append(_sign)

QUOTES = {'"': '"', "＂": "＂", "“": "”", "《": "》"}
NAME_QUOTES = {"`": "`", "「": "」"}
