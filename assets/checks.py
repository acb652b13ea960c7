"""The asset checks: each query of :mod:`assets.check_queries`, blocking, with the offending rows."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets.check_queries import Check, Outcome, all_checks, note, pending, run_check
from assets.previews import table, with_inputs
from assets.reporting import POOL, key_of, open_store
from assets.store import Connection

SHOWN = 10
"""Offending rows that the UI shows; the query says how to find the others."""


def _check_result(outcome: Outcome, con: Connection) -> dg.AssetCheckResult:
    check = outcome.check
    metadata: dict[str, Any] = {"offending_rows": outcome.offending}
    if not outcome.passed:
        metadata["first_offending_rows"] = table(with_inputs(con, outcome.rows).head(SHOWN))
        metadata["query"] = dg.MetadataValue.md(f"```sql\n{check.query}\n```")
    return dg.AssetCheckResult(
        asset_key=key_of(check.asset), check_name=check.name, passed=outcome.passed, metadata=metadata,
        description=check.description if outcome.passed else outcome.sentence(),
    )  # fmt: skip


def _unchanged(check: Check) -> dg.AssetCheckResult:
    """A check that passed on the very rows that are there now need not read them again."""
    words = f"{check.description} Passed before on the same rows."
    return dg.AssetCheckResult(
        asset_key=key_of(check.asset),
        check_name=check.name,
        passed=True,
        metadata={"offending_rows": 0},
        description=words,
    )


def _checks_of(layer: str) -> dg.AssetChecksDefinition:
    checks = [check for check in all_checks() if check.asset.split("/")[0] == layer]

    @dg.multi_asset_check(
        specs=[
            dg.AssetCheckSpec(check.name, asset=key_of(check.asset), blocking=True, description=check.description)
            for check in checks
        ],
        name=f"check_{layer}",
        pool=POOL,
        can_subset=True,
    )
    def run_checks(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        wanted = {(key.asset_key, key.name) for key in context.selected_asset_check_keys}
        with open_store(context) as con:
            chosen = [check for check in checks if (key_of(check.asset), check.name) in wanted]
            due = {check.name for check in pending(con)}
            outcomes = {check: run_check(con, check) for check in chosen if check.name in due}
            note(con, list(outcomes.values()))
            for check in chosen:
                yield _check_result(outcomes[check], con) if check in outcomes else _unchanged(check)

    return run_checks


CHECKS = [_checks_of(layer) for layer in ("raw", "clean", "facts", "ref")]
