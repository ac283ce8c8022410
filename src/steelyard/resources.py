"""Files that are shipped beside the code: grammar, rule library, pages of the diagnostic codes.

They live at the top of the repository. A wheel carries copies under `_shipped/`; a checkout (also an editable install)
reads the originals, so that an edit is seen at once.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def shipped(folder: str, *, at: str | None = None) -> Path:
    """A shipped folder: `grammar`, `rules`, or `diagnostics` (in a checkout at `docs/diagnostics`).

    Raises FileNotFoundError where the installation is broken.
    """
    for candidate in (_CHECKOUT / (at or folder), _PACKAGE / "_shipped" / folder):
        if candidate.is_dir() and (
            candidate.parent == _PACKAGE / "_shipped" or (_CHECKOUT / "pyproject.toml").is_file()
        ):
            return candidate
    raise FileNotFoundError(f"the installation has no folder {folder!r}")
