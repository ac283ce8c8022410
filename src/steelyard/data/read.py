"""A CSV, JSON or YAML file, or a folder of CSV files, becomes records with findings; bad data never raise."""

from __future__ import annotations

from pathlib import Path

from steelyard.data.csv_files import read_sheet, single
from steelyard.data.files import DataFile, load, plain_name
from steelyard.data.findings import Findings
from steelyard.data.folder import read_folder
from steelyard.data.json_file import read_json
from steelyard.data.model import DataSource, Records
from steelyard.data.objects import to_batch
from steelyard.data.records import build
from steelyard.data.table import Batch
from steelyard.data.tree import Node
from steelyard.diagnostics.model import DataPlace
from steelyard.values.types import Schema

YAML = (".yaml", ".yml")
SUFFIXES = (".csv", ".json", *YAML)


def read(path: Path, schema: Schema) -> Records:
    """The records at `path`, a file or a folder, as the schema asks for them.

    What cannot be read at all gives no records and an error finding.
    """
    findings = Findings()
    batch, sources = _read_batch(path, schema, findings)
    records = build(batch, schema, findings) if batch else ()
    return Records(records, sources, findings.all())


def _read_batch(path: Path, schema: Schema, findings: Findings) -> tuple[Batch | None, tuple[DataSource, ...]]:
    name = plain_name(path)
    try:
        if path.is_dir():
            return read_folder(path, schema, findings)
    except OSError:
        findings.report("D102", DataPlace(name), file=name)
        return None, ()
    if path.suffix.lower() not in SUFFIXES:
        code = "D103" if path.is_file() else "D101"
        findings.report(code, DataPlace(name), file=name)
        return None, ()
    file = load(path, name, findings)
    return (_file_batch(file, path.suffix.lower(), schema, findings), (file.source,)) if file else (None, ())


def _file_batch(file: DataFile, suffix: str, schema: Schema, findings: Findings) -> Batch | None:
    if suffix == ".csv":
        sheet = read_sheet(file, findings)
        return single(sheet, schema, findings) if sheet else None
    tree = _tree(file, suffix, findings)
    return to_batch(tree, file.name, schema, findings) if tree else None


def _tree(file: DataFile, suffix: str, findings: Findings) -> Node | None:
    if suffix not in YAML:
        return read_json(file, findings)
    # Loaded only where it is needed: most data are tables, and the library takes its time.
    from steelyard.data.yaml_file import read_yaml

    return read_yaml(file, findings)
