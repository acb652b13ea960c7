"""Lines that repeat: counted over the captures of a site, for each drop over itself and those before it.

What belongs here: the count, in the store and on disk, since captures may be more than fit in memory; which captures it makes
stale. What does not: what a line is to the count and from when on it is believed (pipelines/clean/repeats.py).
Lines are counted by their hash; texts leave the count only for those that are believed. Why so: docs/why/repeats.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from assets.batches import PLANNED, plan
from assets.store import Connection, bump, select, state, transaction, visible
from assets.versions import code_version
from pipelines.clean import repeats as rules

CHANGED = "other lines repeat"
"""What stands for a code version in ops.done where the evidence changed after a capture was cleaned."""

UNIT = 5040
"""Weight of an article: copies that arrive together share it, and whole numbers add up alike in any order."""

NEW = "SELECT capture_id FROM raw.captures ANTI JOIN ops.documents USING (capture_id)"


@cache
def _version() -> str:
    """What the noted lines and counts depend on besides the captures."""
    own = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    return f"{code_version('pipelines.clean.repeats')} {own} {duckdb.__version__}"


def learn(con: Connection) -> None:
    """Bring the evidence up to date with raw.*: one transaction; next to nothing where raw is as it was."""
    if _noted(con) != _now(con):
        with transaction(con):
            follow(con)


def _now(con: Connection) -> str:
    return f"{_version()} {state(con, ['raw'])}"


def _noted(con: Connection) -> str:
    row = con.execute("SELECT value FROM ops.meta WHERE key = 'repeats'").fetchone()
    return str(row[0]) if row else ""


def follow(con: Connection) -> None:
    """What :func:`learn` does, within the transaction of whoever changes raw.*.

    Captures in which other lines are believed to repeat than when they were cleaned are stale afterwards (ops.done).
    """
    if not _noted(con).startswith(_version()):
        for table in ("ops.documents", "ops.lines"):
            con.execute(f"DELETE FROM {table}")
        con.execute("CREATE OR REPLACE TEMP TABLE regrouped AS SELECT site, drop_id AS home_drop FROM clean.repeats")
    else:
        con.execute("CREATE OR REPLACE TEMP TABLE regrouped (site VARCHAR, home_drop VARCHAR)")
    _leave(con)
    before = con.execute("SELECT coalesce(max(number), 0) FROM ops.documents").fetchone()
    _arrive(con, int(before[0]) if before else 0)
    if con.execute("SELECT 1 FROM regrouped LIMIT 1").fetchone():
        _count(con)
        _believe(con)
        _record(con)
        _mark(con)
    con.execute("DELETE FROM ops.meta WHERE key = 'repeats'")
    con.execute("INSERT INTO ops.meta VALUES ('repeats', ?)", [_now(con)])


def _leave(con: Connection) -> None:
    """Forget documents that are gone or read differently, and those at home in another drop: their groups are counted anew."""
    con.execute(
        """CREATE OR REPLACE TEMP TABLE homes AS
        SELECT capture_id, arg_min(drop_id, drop_seq) AS home_drop, min(drop_seq) AS home_seq
        FROM (SELECT capture_id, drop_id FROM raw.deliveries UNION SELECT capture_id, drop_id FROM raw.captures)
        JOIN raw.drops USING (drop_id) SEMI JOIN raw.captures USING (capture_id) GROUP BY capture_id"""
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE leavers AS SELECT number, capture_id, site, home_drop FROM ops.documents
        ANTI JOIN (SELECT capture_id, home_drop, true AS current FROM homes) AS same USING (capture_id, home_drop, current)"""
    )
    con.execute("INSERT INTO regrouped SELECT site, home_drop FROM leavers")
    for table in ("ops.documents", "ops.lines"):
        con.execute(f"DELETE FROM {table} WHERE number IN (SELECT number FROM leavers)")
    con.execute("DELETE FROM ops.repeats WHERE capture_id NOT IN (SELECT capture_id FROM homes)")


def _texts(con: Connection) -> Iterator[pl.DataFrame]:
    """Addresses and texts of the planned captures, batch by batch; their order means nothing here, and sorting texts costs."""
    ranges = con.execute(f"SELECT batch, min(row_id), max(row_id) FROM {PLANNED} GROUP BY batch ORDER BY batch")
    for batch, first, last in ranges.fetchall():
        query = f"""SELECT capture_id, url, text FROM raw.captures
            WHERE rowid BETWEEN ? AND ? AND capture_id IN (SELECT capture_id FROM {PLANNED} WHERE batch = ?)"""
        yield select(con, query, [first, last, batch])


def _arrive(con: Connection, last: int) -> None:
    """Note the lines of documents that are new."""
    number = last
    plan(con, NEW, [])
    for batch in _texts(con):
        rows = batch.with_row_index("number", offset=number + 1).with_columns(
            pl.col("number").cast(pl.Int64), site=rules.site_of(pl.col("url"))
        )
        with visible(con, "read_documents", rows.select("number", "capture_id", "site", "url")):
            con.execute(
                """INSERT INTO ops.documents SELECT number, capture_id, site, hash(url), home_drop, home_seq, true
                FROM read_documents JOIN homes USING (capture_id) ORDER BY number"""
            )
        with visible(con, "read_lines", rules.document_lines(rows)):
            con.execute("INSERT INTO ops.lines SELECT number, line_no, hash(line), form, first FROM read_lines")
        number += rows.height
    con.execute("INSERT INTO regrouped SELECT site, home_drop FROM ops.documents WHERE number > ?", [last])


def _count(con: Connection) -> None:
    """The documents of the groups that changed, how much of an article each is, and where lines stand that two of them share."""
    con.execute(
        """CREATE OR REPLACE TEMP TABLE members AS
        WITH groups AS (SELECT DISTINCT site, CASE WHEN site = '' THEN home_drop ELSE '' END AS only_drop FROM regrouped)
        SELECT
            number, capture_id, documents.site, home_drop, home_seq,
            dense_rank() OVER (ORDER BY documents.site, only_drop) AS team,
            documents.site = '' OR row_number() OVER (PARTITION BY documents.site, address ORDER BY home_seq, capture_id) = 1 AS counts
        FROM ops.documents AS documents
        JOIN groups ON groups.site = documents.site AND (documents.site <> '' OR only_drop = home_drop)"""
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE shared AS
        SELECT team, line FROM ops.lines JOIN members USING (number) WHERE first GROUP BY ALL HAVING count(*) > 1"""
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE places AS
        SELECT number, team, home_seq, line, form, line_no, first, counts
        FROM ops.lines JOIN members USING (number) SEMI JOIN shared USING (team, line)"""
    )
    # How new each shared line of a document is: whoever had it first counts whole, copies that arrive together share it.
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE seen AS
        WITH sizes AS (
            SELECT team, home_seq, sum(count(*)) OVER (PARTITION BY team ORDER BY home_seq) AS documents
            FROM members WHERE counts AND site <> '' GROUP BY team, home_seq
        ), counted AS (
            SELECT team, line, home_seq, count(*) AS own FROM places WHERE first AND counts GROUP BY ALL
        ), running AS (
            SELECT *, sum(own) OVER (PARTITION BY team, line ORDER BY home_seq) AS held FROM counted
        )
        SELECT
            team, line, home_seq, CASE WHEN held > own THEN 0 ELSE {UNIT} // own END AS novelty,
            coalesce(documents >= {rules.COMMON} AND 2 * held > documents, false) AS common
        FROM running LEFT JOIN sizes USING (team, home_seq)"""
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE weights AS
        WITH sizes AS (
            SELECT number, count(*) AS lines, count(*) FILTER (form >= {rules.LONG}) AS long_lines
            FROM ops.lines SEMI JOIN (FROM members WHERE counts) AS m USING (number) WHERE first GROUP BY number
        ), known AS (
            SELECT
                number, list_sort(list(novelty)) AS all_held, count(*) FILTER (common) AS commons,
                coalesce(list_sort(list(novelty) FILTER (NOT common)), []) AS rare_held
            FROM places JOIN seen USING (team, line, home_seq) JOIN sizes USING (number)
            WHERE first AND (form >= {rules.LONG} OR long_lines = 0) GROUP BY number
        ), told AS (
            SELECT
                number, coalesce(all_held, []) AS all_held, coalesce(rare_held, []) AS rare_held,
                CASE WHEN long_lines = 0 THEN lines ELSE long_lines END AS all_lines, all_lines - coalesce(commons, 0) AS rare_lines,
                rare_lines - len(rare_held) >= {rules.OWN_LINES} AS apart
            FROM sizes LEFT JOIN known USING (number)
        ), ranked AS (
            SELECT number, CASE WHEN apart THEN rare_held ELSE all_held END AS held,
                (CASE WHEN apart THEN rare_lines ELSE all_lines END * {100 - rules.OWN} + 99) // 100 AS rank FROM told
        )
        SELECT number, team, home_seq, CASE WHEN rank <= len(held) THEN held[rank] ELSE {UNIT} END AS weight
        FROM members LEFT JOIN ranked USING (number) WHERE counts"""
    )


def _believe(con: Connection) -> None:
    """The lines that stand in enough articles, for each drop that holds them."""
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE believed AS
        WITH totals AS (
            SELECT team, home_seq, sum(sum(weight)) OVER (PARTITION BY team ORDER BY home_seq) AS total
            FROM (SELECT team, home_seq, coalesce(weight, 0) AS weight FROM members LEFT JOIN weights USING (number, team, home_seq))
            GROUP BY team, home_seq
        ), held AS (
            SELECT team, line, home_seq, max(form) AS form, sum(coalesce(weight, 0)) AS weight
            FROM places LEFT JOIN weights USING (number, team, home_seq) WHERE first GROUP BY team, line, home_seq
        ), running AS (
            SELECT team, line, home_seq, form, sum(weight) OVER (PARTITION BY team, line ORDER BY home_seq) AS weight FROM held
        ), sites AS (SELECT DISTINCT team, home_seq, site, home_drop FROM members)
        SELECT team, line, home_seq, home_drop, site, weight // {UNIT} AS articles, greatest(total // {UNIT}, 1) AS of_articles
        FROM running JOIN totals USING (team, home_seq) JOIN sites USING (team, home_seq)
        WHERE form <> {rules.QUOTED} AND weight >= {rules.ARTICLES * UNIT} AND CASE
            WHEN form = {rules.WORDS} THEN {rules.ROOT**2} * weight * weight >= total * {UNIT}
            WHEN site <> '' THEN 100 * weight >= {rules.SENTENCES} * total
            ELSE weight >= {rules.UNKNOWN_ARTICLES * UNIT} AND 100 * weight >= {rules.UNKNOWN_SENTENCES} * total
        END"""
    )


def _record(con: Connection) -> None:
    """Bring clean.repeats up to date for the groups that changed; texts come from one capture each."""
    con.execute(
        """CREATE OR REPLACE TEMP TABLE samples AS
        SELECT team, line, min(number) AS number FROM places SEMI JOIN believed USING (team, line) GROUP BY team, line"""
    )
    con.execute("CREATE OR REPLACE TEMP TABLE texts (team BIGINT, line UBIGINT, words VARCHAR)")
    numbers = "SELECT number FROM samples"
    plan(con, f"SELECT capture_id FROM ops.documents WHERE number IN ({numbers})", [])
    for batch in _texts(con):
        with visible(con, "asked_captures", batch.select("capture_id")):
            known = con.execute(
                "SELECT capture_id, number FROM ops.documents SEMI JOIN asked_captures USING (capture_id)"
            ).fetchall()
        found = batch.with_columns(number=pl.col("capture_id").replace_strict(dict(known), return_dtype=pl.Int64))
        with visible(con, "read_lines", rules.document_lines(found).filter("first")):
            con.execute(
                """INSERT INTO texts SELECT team, samples.line, read_lines.line FROM read_lines
                JOIN samples ON samples.number = read_lines.number AND samples.line = hash(read_lines.line)"""
            )
    texts = [words for (words,) in con.execute("SELECT DISTINCT words FROM texts").fetchall()]
    said = pl.DataFrame({"words": rules.said_anyway(texts)}, schema={"words": pl.String})
    with visible(con, "said_anyway", said):
        con.execute("DELETE FROM texts WHERE words IN (FROM said_anyway)")
    con.execute("DELETE FROM believed WHERE (team, line) NOT IN (SELECT (team, line) FROM texts)")
    con.execute(
        """CREATE OR REPLACE TEMP TABLE learned AS
        SELECT home_drop AS drop_id, site, words AS line, articles::BIGINT AS articles, of_articles::BIGINT AS of_articles
        FROM believed JOIN texts USING (team, line)"""
    )
    stale = """(SELECT repeats.* FROM clean.repeats AS repeats SEMI JOIN
        (SELECT DISTINCT site, CASE WHEN site = '' THEN home_drop END AS home_drop FROM regrouped) AS groups
        ON groups.site = repeats.site AND (repeats.site <> '' OR groups.home_drop = repeats.drop_id) EXCEPT FROM learned)"""
    gone = con.execute(
        f"DELETE FROM clean.repeats WHERE (drop_id, site, line) IN (SELECT (drop_id, site, line) FROM {stale})"
    ).fetchone()
    added = con.execute(
        """INSERT INTO clean.repeats SELECT * FROM learned ANTI JOIN clean.repeats USING (drop_id, site, line)
        ORDER BY ALL"""
    ).fetchone()
    if (gone and gone[0]) or (added and added[0]):
        bump(con, "clean")


def _mark(con: Connection) -> None:
    """Note which lines of each capture are believed to repeat; where they are others than before, it is to be cleaned again."""
    con.execute(
        """CREATE OR REPLACE TEMP TABLE marks AS
        SELECT capture_id, list(line_no ORDER BY line_no) AS lines
        FROM places JOIN believed USING (team, line, home_seq) JOIN members USING (number) GROUP BY capture_id"""
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE remarked AS
        SELECT capture_id FROM members LEFT JOIN marks USING (capture_id)
        LEFT JOIN ops.repeats AS noted USING (capture_id) WHERE marks.lines IS DISTINCT FROM noted.lines"""
    )
    con.execute("DELETE FROM ops.repeats WHERE capture_id IN (FROM remarked)")
    con.execute("INSERT INTO ops.repeats SELECT capture_id, lines FROM marks SEMI JOIN remarked USING (capture_id)")
    con.execute(
        "UPDATE ops.done SET code_version = ? WHERE stage = 'clean' AND capture_id IN (FROM remarked)", [CHANGED]
    )


def stale_by_repeats(con: Connection) -> list[str]:
    """The drops with captures in which other lines repeat than when they were cleaned, in the order of their arrival."""
    rows = con.execute(
        """SELECT drop_id FROM raw.drops SEMI JOIN (
            SELECT drop_id FROM raw.captures SEMI JOIN
                (SELECT capture_id FROM ops.done WHERE stage = 'clean' AND code_version = ?) AS done USING (capture_id)
        ) AS stale USING (drop_id) ORDER BY drop_seq""",
        [CHANGED],
    ).fetchall()
    return [row[0] for row in rows]
