"""The contract of repairs; they are made in :mod:`pipelines.clean.encoding`."""

from __future__ import annotations

import dataframely as dy

from pipelines.contracts import Table


class Edits(Table):
    """A repair: these raw characters read as that. Applied together they make the clean text."""

    __table__ = "clean.edits"

    capture_id = dy.String(primary_key=True, description="The capture that is repaired")
    edit_no = dy.Int32(primary_key=True, min=0, description="Order in the text, from 0")
    span_start = dy.Int64(min=0, description="First code point in raw.captures.text")
    span_end = dy.Int64(description="Code point behind the last; never equal to span_start")
    replacement = dy.String(description="What the span reads as; empty where it is to be passed over")
    kind = dy.Enum(["mojibake", "entity", "markup", "control"], description="What was wrong")
    rule_id = dy.String(description="The rule that repaired (ref.rules)")
