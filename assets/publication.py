"""What the published copy was made from, and what it would be made from now. Nothing here imports the orchestrator."""

import hashlib

import duckdb

from assets import sql
from assets.check_queries import all_checks
from assets.home import Home
from assets.store import Connection, connect, schema_digest, state

INFO = """
CREATE SCHEMA ops;
CREATE TABLE ops.publication (sequence BIGINT NOT NULL, published_at TIMESTAMP NOT NULL, run_id VARCHAR, state VARCHAR NOT NULL, schema VARCHAR NOT NULL);
COMMENT ON TABLE ops.publication IS 'The number of this publication, when it was made, by which Dagster run, from which state of the store';
CREATE TABLE ops.publication_log (sequence BIGINT NOT NULL, published_at TIMESTAMP NOT NULL, run_id VARCHAR);
COMMENT ON TABLE ops.publication_log IS 'Every publication up to this one, whether its copy is still kept or not';
"""


def published_state(home: Home) -> str | None:
    """The state of the store that the published file was made from; None if there is no such file, or a damaged one."""
    if not home.published.exists():
        return None
    try:
        with connect(str(home.published), home, read_only=True) as con:
            row = con.execute("SELECT state || ' schema:' || schema FROM ops.publication").fetchone()
    except duckdb.Error:
        return None  # damaged or of another making: publishing puts a sound one in its place
    return row[0] if row else None


def current_state(con: Connection) -> str:
    """What :func:`published_state` will say after publishing now: the layers' generations, the schema, the marts."""
    return f"{state(con)} schema:{publication_schema()}"


def publication_schema() -> str:
    """The digest of the tables, the marts and the checks: each changes what readers see, or may not see."""
    marts = "".join(mart.name + mart.query for mart in sql.load("marts"))
    checks = "".join(check.name + check.query for check in all_checks())
    return schema_digest() + hashlib.sha256((marts + checks + INFO).encode()).hexdigest()[:8]
