"""The SQL files: marts, checks and questions, each one SELECT whose first comment says what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

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
        return list(_tables_of(self))

    def tree(self) -> dict[str, Any]:
        """The query's syntax tree as DuckDB parses it. Raises :class:`SqlFileError` if it does not parse."""
        row = duckdb.execute("SELECT json_serialize_sql(?)", [self.query]).fetchone()
        tree: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
        if tree["error"]:
            raise SqlFileError(f"{self.name}.sql is not one SELECT: {tree.get('error_message', 'it does not parse')}")
        return tree


@cache
def _tables_of(file: SqlFile) -> list[str]:
    # Checks and marts are asked for it at every step of every run; parsing them takes .03 s each time.
    return sorted(set(_base_tables(file.tree())))


def _base_tables(node: object) -> Iterator[str]:
    """The tables named with their schema anywhere in a syntax tree."""
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node.get("schema_name"):
            yield f"{node['schema_name']}.{node['table_name']}"
        for child in node.values():
            yield from _base_tables(child)
    elif isinstance(node, list):
        for child in node:
            yield from _base_tables(child)


def _load(path: Path) -> SqlFile:
    comments, lines = [], path.read_text("utf-8").splitlines()
    while lines and lines[0].startswith("--"):
        comments.append(lines.pop(0).removeprefix("--").strip())
    if not comments:
        raise SqlFileError(
            f"{path.relative_to(CHECKOUT)}: the first line must be a comment that says what the query is"
        )
    asset = next((words.removeprefix("asset:").strip() for words in comments if words.startswith("asset:")), None)
    description = " ".join(words for words in comments if not words.startswith("asset:"))
    return SqlFile(path.stem, description, asset, "\n".join(lines).strip().rstrip(";"))


def load(kind: str) -> list[SqlFile]:
    """The files of ``sql/<kind>/``, by name."""
    return [_load(path) for path in sorted((FOLDER / kind).glob("*.sql"))]
