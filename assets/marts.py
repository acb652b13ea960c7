"""The marts: views for people, one SELECT each under ``sql/marts/``."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets import sql
from assets.publish import create_marts
from assets.reporting import POOL, code_references, key_of, open_store
from assets.store import transaction
from assets.tables import CLEAN, FACTS, LEARNED, RAW, REF


def _mart_specs() -> list[dg.AssetSpec]:
    known = {table.__table__ for table in RAW + CLEAN + LEARNED + FACTS + REF}
    specs = []
    for mart in sql.load("marts"):
        read = set(mart.tables())
        read |= {table.__table__ for table in FACTS} if read - known else set()
        specs.append(
            dg.AssetSpec(
                key_of(f"marts/{mart.name}"),
                deps=[key_of(name) for name in sorted(read & known)],
                description=mart.description,
                group_name="marts",
                kinds={"duckdb", "sql"},
                metadata={
                    "sql": dg.MetadataValue.md(f"```sql\n{mart.query}\n```"),
                    "dagster/table_name": f"marts.{mart.name}",
                    **code_references((f"sql/marts/{mart.name}.sql", "--", "SQL")),
                },
            )
        )
    return specs


@dg.multi_asset(specs=_mart_specs(), name="marts", pool=POOL)
def marts(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
    """Define the marts as views."""
    with open_store(context) as con:
        with transaction(con):
            create_marts(con)
        for mart in sql.load("marts"):
            count = con.execute(f"SELECT count(*) FROM marts.{mart.name}").fetchone()
            yield dg.MaterializeResult(
                asset_key=key_of(f"marts/{mart.name}"), metadata={"dagster/row_count": count[0] if count else 0}
            )
