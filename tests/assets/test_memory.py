"""Memory stays flat: frames are let go, statements that need more room get it, and the limit is put back."""

from __future__ import annotations

import gc
import weakref

import duckdb
import polars as pl
import pytest

from assets.home import Home
from assets.store import MOST_MEMORY_MB, Connection, transaction, visible, with_room, writing


def _limit(con: Connection) -> str:
    row = con.execute("SELECT current_setting('memory_limit')").fetchone()
    return str(row[0]) if row else ""


def test_a_frame_is_let_go_before_its_transaction_ends(home: Home) -> None:
    """DuckDB keeps what was registered until the commit: a drop in one transaction would be held whole."""
    with writing(home) as con, transaction(con):
        rows = pl.DataFrame({"publication_date": ["2023-09-13"]})
        gone = weakref.ref(rows)
        with visible(con, "arriving", rows):
            con.execute("INSERT INTO ops.touched_dates FROM arriving")
        del rows
        gc.collect()
        assert gone() is None
        assert con.execute("FROM ops.touched_dates").fetchall() == [("2023-09-13",)]


@pytest.mark.parametrize(
    ("failures", "why"),
    [(0, "enough at once"), (2, "doubled twice"), (99, "more than may be given")],
)
def test_a_statement_gets_more_room_and_the_limit_is_put_back(home: Home, failures: int, why: str) -> None:
    seen: list[str] = []
    with writing(home) as con:
        before = _limit(con)

        def work() -> str:
            seen.append(_limit(con))
            if len(seen) <= failures:
                raise duckdb.OutOfMemoryException("too little")
            return "done"

        if failures < 99:
            assert with_room(con, work) == "done", why
            assert len(set(seen)) == failures + 1
        else:
            with pytest.raises(duckdb.OutOfMemoryException):
                with_room(con, work)
            assert len(seen) < MOST_MEMORY_MB.bit_length()
        assert _limit(con) == before
