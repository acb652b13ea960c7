"""The clean layer: what each capture's text is, and the article in it. Partitioned by drop."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.batches import PLANNED, plan, planned, planned_characters
from assets.downstream import forget, touch
from assets.partitions import DROPS, Keys, each, keys_of
from assets.progress import tell
from assets.repeats import learn, stale_by_repeats
from assets.reporting import ONE_RUN, POOL, attempting, key_of, open_store, report, spec
from assets.store import Connection, insert, select, transaction
from assets.tables import CLEAN, LEARNED
from assets.versions import clean_version, note_ingredients
from assets.work import CLEAN_SECONDS, CLEANING
from assets.workers import map_batches
from pipelines.clean.blocks import Blocks
from pipelines.clean.edits import Edits
from pipelines.clean.rejects import GivenUp
from pipelines.normalise.articles import Articles

STAGE = "clean"

STALE = """
SELECT capture_id FROM raw.captures WHERE drop_id = ?
EXCEPT SELECT capture_id FROM ops.done WHERE stage = ? AND code_version = ?
"""


def _todo(con: Connection) -> Iterator[pl.DataFrame]:
    """The planned captures, batch by batch, with the numbers of their lines that repeat (``repeated``)."""
    for batch, captures in enumerate(planned(con)):
        query = "SELECT capture_id, lines AS repeated FROM todo_repeats WHERE batch = ?"
        yield captures.join(select(con, query, [batch]), on="capture_id", how="left", maintain_order="left")


def clean_drop(con: Connection, drop_id: str) -> dict[str, int]:
    """Clean and normalise the captures of a drop that today's code has not seen: one transaction.

    Dates that articles left or came to go to ops.touched_dates in the same transaction. Returns the rows written.
    """
    learn(con)
    version = clean_version()
    written = {"captures": 0, "blocks": 0, "edits": 0, "articles": 0}
    with transaction(con):
        total = plan(con, STALE, [drop_id, STAGE, version])
        if not total:
            return written
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE todo_repeats AS
            SELECT repeats.*, todo.batch FROM ops.repeats AS repeats JOIN {PLANNED} AS todo USING (capture_id) ORDER BY todo.batch"""
        )
        forget(con, f"SELECT capture_id FROM {PLANNED}")
        for captures, made in map_batches(CLEANING, _todo(con), CLEAN_SECONDS * planned_characters(con)):
            written["captures"] += captures.height
            written["blocks"] += insert(con, Blocks, made.blocks)
            written["edits"] += insert(con, Edits, made.edits)
            written["articles"] += insert(con, Articles, made.articles)
            insert(con, GivenUp, made.rejects)
            tell("clean", written["captures"], total)
        con.execute(f"INSERT INTO ops.done SELECT ?, capture_id, ? FROM {PLANNED}", [STAGE, version])
        touch(con, f"SELECT publication_date FROM clean.articles SEMI JOIN {PLANNED} USING (capture_id)")
        note_ingredients(con, [STAGE])
    return written


@dg.multi_asset(
    specs=[
        spec(
            table,
            "clean",
            version=clean_version(),
            deps=[key_of("raw/captures"), key_of("raw/drops")],
            partitions=DROPS,
        )
        for table in CLEAN + LEARNED
    ],
    name="clean",
    pool=POOL,
    backfill_policy=ONE_RUN,
)
def clean_captures(context: dg.AssetExecutionContext, config: Keys) -> Iterator[dg.MaterializeResult[Any]]:
    """Clean and normalise the captures of drops into clean.*, and those of other drops in which other lines repeat by now."""
    keys, totals = keys_of(context, config), Counter(captures=0, blocks=0, edits=0, articles=0)
    with attempting(context, CLEAN + LEARNED, keys), open_store(context) as con:
        learn(con)
        keys += [drop_id for drop_id in stale_by_repeats(con) if drop_id not in keys]
        totals.update(each(keys, lambda drop_id: clean_drop(con, drop_id), context))
        yield from report(context, con, CLEAN + LEARNED, keys, {f"written_{what}": n for what, n in totals.items()})
