"""The partitions, and which of them a run is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

import dagster as dg
import duckdb

DROPS = dg.DynamicPartitionsDefinition(name="drops")
"""What arrives together: one entry of the inbox, or one path given to ``newsledger run``."""

DATES = dg.DynamicPartitionsDefinition(name="publication_dates")
"""Days of publication, and ``undated``."""


class Keys(dg.Config):
    """The partitions of a run that takes several which do not stand side by side.

    A run over a range of dynamic partitions takes in whatever was inserted between its ends; a run that is launched for
    one key and names all of them here takes in exactly those, and reports each as materialised (docs/why/partitions.md).
    """

    keys: list[str] = []  # noqa: RUF012 - a pydantic default, copied for each run


class DropKeys(Keys):
    """The drops of a run that reads."""

    paths: list[str] = []  # noqa: RUF012 - a pydantic default, copied for each run
    """Where drops that the store has not seen are to be read from; each is registered first."""
    stored: list[str] = []  # noqa: RUF012 - a pydantic default, copied for each run
    """Drops of which only what is stored is read again, by a reader that changed; their paths are not looked at."""
    thorough: bool = False
    """Hash every file again, also those that look unchanged from outside."""


def keys_of(context: dg.AssetExecutionContext | dg.OpExecutionContext, config: Keys) -> list[str]:
    """The partitions to work on: those that the run's configuration names, else those that it was launched for."""
    if config.keys:
        return list(config.keys)
    if context.has_partition_key or context.has_partition_key_range:
        return list(context.partition_keys)
    raise dg.Failure("this run names no partition: launch it for a partition, or give 'keys' in its configuration")


def each(
    keys: Sequence[str], work: Callable[[str], Mapping[str, int]], context: dg.AssetExecutionContext
) -> Counter[str]:
    """Do the work for each partition and add up what it counted; one that fails does not keep the others back.

    Raises what the work raised if one failed, dg.Failure with every reason if several did, after all were tried.
    """
    totals: Counter[str] = Counter()
    failed: dict[str, Exception] = {}
    for key in keys:
        try:
            counted = work(key)
        except duckdb.InterruptException:
            raise  # Ctrl-C, by DuckDB's name
        except Exception as error:
            context.log.error(f"{key}: {error}")
            failed[key] = error
        else:
            context.log.info(f"{key}: {dict(counted)}")
            totals.update(counted)
    if len(failed) == 1:
        raise next(iter(failed.values()))
    if failed:
        reasons = "; ".join(f"{key}: {error}" for key, error in failed.items())
        raise dg.Failure(f"{len(failed)} of {len(keys)} failed. {reasons}", allow_retries=False)
    return totals


def add_partitions(instance: dg.DagsterInstance, drops: list[str], dates: list[str]) -> None:
    """Tell Dagster of partitions that it has not seen."""
    for definition, keys in ((DROPS, drops), (DATES, dates)):
        known = set(instance.get_dynamic_partitions(str(definition.name)))
        fresh = [key for key in keys if key not in known]
        if fresh:
            instance.add_dynamic_partitions(str(definition.name), fresh)


def remove_drops(instance: dg.DagsterInstance, drops: Collection[str]) -> None:
    """Have Dagster forget the partitions of drops that are no more; what it remembers of their runs stays."""
    if drops:
        for key in sorted(set(instance.get_dynamic_partitions(str(DROPS.name))) & set(drops)):
            instance.delete_dynamic_partition(str(DROPS.name), key)
