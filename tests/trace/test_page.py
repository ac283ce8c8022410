"""docs/trace.md: its tables are those of the schema, its fragments are cut out of the traces of its own example.

A table stands between `<!-- fields NAME -->` and `<!-- end of fields -->`; a fragment in a block ```` ```trace RECORD PATH ````, where
a step of the path is the name of a member, or what an item of a list has (`kind=open,role=parts`, a blank written as `+`); `without a,b`
leaves members out. `STEELYARD_BLESS=1` writes both anew: read what changed before it is committed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Document = dict[str, Any]
PAGE = Path(__file__).parents[2] / "docs" / "trace.md"
WIDTH = 118
EVERY_ENTRY = ("number", "kind", "rule", "part", "status", "row", "source")
COMMON = (
    "condition",
    "group",
    "before",
    "after",
    "waiver",
    "approver",
    "reason",
    "authority",
    "code",
    "inputs",
    "blame",
)

_TABLE = re.compile(r"(<!-- fields ([^ ]+) -->\n).*?(<!-- end of fields -->)", re.DOTALL)
_FRAGMENT = re.compile(r"(```trace (\S+) (\S+)(?: without (\S+))?\n)(.*?)(```)", re.DOTALL)


def test_every_fragment_of_the_page_is_what_the_trace_says(page: Callable[[str], Document]) -> None:
    def cut_out(match: re.Match[str]) -> str:
        value = at(page(match[2]), match[3].split("/"))
        if match[4]:
            value = {name: item for name, item in value.items() if name not in match[4].split(",")}
        return f"{match[1]}{laid_out(value)}\n{match[6]}"

    same_or_blessed(_FRAGMENT.sub(cut_out, PAGE.read_text(encoding="utf-8")))


def test_every_table_of_the_page_is_that_of_the_schema(schema: Document) -> None:
    def filled(match: re.Match[str]) -> str:
        return match[1] + table(schema, match[2]) + match[3]

    same_or_blessed(_TABLE.sub(filled, PAGE.read_text(encoding="utf-8")))


def test_every_field_of_the_schema_is_on_the_page(schema: Document) -> None:
    shown = {match[2] for match in _TABLE.finditer(PAGE.read_text(encoding="utf-8"))}
    objects = {
        name for name, found in schema["$defs"].items() if "properties" in found and not name.startswith("core-")
    }
    shapes = {"quantity", "datum", "value"}  # Told in words.
    assert objects - shown == shapes
    nested = {
        f"{name}/{field}"
        for name, found in schema["$defs"].items()
        for field, inner in found.get("properties", {}).items()
        if isinstance(inner, dict) and "properties" in inner.get("items", inner) and not name.startswith("core-")
    }
    assert nested <= shown


def same_or_blessed(text: str) -> None:
    if os.environ.get("STEELYARD_BLESS"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text


def at(value: Any, path: list[str]) -> Any:
    for step in path:
        if "=" not in step:
            value = value[step]
            continue
        wanted = [pair.replace("+", " ").partition("=")[::2] for pair in step.split(",")]
        value = next(item for item in value if all(str(item.get(name)) == text for name, text in wanted))
    return value


def laid_out(value: Any, indent: int = 0) -> str:
    """JSON on as few lines as are easy to read."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= WIDTH or not isinstance(value, dict | list):
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + laid_out(item, indent + 2) for item in value) + "\n" + " " * indent + "]"
    lines, line = [], ""
    for name, item in value.items():
        piece = f"{json.dumps(name)}: {laid_out(item, indent + 2)}"
        if line and ("\n" in piece or "\n" in line or len(inner) + len(line) + len(piece) + 2 > WIDTH):
            lines.append(line)
            line = piece
        else:
            line = f"{line}, {piece}" if line else piece
    return "{\n" + ",\n".join(inner + text for text in [*lines, line]) + "\n" + " " * indent + "}"


# ---- tables


def table(schema: Document, name: str) -> str:
    definitions = schema["$defs"]
    if name == "entry":
        fields = {field: definitions["entry-move"]["properties"][field] for field in EVERY_ENTRY}
        fields["kind"] = definitions["entry"]["properties"]["kind"]
        return rows(schema, fields, set(EVERY_ENTRY) - {"row"})
    if name == "common":
        kinds = [found for key, found in definitions.items() if key.startswith("entry-")]
        return rows(schema, {field: common(kinds, field) for field in COMMON}, set())
    found = schema
    for step in () if name == "trace" else name.split("/"):
        found = definitions[step] if found is schema else found["properties"][step]
        found = found.get("items", found)
    if not name.startswith("entry-"):
        return rows(schema, found["properties"], set(found["required"]))
    kinds = [found for key, found in definitions.items() if key.startswith("entry-")]
    own, also = {}, []
    for field, what in found["properties"].items():
        if field in COMMON and what == common(kinds, field):
            also.append(field)
        elif field not in EVERY_ENTRY:
            own[field] = what
    statuses = ", ".join(f"`{status}`" for status in found["properties"]["status"]["enum"])
    text = f"{found['title']}. {found['description']} Status: {statuses}."
    if "row" not in found["properties"]:
        text += " Never on a row."
    if also:
        text += " Beside the fields of every entry: " + ", ".join(f"`{field}`" for field in also) + "."
    return text + "\n\n" + (rows(schema, own, set(found["required"])) if own else "")


def common(kinds: list[Document], field: str) -> Any:
    """What the field means in most kinds that have it."""
    found = [kind["properties"][field] for kind in kinds if field in kind["properties"]]
    return max(found, key=found.count)


def rows(schema: Document, fields: Document, required: set[str]) -> str:
    lines = ["| field | | what |", "|---|---|---|"]
    for name, what in fields.items():
        text = what.get("description") or schema["$defs"][what["$ref"].rpartition("/")[2]]["description"]
        if "enum" in what and name not in ("status", "kind", "op"):
            text += " One of " + ", ".join(f"`{choice}`" for choice in what["enum"]) + "."
        lines.append(f"| `{name}` | {'always' if name in required else ''} | {text} |".replace("|  |", "| |"))
    return "\n".join(lines) + "\n"
