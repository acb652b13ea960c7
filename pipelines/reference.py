"""The rules as a table. Other reference lists stand beside the code that reads them."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from pipelines.contracts import Table, frame
from pipelines.rules import families, load_rules


class Rules(Table):
    """A rule: what a row's rule_id stands for, with an example that it matches and one that it spares."""

    __table__ = "ref.rules"

    rule_id = dy.String(primary_key=True, description="File under seeds/rules and name in it")
    family = dy.String(description="File under seeds/rules")
    kind = dy.String(
        nullable=True, description="What the rule makes, where it makes one thing: a kind of block, a measure"
    )
    description = dy.String(description="What the rule does, as a sentence")
    confidence = dy.Float64(min=0, max=1, description="How sure it is where nothing else speaks for or against")
    pattern = dy.String(nullable=True, description="Regular expression; NULL where code decides")
    decided_in = dy.String(nullable=True, description="Module that decides, where there is no pattern")
    matching = dy.List(dy.String(), alias="matches", description="Examples that it must match")
    sparing = dy.List(dy.String(), alias="spares", description="Examples that it must not match")


def rules_table() -> pl.DataFrame:
    """All rules of all families, in the order of their ids."""
    rules = [rule for family in families() for rule in load_rules(family).values()]
    rows = [
        (
            rule.rule_id, rule.family, rule.kind, rule.description, rule.confidence, rule.pattern, rule.decided_in,
            list(rule.matches), list(rule.spares),
        )
        for rule in sorted(rules, key=lambda rule: rule.rule_id)
    ]  # fmt: skip
    return frame(Rules, rows)
