"""Inputs and lets that nothing reads."""

from __future__ import annotations

from steelyard.bind.symbols import Bound, GroupSymbol, InputSymbol, LetSymbol, ListSymbol, RowFieldSymbol
from steelyard.bind.waivers import companions
from steelyard.check.model import Findings
from steelyard.values.types import ListType, TextType


def check_unused(bound: Bound, findings: Findings) -> None:
    """Lets and inputs that no rule reads. A text says which record or row it is, and is for readers."""
    given = {given.name.key for example in bound.file.examples for given in example.given}
    read = [symbol for key, symbol in bound.refers_to.items() if key not in given]
    lets = {symbol.path for symbol in read if isinstance(symbol, LetSymbol)}
    for let in bound.lets:
        if bound.paths[let.key] not in lets:
            findings.report("W177", let.name.span, name=let.name.name)
    fields = {symbol.field for symbol in read if isinstance(symbol, InputSymbol | RowFieldSymbol)}
    lists = {symbol.field.name for symbol in read if isinstance(symbol, ListSymbol | GroupSymbol)}
    names = {field.name for field in fields} | lists
    names |= {name for field in list(names) for name in companions(field, bound.file.language)}
    of_rows = {f.name: {i.name: i for i in f.type.fields} for f in bound.schema.fields if isinstance(f.type, ListType)}
    for declared in (field for block in bound.file.inputs for field in block.fields):
        name = declared.name.name
        if name not in names:
            if [word.kind for word in declared.kinds] == ["text"]:
                continue
            findings.report("W176", declared.name.span, name=name)
            continue
        for inner in declared.fields:
            field = of_rows.get(name, {}).get(inner.name.name)
            if field is None or field in fields or inner.name.name in names or inner is declared.fields[0]:
                continue
            if not isinstance(field.type, TextType):
                findings.report("W176", inner.name.span, name=f"{name}.{inner.name.name}")
