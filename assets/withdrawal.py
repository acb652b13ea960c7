"""Taking drops out of the store and of ``sources/``, so that a crash at any point leaves them whole or gone.

1. What other drops delivered too is handed to them: its bytes are written to packs of theirs, under ``sources/.withdrawing``,
   where nothing looks for packs.
2. The drops are marked in ``sources/withdrawn.json``. Until this rename nothing has happened; from here on the withdrawal is
   finished by whoever opens the store for writing, however often it is cut off: each step below may be done twice.
3. The new packs are put in place, and the drops' folders moved to ``sources/.withdrawn/<drop_id>-<n>``.
4. One transaction takes the rows out. Dates that articles leave are touched: their facts follow like those of any change.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.downstream import forget
from assets.drops import drop_row
from assets.home import Home
from assets.repeats import follow
from assets.replay import read_again, replay_pack
from assets.sources import Pack, packs_of, read_pack
from assets.store import Connection, StoreError, bump, transaction, visible
from assets.tables import FACTS
from assets.versions import read_version
from assets.withdrawn import mark, marks, settled
from pipelines.read.inputs import Input


@dataclass(frozen=True)
class Losses:
    """What goes with some drops, and what stays. Counts of rows, but for ``dates``, ``outlived_by`` and ``drops``."""

    drops: tuple[tuple[str, str], ...]
    """drop_id and path, in the order of arrival."""
    captures: int
    dates: tuple[str, ...]
    facts: int
    rejects: int
    kept: int
    """Captures that stay, because others delivered them too."""
    kept_by: tuple[str, ...]
    """The drops to which they are handed."""


def _work_out(con: Connection, drop_ids: Sequence[str]) -> None:
    """Temporary tables: ``leaving`` drops, their ``handed`` captures with the next to have delivered each, and those ``gone``.

    The heir is whose delivery would have been the first had the leaving drops never come: rows of raw.deliveries stand in
    the order in which a drop's inputs were found.
    """
    with visible(con, "named_drops", pl.DataFrame({"drop_id": list(drop_ids)}, schema={"drop_id": pl.String})):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE leaving AS SELECT * FROM raw.drops SEMI JOIN named_drops USING (drop_id)"
        )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE handed AS
        SELECT
            owned.capture_id, arrived.drop_id, arrived.uri, owned.drop_id AS old_drop_id,
            heirs.first_ingested_at::DATE <> leaving.first_ingested_at::DATE AS on_another_day
        FROM raw.captures AS owned
        JOIN leaving USING (drop_id)
        JOIN raw.deliveries AS arrived ON arrived.capture_id = owned.capture_id
        JOIN raw.drops AS heirs ON heirs.drop_id = arrived.drop_id
        WHERE arrived.drop_id NOT IN (SELECT drop_id FROM leaving)
        QUALIFY row_number() OVER (
            PARTITION BY owned.capture_id ORDER BY arrived.ingested_at, heirs.drop_seq, arrived.rowid
        ) = 1"""
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE gone AS
        SELECT capture_id FROM raw.captures SEMI JOIN leaving USING (drop_id) ANTI JOIN handed USING (capture_id)"""
    )


def _number(con: Connection, query: str, *parameters: object) -> int:
    row = con.execute(query, list(parameters)).fetchone()
    return int(row[0]) if row else 0


def losses(con: Connection, drop_ids: Sequence[str]) -> Losses:
    """What withdrawing these drops would take away. Changes nothing."""
    _work_out(con, drop_ids)
    gone = "SEMI JOIN gone USING (capture_id)"
    dates = f"SELECT DISTINCT publication_date FROM clean.articles {gone} ORDER BY 1"
    kept_by = "SELECT drop_id FROM raw.drops SEMI JOIN handed USING (drop_id) ORDER BY drop_seq"
    return Losses(
        drops=tuple(con.execute("SELECT drop_id, path FROM leaving ORDER BY drop_seq").fetchall()),
        captures=_number(con, "SELECT count(*) FROM gone"),
        dates=tuple(date for (date,) in con.execute(dates).fetchall()),
        facts=sum(_number(con, f"SELECT count(*) FROM {kind.__table__} {gone}") for kind in FACTS),
        rejects=_number(con, "SELECT count(*) FROM raw.rejects SEMI JOIN leaving USING (drop_id)"),
        kept=_number(con, "SELECT count(*) FROM handed"),
        kept_by=tuple(drop_id for (drop_id,) in con.execute(kept_by).fetchall()),
    )


def withdraw(con: Connection, home: Home, drop_ids: Sequence[str]) -> Losses:
    """Take drops out of the store and of ``sources/``. Facts of the touched dates, and publishing, are left to the caller.

    Drops that are not there are passed over. Raises StoreError, with nothing changed, where original bytes that other
    drops need are missing from ``sources/``.
    """
    lost = losses(con, drop_ids)
    if lost.drops:
        if lost.kept:
            read_again(con, home, [drop_id for drop_id, _ in lost.drops])
        packs = _write_packs(con, home)
        mark(home, con.execute("SELECT drop_id, drop_seq, path FROM leaving").fetchall(), packs, read_version())
        settle_sources(home)
        settle_store(con, home)
    return lost


def _staging(home: Home) -> Path:
    return home.sources / ".withdrawing"


def _write_packs(con: Connection, home: Home) -> list[str]:
    """The handed captures' bytes in a new pack for each heir, out of sight. Returns the packs' names."""
    shutil.rmtree(_staging(home), ignore_errors=True)
    wanted: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for old_drop_id, capture_id, drop_id, uri in con.execute(
        "SELECT old_drop_id, capture_id, drop_id, uri FROM handed ORDER BY ALL"
    ).fetchall():
        wanted[old_drop_id][capture_id] = drop_id, uri
    packs: dict[str, Pack] = {}
    try:
        for old_drop_id, heirs in wanted.items():
            for path in packs_of(home.sources, old_drop_id):
                for _, items in read_pack(path):
                    _hand_over(con, home, packs, items, heirs)
            if heirs:
                raise StoreError(
                    f"not withdrawn: the original bytes of {len(heirs):,} captures that other drops delivered too are "
                    f"missing from {home.sources / old_drop_id}. Restore it from a backup, or withdraw those drops with it"
                )
        for pack in packs.values():
            pack.close()
    except BaseException:
        for pack in packs.values():
            pack.abandon()
        raise
    return sorted(f"{drop_id}/{pack.path.name}" for drop_id, pack in packs.items())


def _hand_over(
    con: Connection, home: Home, packs: dict[str, Pack], items: Sequence[Input], heirs: dict[str, tuple[str, str]]
) -> None:
    """Write those of a batch that have an heir to the heir's pack, and strike them from ``heirs``."""
    handed: dict[str, list[Input]] = defaultdict(list)
    for item in items:
        if item.capture_id in heirs:
            drop_id, uri = heirs.pop(item.capture_id)
            # It stays what it was read as: equal bytes are a text file here and a record there only by somebody's design.
            handed[drop_id].append(Input(uri, item.data, item.form))
    for drop_id, inherited in handed.items():
        if drop_id not in packs:
            number = max((int(path.stem) for path in packs_of(home.sources, drop_id)), default=0) + 1
            packs[drop_id] = Pack(_staging(home), f"{drop_id}/{number:06d}.zip")
        packs[drop_id].add(drop_row(con, drop_id), inherited, [])


def withdrawn_folders(home: Home, drop_id: str) -> dict[int, Path]:
    """Where the packs of a withdrawn drop were moved to, by the number of the withdrawal."""
    found = ((home.sources / ".withdrawn").glob("*")) if (home.sources / ".withdrawn").exists() else ()
    named = {path: path.name.rpartition("-") for path in found}
    return {int(number): path for path, (name, _, number) in sorted(named.items()) if name == drop_id}


def settle_sources(home: Home) -> None:
    """Step 3 of a withdrawal that was begun; what is left of one that never was is removed. The caller holds the lock."""
    begun = marks(home)
    for name in begun.packs:
        if (_staging(home) / name).exists():
            (_staging(home) / name).replace(home.sources / name)
    for drop_id in begun.unsettled:
        if (home.sources / drop_id).exists():
            number = max(withdrawn_folders(home, drop_id), default=0) + 1
            (home.sources / ".withdrawn").mkdir(exist_ok=True)
            (home.sources / drop_id).replace(home.sources / ".withdrawn" / f"{drop_id}-{number}")
    if _staging(home).exists():
        shutil.rmtree(_staging(home))


def settle_store(con: Connection, home: Home) -> None:
    """Step 4 of a withdrawal that was begun, and of those that a store restored from an older copy has not seen."""
    begun = marks(home)
    if begun.drops and _number(
        con, "SELECT count(*) FROM raw.drops WHERE list_contains(?, drop_id)", list(begun.drops)
    ):
        _take_out(con, list(begun.drops))
    for name in begun.packs:
        known = _number(con, "SELECT count(*) FROM ops.sources WHERE pack = ?", name)
        if not known and (home.sources / name).exists():
            replay_pack(con, home, home.sources / name)
            # Its captures are in the store as the reader of that day made them.
            con.execute("UPDATE ops.sources SET code_version = ? WHERE pack = ?", [begun.code_version, name])
    if begun.unsettled:
        settled(home)


def _take_out(con: Connection, drop_ids: Sequence[str]) -> None:
    """The rows of drops out of every table, in one transaction."""
    with transaction(con):
        _work_out(con, drop_ids)
        con.execute(
            """UPDATE raw.captures SET drop_id = handed.drop_id, uri = handed.uri
            FROM handed WHERE captures.capture_id = handed.capture_id"""
        )
        forget(con, "FROM gone")
        # The day of a drop's arrival is evidence for the dates of its articles: on another day they are read again.
        forget(con, "SELECT capture_id FROM handed WHERE on_another_day")
        con.execute("DELETE FROM raw.captures WHERE capture_id IN (FROM gone)")
        for table in ("raw.deliveries", "raw.rejects", "raw.drops", *_bookkeeping(con)):
            con.execute(f"DELETE FROM {table} WHERE drop_id IN (SELECT drop_id FROM leaving)")
        bump(con, "raw")
        follow(con)


def _bookkeeping(con: Connection) -> list[str]:
    """The tables of ops that are about drops."""
    rows = con.execute(
        """SELECT 'ops.' || table_name FROM duckdb_columns()
        WHERE database_name = current_database() AND schema_name = 'ops' AND column_name = 'drop_id' ORDER BY 1"""
    ).fetchall()
    return [row[0] for row in rows]
