"""What hangs on a capture in the layers after raw: taken away together, so that the stages after it follow."""

from __future__ import annotations

from assets.store import Connection, bump
from assets.tables import CLEAN, FACTS


def touch(con: Connection, dates: str) -> None:
    """Note dates (a query that yields publication_date, repeats allowed) as those whose facts are yet to follow."""
    con.execute(
        f"""INSERT INTO ops.touched_dates SELECT DISTINCT publication_date FROM ({dates})
        ANTI JOIN ops.touched_dates USING (publication_date)"""
    )


def forget(con: Connection, captures: str) -> None:
    """Remove what was made of some captures (a query that yields capture_id), in every layer after raw.

    Facts hang on the blocks that they were read from: what is cleaned again is also read again. The dates that the
    articles leave are touched, so that facts and partitions follow.
    """
    touch(con, f"SELECT publication_date FROM clean.articles WHERE capture_id IN ({captures})")
    for table in (*(contract.__table__ for contract in CLEAN + FACTS), "ops.done"):
        con.execute(f"DELETE FROM {table} WHERE capture_id IN ({captures})")
    bump(con, "clean")
    bump(con, "facts")
