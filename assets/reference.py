"""The reference layer: the lists under ``seeds/``, as tables."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.reporting import POOL, open_store, report, spec
from assets.store import Connection, bump, insert, select, transaction
from assets.tables import REF
from assets.versions import code_version
from pipelines.contracts import Table
from pipelines.extract.coverage import Languages, languages_table
from pipelines.extract.known_places import Places, places_table
from pipelines.extract.speech import SpeechVerbs, speech_verbs
from pipelines.extract.units import Units, units
from pipelines.normalise.registry import Agencies, Outlets, agencies_table, outlets_table
from pipelines.reference import Rules, rules_table
from pipelines.rules import SEEDS

FRAMES: dict[type[Table], Callable[[], pl.DataFrame]] = {
    Outlets: outlets_table,
    Agencies: agencies_table,
    Places: places_table,
    Units: units,
    SpeechVerbs: speech_verbs,
    Languages: languages_table,
    Rules: rules_table,
}


def reference_version() -> str:
    """Version of the rows in ref.*: of the code and of every seeds file that it reads."""
    rules = hashlib.sha256(b"".join(path.read_bytes() for path in sorted((SEEDS / "rules").glob("*.toml")))).hexdigest()
    return code_version(*sorted({function.__module__ for function in FRAMES.values()})) + rules[:8]


def reference_is_stale(con: Connection) -> bool:
    """Whether seeds/ or the code has changed since ref.* was written."""
    row = con.execute("SELECT value FROM ops.meta WHERE key = 'reference'").fetchone()
    return row is None or row[0] != reference_version()


def load_reference(con: Connection) -> None:
    """Bring ref.* up to date with seeds/: one transaction, nothing written where nothing changed."""
    if not reference_is_stale(con):
        return
    with transaction(con):
        changed = False
        for contract in REF:
            rows = FRAMES[contract]()
            key = contract.primary_key()
            stored = select(con, f"SELECT * FROM {contract.__table__}").sort(key)
            if stored.rows() != rows.sort(key).rows():
                con.execute(f"DELETE FROM {contract.__table__}")
                insert(con, contract, rows)
                changed = True
        con.execute("DELETE FROM ops.meta WHERE key = 'reference'")
        con.execute("INSERT INTO ops.meta VALUES ('reference', ?)", [reference_version()])
        if changed:
            bump(con, "ref")


@dg.multi_asset(
    specs=[spec(table, "ref", version=reference_version(), deps=[]) for table in REF],
    name="reference",
    pool=POOL,
)
def reference_lists(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
    """Bring ref.* up to date with seeds/."""
    with open_store(context) as con:
        load_reference(con)
        yield from report(context, con, REF, [], {})
