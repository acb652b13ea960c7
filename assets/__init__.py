"""The Dagster layer and the store.

What belongs here: assets, checks, partitions, and the DuckDB files that they write; one file per layer and one per
Dagster concept. What does not: regexes and text logic, which live in :mod:`pipelines`.
"""
