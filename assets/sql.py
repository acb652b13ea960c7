"""The SQL files: marts, checks and questions, each one SELECT whose first comment says what it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.home import CHECKOUT

FOLDER = CHECKOUT / "sql"


class SqlFileError(ValueError):
    """A file under sql/ that is not as the house wants it; the message names the file."""


@dataclass(frozen=True)
class SqlFile:
    """One SELECT. ``name`` is the file's stem, ``asset`` what a check belongs to (``layer/table`` or ``layer/*``)."""

    name: str
    description: str
    asset: str | None
    query: str

    def tables(self) -> list[str]:
        """The tables and views that it reads, as ``schema.name``, sorted."""
        found = duckdb.get_table_names(self.query, qualified=True)
        return sorted({name.split(" ")[0] for name in found if "." in name})


def _load(path: Path) -> SqlFile:
    comments, lines = [], path.read_text("utf-8").splitlines()
    while lines and lines[0].startswith("--"):
        comments.append(lines.pop(0).removeprefix("--").strip())
    if not comments:
        raise SqlFileError(f"{path.name}: the first line must be a comment that says what the query is")
    asset = next((words.removeprefix("asset:").strip() for words in comments if words.startswith("asset:")), None)
    description = " ".join(words for words in comments if not words.startswith("asset:"))
    return SqlFile(path.stem, description, asset, "\n".join(lines).strip().rstrip(";"))


def load(kind: str) -> list[SqlFile]:
    """The files of ``sql/<kind>/``, by name."""
    return [_load(path) for path in sorted((FOLDER / kind).glob("*.sql"))]
