"""Files of a seal, read within bounds, each mistake told with its code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NoReturn, TypeVar

from attrs import frozen

from steelyard.cli.failures import cannot_open, fail, system_words
from steelyard.cli.files import write_atomically
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice
from steelyard.diagnostics.model import Fix, Language, Words
from steelyard.diagnostics.nearest import nearest
from steelyard.seal.batch import RECEIPT_FORMAT, Head, Receipt, decode_head, decode_receipt, read_trace
from steelyard.seal.documents import DOCUMENT_LIMIT, Malformed, hex_bytes, read_document
from steelyard.seal.fields import GROUPS
from steelyard.seal.hashes import LibraryLacks
from steelyard.seal.signatures import Signature, UnusableKey, decode_signature
from steelyard.values.canonical import Json

SIGNED_LIMIT = 256 * 1024 * 1024
"""Bytes of a file that is signed: Ed25519 takes the whole of it at once. Of more, sign the head."""
SECRET_SIZE = 32
_SMALL = 64 * 1024

Done = TypeVar("Done")


def reader_of(path: Path, lang: str | None, color: ColorChoice) -> Reader:
    """A reader that speaks the language of the rule file, which stands in every trace."""
    try:
        with path.open("rb") as file:
            found = read_document(file.readline(DOCUMENT_LIMIT).strip())
    except (OSError, Malformed):
        return Reader(language(lang, of_name(path)), color)
    trace = found.get("trace", found)
    header = trace.get("header") if isinstance(trace, dict) else None
    spoken = header.get("language") if isinstance(header, dict) else None
    return Reader(language(lang, "zh" if spoken == "zh" else "en" if spoken == "en" else of_name(path)), color)


def _format_of(content: bytes) -> object:
    try:
        return read_document(content).get("format")
    except Malformed:
        return None


@frozen
class Reader:
    """Reads files and tells what is wrong with them, in one language."""

    language: Language
    color: ColorChoice

    def first_bytes(self, path: Path, limit: int) -> bytes:
        """At most so many bytes of a file, and one more where it has more."""
        try:
            with path.open("rb") as file:
                return file.read(limit + 1)
        except OSError as problem:
            cannot_open(path, problem, self.language, self.color)

    def bytes_of(self, path: Path, limit: int, kind: str, way: str) -> bytes:
        content = self.first_bytes(path, limit)
        if len(content) > limit:
            self._refuse(path, kind, way, Words("seal.too large"))
        return content

    def head(self, path: Path) -> Head:
        return self._document(path, "seal.head", "steelyard seal head", decode_head)

    def receipt(self, path: Path) -> Receipt:
        return self._document(path, "seal.receipt", "steelyard seal receipt", decode_receipt)

    def signature(self, path: Path) -> Signature:
        return self._document(path, "seal.signature", "steelyard seal sign", decode_signature)

    def secret(self, path: Path) -> bytes:
        content = self.bytes_of(path, _SMALL, "seal.secret", "steelyard seal secret")
        try:
            return hex_bytes(content.decode("ascii", "replace").strip(), SECRET_SIZE, "secret")
        except Malformed as problem:
            self._refuse(path, "seal.secret", "steelyard seal secret", str(problem))

    def key(self, path: Path) -> bytes:
        """What stands in a key file; whether it is a key, the library says."""
        return self.first_bytes(path, _SMALL)

    def signed(self, path: Path) -> bytes:
        """A file that is signed, whatever it is."""
        content = self.first_bytes(path, SIGNED_LIMIT)
        if len(content) > SIGNED_LIMIT:
            fail("C102", self.language, self.color, file=str(path), problem=Words("seal.too large"))
        return content

    def traces(self, path: Path) -> Iterator[dict[str, Json]]:
        """The traces of a trace file, one a line."""
        try:
            with path.open("rb") as file:
                number = 0
                while line := file.readline(DOCUMENT_LIMIT + 2):
                    number += 1
                    if not line.strip():
                        continue
                    try:
                        yield read_trace(line.rstrip(b"\r\n"))
                    except Malformed as problem:
                        fail("C104", self.language, self.color, file=str(path), problem=f"{number}: {problem}")
        except OSError as problem:
            cannot_open(path, problem, self.language, self.color)

    def is_receipt(self, path: Path) -> bool:
        """Whether the file calls itself a receipt; else it is read as traces. A damaged one is told as a receipt too."""
        content = self.first_bytes(path, DOCUMENT_LIMIT)
        return b'"steelyard-receipt/' in content[:4096].split(b"\n", 1)[0] or _format_of(content) == RECEIPT_FORMAT

    # ---- what keeps a command from being done

    def unusable(self, path: Path, problem: UnusableKey) -> NoReturn:
        fail("C131", self.language, self.color, file=str(path), problem=Words(f"seal.key.{problem}"))

    def lacking(self, problem: LibraryLacks) -> NoReturn:
        fail("C132", self.language, self.color, name=str(problem))

    def closed(self, field: str) -> NoReturn:
        fail("C133", self.language, self.color, name=field, problem=Words("seal.field.closed"))

    def unknown(self, field: str, names: Iterable[str]) -> NoReturn:
        near = nearest(field, [*sorted(names), *GROUPS])
        fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
        fail("C133", self.language, self.color, fixes, name=field, problem=Words("seal.field.unknown"))

    def no_secret(self) -> NoReturn:
        fail("C135", self.language, self.color)

    def refuse_receipt(self, path: Path, problem: Malformed) -> NoReturn:
        self._refuse(path, "seal.receipt", "steelyard seal receipt", str(problem))

    def refuse_trace(self, path: Path, problem: Malformed) -> NoReturn:
        fail("C104", self.language, self.color, file=str(path), problem=str(problem))

    def write(self, path: Path, content: bytes, kept: Iterable[Path]) -> None:
        """A result, never over a file that was read."""
        if path.resolve() in {other.resolve() for other in kept}:
            fail("C109", self.language, self.color, file=str(path))
        try:
            write_atomically(path, [content])
        except OSError as problem:
            fail("C103", self.language, self.color, file=str(path), problem=system_words(problem))

    def _document(self, path: Path, kind: str, way: str, decode: Callable[[dict[str, Json]], Done]) -> Done:
        content = self.bytes_of(path, DOCUMENT_LIMIT, kind, way)
        try:
            return decode(read_document(content))
        except Malformed as problem:
            self._refuse(path, kind, way, str(problem))

    def _refuse(self, path: Path, kind: str, way: str, problem: str | Words) -> NoReturn:
        fail("C130", self.language, self.color, file=str(path), kind=Words(kind), problem=problem, way=way)
