"""Everything that Dagster is told: the code location ``newsledger``."""

from __future__ import annotations

import dagster as dg

from assets.checks import CHECKS
from assets.clean import clean_captures
from assets.facts import extract_facts
from assets.marts import marts
from assets.publish import published
from assets.raw import read_captures
from assets.reference import reference_lists
from assets.withdraw import withdraw_job

ingest_job = dg.define_asset_job(
    "ingest",
    selection=dg.AssetSelection.groups("raw", "clean"),
    description="Read drops and clean what is new in them. Launch for a drop, or name several in the configuration.",
)
publish_job = dg.define_asset_job(
    "extract_and_publish",
    selection=dg.AssetSelection.groups("facts", "ref", "marts", "published"),
    description="Bring facts up to date for publication dates, check everything, publish.",
)

defs = dg.Definitions(
    assets=[reference_lists, read_captures, clean_captures, extract_facts, marts, published],
    asset_checks=CHECKS,
    jobs=[ingest_job, publish_job, withdraw_job],
    executor=dg.in_process_executor,
)
