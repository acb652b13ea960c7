"""The stages: pure functions from captures to facts.

What belongs here: Python over text and Polars frames. What does not: Dagster, DuckDB, clocks, randomness. The only
files opened here are those under ``seeds/`` (:mod:`pipelines.rules`) and the inputs themselves (:mod:`pipelines.read`).
"""
