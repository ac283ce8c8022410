"""Exemptions: a yes, its reason and who approved it."""

from __future__ import annotations

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.data.model import Cell
from steelyard.scalar.recorder import Recorder, row_ref
from steelyard.scalar.run import Run
from steelyard.trace.model import RowRef
from steelyard.values.states import Absent, Cause, Unknown


@frozen
class Waived:
    """What became of a claimed exemption."""

    counts: bool | Unknown
    reason: str | None = None
    approver: str | None = None
    inputs: tuple[str, ...] = ()


NONE = Waived(counts=False)


def waived(run: Run, waiver: c.Waiver | None, origin: c.Origin) -> Waived:
    """Whether a statement is exempt. A blank or absent cell claims nothing; a yes without reason and approver is a
    finding and does not count; of a cell that cannot be read it is not known."""
    cell = None if waiver is None else _cell(run, waiver.cell)
    if waiver is None or cell is None:
        return NONE
    item = _item(run, waiver.cell)
    key, claimed = run.recorder.cell(cell, item=item)
    if isinstance(claimed, Unknown):
        # Not determined only where something stands there that cannot be read.
        return Waived(claimed, inputs=(key,)) if Cause.INVALID in claimed.causes else NONE
    if claimed is not True:
        return Waived(counts=False, inputs=(key,))
    reason, approver = (_text(run.recorder, _cell(run, beside), item) for beside in (waiver.reason, waiver.approver))
    inputs = (key, *(found[0] for found in (reason, approver) if found is not None))
    if reason is None or approver is None:
        run.finding("F403", origin, name=waiver.cell.name, text=origin.span.text)
        return Waived(counts=False, inputs=inputs)
    return Waived(True, reason[1], approver[1], inputs)


def _cell(run: Run, node: c.Cell) -> Cell | None:
    cells = run.record.cells if node.slot is None else run.env.rows[node.slot].cells
    return cells.get(node.name)


def _item(run: Run, node: c.Cell) -> RowRef | None:
    return None if node.slot is None else row_ref(run.env.slot_lists[node.slot], run.env.rows[node.slot])


def _text(recorder: Recorder, cell: Cell | None, item: RowRef | None) -> tuple[str, str] | None:
    """The key and the text of a cell in which something stands."""
    if cell is None or isinstance(cell.datum, Absent) or not cell.text.strip():
        return None
    key, _ = recorder.cell(cell, item=item)
    return key, cell.text.strip()
