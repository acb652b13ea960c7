"""The tables of the store, and the DDL that is derived from their contracts.

What belongs here: the list of contracts, the generated SQL and the generated docs. What does not: a column of its own;
columns are described in the contracts, once.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import dataframely as dy
import polars as pl

from pipelines.clean.blocks import Blocks
from pipelines.clean.edits import Edits
from pipelines.clean.rejects import GivenUp
from pipelines.clean.repeats import Repeats
from pipelines.contracts import Table
from pipelines.extract.coverage import Languages
from pipelines.extract.kinds import KINDS
from pipelines.extract.known_places import Places
from pipelines.extract.speech import SpeechVerbs
from pipelines.extract.units import Units
from pipelines.normalise.articles import Articles
from pipelines.normalise.registry import Agencies, Outlets
from pipelines.read.captures import Captures, Deliveries, Drops, Rejects
from pipelines.reference import Rules

RAW: tuple[type[Table], ...] = (Drops, Deliveries, Captures, Rejects)
CLEAN: tuple[type[Table], ...] = (Blocks, Edits, Articles, GivenUp)
LEARNED: tuple[type[Table], ...] = (Repeats,)
"""Of the layer ``clean``, but about drops, not captures."""
FACTS: tuple[type[Table], ...] = tuple(contract for contract, _ in KINDS.values())
REF: tuple[type[Table], ...] = (Outlets, Agencies, Places, Units, SpeechVerbs, Languages, Rules)
TABLES: tuple[type[Table], ...] = RAW + CLEAN + LEARNED + FACTS + REF
LAYERS = ("raw", "clean", "facts", "ref")

ALL_FACTS = "facts.all_kinds"
"""A view over all kinds of fact with the columns that they share."""

OPS = """
CREATE TABLE ops.meta (key VARCHAR NOT NULL, value VARCHAR NOT NULL);
COMMENT ON TABLE ops.meta IS 'What this file is: the digest of its schema';
CREATE TABLE ops.generations (layer VARCHAR NOT NULL, generation BIGINT NOT NULL);
COMMENT ON TABLE ops.generations IS 'How often each layer has been written; a check holds for the generations that it saw';
CREATE TABLE ops.done (stage VARCHAR NOT NULL, capture_id VARCHAR NOT NULL, code_version VARCHAR NOT NULL);
COMMENT ON TABLE ops.done IS 'Which capture went through which stage with which code';
CREATE TABLE ops.touched_dates (publication_date VARCHAR NOT NULL);
COMMENT ON TABLE ops.touched_dates IS 'Partitions whose articles changed and whose facts are yet to follow';
CREATE TABLE ops.sources (pack VARCHAR NOT NULL, drop_id VARCHAR NOT NULL, captures BIGINT NOT NULL, code_version VARCHAR NOT NULL);
COMMENT ON TABLE ops.sources IS 'Packs under sources/ that hold the original bytes of what is in the store, and the code that read them';
CREATE TABLE ops.inputs (drop_id VARCHAR NOT NULL, uri VARCHAR NOT NULL, stamp VARCHAR);
COMMENT ON TABLE ops.inputs IS 'What each file of a drop looked like from outside when it was read; an equal stamp need not be read again';
CREATE TABLE ops.reads (drop_id VARCHAR NOT NULL, digest VARCHAR, code_version VARCHAR NOT NULL);
COMMENT ON TABLE ops.reads IS 'What each drop looked like when it was last read to its end, and the code that read it';
CREATE TABLE ops.ingredients (stage VARCHAR NOT NULL, code_version VARCHAR NOT NULL, name VARCHAR NOT NULL, digest VARCHAR NOT NULL);
COMMENT ON TABLE ops.ingredients IS 'The files and libraries behind each code version that has written rows: what to name when it is stale';
CREATE TABLE ops.documents (number BIGINT NOT NULL, capture_id VARCHAR NOT NULL, site VARCHAR NOT NULL, address UBIGINT, home_drop VARCHAR NOT NULL, home_seq BIGINT NOT NULL, current BOOLEAN NOT NULL);
COMMENT ON TABLE ops.documents IS 'Captures whose lines are in ops.lines: the host and the hash of their address, the first drop that delivered them, and whether they still read so';
CREATE TABLE ops.lines (number BIGINT NOT NULL, line_no INTEGER NOT NULL, line UBIGINT NOT NULL, form UTINYINT NOT NULL, "first" BOOLEAN NOT NULL);
COMMENT ON TABLE ops.lines IS 'The lines of captures as they are counted over a site: hash and form, and whether the capture has it for the first time';
CREATE TABLE ops.repeats (capture_id VARCHAR NOT NULL, lines INTEGER[] NOT NULL);
COMMENT ON TABLE ops.repeats IS 'Lines of captures, by number, that repeat on their site: what cleaning takes into account';
CREATE TABLE ops.check_results (check_name VARCHAR NOT NULL, state VARCHAR NOT NULL, offending BIGINT NOT NULL);
COMMENT ON TABLE ops.check_results IS 'Outcome of each check at the state of the layers that it read';
CREATE TABLE ops.opened (capture_id VARCHAR NOT NULL, seen HUGEINT NOT NULL);
COMMENT ON TABLE ops.opened IS 'Captures whose spans were found to open, by what was looked at: ops.seen as it was then';
CREATE VIEW ops.seen AS
SELECT capture_id, sum(digest) AS seen
FROM (
    SELECT capture_id, hash(text) AS digest FROM raw.captures
    UNION ALL
    SELECT capture_id, hash(edit_no, span_start, span_end, replacement) FROM clean.edits
    UNION ALL
    SELECT capture_id, hash(kind, fact_id, span_start, span_end, text) FROM facts.all_kinds
    UNION ALL
    SELECT capture_id, hash(fact_id, speaker_start, speaker_end, speaker_text, cue_start, cue_end, cue) FROM facts.quotes
    UNION ALL
    SELECT capture_id, hash(fact_id, source_start, source_end, source_text, cue_start, cue_end, cue) FROM facts.attributions
)
GROUP BY capture_id;
COMMENT ON VIEW ops.seen IS 'All that the check spans_open looks at, as a number for each capture';
""".strip()
"""Bookkeeping of the working file; not published."""


def sql_type(dtype: pl.DataType) -> str:
    """The DuckDB type of a Polars type. Enums are VARCHAR: what a contract allows is checked, not typed (docs/why/store.md).

    >>> sql_type(pl.List(pl.Struct({"start": pl.Int64(), "name": pl.String()})))
    'STRUCT("start" BIGINT, "name" VARCHAR)[]'
    """
    if isinstance(dtype, pl.List):
        return f"{sql_type(dtype.inner)}[]"  # type: ignore[arg-type]
    if isinstance(dtype, pl.Struct):
        return "STRUCT(" + ", ".join(f'"{field.name}" {sql_type(field.dtype)}' for field in dtype.fields) + ")"  # type: ignore[arg-type]
    plain = {
        pl.String: "VARCHAR", pl.Enum: "VARCHAR", pl.Int64: "BIGINT", pl.Int32: "INTEGER", pl.Float64: "DOUBLE",
        pl.Boolean: "BOOLEAN", pl.Date: "DATE", pl.Datetime: "TIMESTAMP",
    }  # fmt: skip
    return plain[type(dtype)]


def summary(contract: type[Table]) -> str:
    """The table's comment: the first paragraph of the contract's docstring."""
    return " ".join(inspect.getdoc(contract).split("\n\n")[0].split())  # type: ignore[union-attr]


def describe(column: dy.Column) -> str:
    """A column's comment, with the values that an enum allows."""
    words = column.description or ""
    if isinstance(column, dy.Enum):
        words += ". One of: " + ", ".join(column.categories)
    return words


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def create(contract: type[Table]) -> str:
    """CREATE TABLE and its comments for one contract."""
    name = contract.__table__
    columns = [
        f'    "{column}" {sql_type(kind.dtype)}{"" if kind.nullable else " NOT NULL"}'
        for column, kind in contract.columns().items()
    ]
    lines = [
        f"CREATE TABLE {name} (\n" + ",\n".join(columns) + "\n);",
        f"COMMENT ON TABLE {name} IS {_quoted(summary(contract))};",
    ]
    lines += [
        f'COMMENT ON COLUMN {name}."{column}" IS {_quoted(describe(kind))};'
        for column, kind in contract.columns().items()
    ]
    return "\n".join(lines)


def all_facts_view() -> str:
    """The view over all kinds of fact: what they share, and which kind they are."""
    shared = (
        "fact_id",
        "capture_id",
        "publication_date",
        "block_no",
        "block_kind",
        "text",
        "span_start",
        "span_end",
        "rule_id",
        "confidence",
    )
    parts = [
        f"SELECT '{kind}' AS kind, {', '.join(shared)} FROM {contract.__table__}"
        for kind, (contract, _) in KINDS.items()
    ]
    comment = f"COMMENT ON VIEW {ALL_FACTS} IS 'Every fact of every kind: where it stands, its exact words and the rule that found it';"
    return f"CREATE VIEW {ALL_FACTS} AS\n" + "\nUNION ALL BY NAME\n".join(parts) + ";\n" + comment


def ddl() -> str:
    """The whole schema: what ``sql/tables.sql`` holds, and what a new file is made with (ops aside)."""
    schemas = [f"CREATE SCHEMA {layer};" for layer in LAYERS]
    return "\n\n".join(["\n".join(schemas), *map(create, TABLES), all_facts_view()]) + "\n"


def order_by(contract: type[Table]) -> str:
    """The columns that order a table's rows where it is published or compared."""
    if contract in FACTS:
        return "publication_date, capture_id, span_start, fact_id"
    return ", ".join(contract.__order__ or contract.primary_key())


def _markdown() -> Iterator[str]:
    yield "# Tables\n\nGenerated from the contracts by `make docs`; do not edit. Spans count code points of `raw.captures.text`, end exclusive.\n"
    for contract in TABLES:
        yield f"## {contract.__table__}\n\n{inspect.getdoc(contract)}\n"
        yield f"Key: {', '.join(f'`{name}`' for name in contract.primary_key())}. Contract: `{contract.__module__}.{contract.__name__}`.\n"
        yield "| column | type | null | what it is |\n|---|---|---|---|"
        for name, column in contract.columns().items():
            words = describe(column).replace("|", "\\|")
            yield f"| `{name}` | `{sql_type(column.dtype)}` | {'yes' if column.nullable else ''} | {words} |"
        yield ""


def markdown() -> str:
    """``docs/tables.md``."""
    return "\n".join(_markdown())
