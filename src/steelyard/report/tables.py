"""Tables of the terminal report."""

from __future__ import annotations

from wcwidth import wcswidth

from steelyard.diagnostics.wording import visible


def table(rows: list[list[str]]) -> list[str]:
    """Columns aligned by terminal cells; numbers to the right."""
    rows = [[visible(text) for text in row] for row in rows]
    widths = [max(_cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for index, row in enumerate(rows):
        cells = [text + " " * (width - _cells(text)) if i == 0 else " " * (width - _cells(text)) + text
                 for i, (text, width) in enumerate(zip(row, widths, strict=True))]  # fmt: skip
        lines.append("  ".join(cells).rstrip())
        if index == 0:
            lines.append("─" * (sum(widths) + 2 * (len(widths) - 1)))
    return lines


def _cells(text: str) -> int:
    return max(wcswidth(text), 0)
