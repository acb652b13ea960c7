"""Everything that Dagster is told: the code location ``newsledger``."""

from __future__ import annotations

import dagster as dg

from assets.checks import CHECKS
from assets.clean import clean_captures
from assets.facts import extract_facts
from assets.failures import alerts
from assets.marts import marts
from assets.publish import published
from assets.raw import read_captures
from assets.reference import reference_lists
from assets.schedules import nightly, refresh
from assets.sensors import SENSORS
from assets.withdraw import withdraw_job

ingest_job = dg.define_asset_job(
    "ingest",
    selection=dg.AssetSelection.groups("raw", "clean"),
    description="Read drops into raw.*, and clean what is new in them into clean.*. Launch it for a drop: what is known already "
    "is not read again. Its facts follow with extract_and_publish.",
)
publish_job = dg.define_asset_job(
    "extract_and_publish",
    selection=dg.AssetSelection.groups("facts", "ref", "marts", "published"),
    description="Bring the facts of publication dates up to date, load the reference lists, check everything, and put the "
    "published copy in place. Launch it for a date, or a range of dates; a check that fails leaves the published copy as it was.",
)

defs = dg.Definitions(
    assets=[reference_lists, read_captures, clean_captures, extract_facts, marts, published],
    asset_checks=CHECKS,
    jobs=[ingest_job, publish_job, refresh, withdraw_job],
    sensors=[*SENSORS, alerts],
    schedules=[nightly],
    executor=dg.in_process_executor,
)
