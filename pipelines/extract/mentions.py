"""Names in the text: persons, organisations, places, agencies and outlets.

What belongs here: the contract, and one row for each name that the readers find. What does not: how they find it, in
:mod:`pipelines.extract.people` (persons), :mod:`organisations` and :mod:`places`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame
from pipelines.document import Document
from pipelines.extract.organisations import Organisation, organisations
from pipelines.extract.people import cast_of
from pipelines.extract.persons import persons
from pipelines.extract.places import places_of
from pipelines.languages import in_full
from pipelines.rules import load_rules

KINDS_OF_NAME = ("person", "organisation", "place", "agency", "outlet")
PLACE_KINDS = ("country", "region", "district", "settlement", "area", "feature", "street")


class Mentions(Fact):
    """A name in the text: whom or what it names, by the fullest form in the article, and where a place lies."""

    __table__ = "facts.mentions"

    kind = dy.Enum(KINDS_OF_NAME, description="What the name is of; an agency or outlet is one that the registry knows")
    name = dy.String(
        min_length=1, description="The name by its fullest form in the article; of a known place, its name there"
    )
    role = dy.String(nullable=True, description="Persons: the title or role in front of or behind the name, as written")
    entity_id = dy.String(
        nullable=True,
        regex=r"^(geonames:[0-9]+|agency:.+|outlet:.+)$",
        description="geonames:…, agency:… or outlet:…, where known",
    )
    country_code = dy.String(
        nullable=True, regex="^[A-Z]{2}$", description="ISO 3166-1 alpha-2: of a place, an agency, an outlet"
    )
    place_kind = dy.Enum(
        PLACE_KINDS,
        nullable=True,
        description="Places: what they are; an adjective or a people counts as its country or region",
    )
    region = dy.String(
        nullable=True, description="Places: the state or province that they lie in (GeoNames, first order)"
    )
    latitude = dy.Float64(
        nullable=True,
        min=-90,
        max=90,
        description="Degrees north (WGS 84); of anything larger than a town, the middle of its towns",
    )
    longitude = dy.Float64(nullable=True, min=-180, max=180, description="Degrees east (WGS 84)")

    @dy.rule()
    def coordinates_come_in_pairs(cls) -> pl.Expr:
        """Both coordinates are known, or none."""
        return pl.col("latitude").is_null() == pl.col("longitude").is_null()


_COLUMNS = (
    "fact_id", "capture_id", "publication_date", "block_no", "block_kind", "text", "span_start", "span_end", "rule_id",
    "confidence", "kind", "name", "role", "entity_id", "country_code", "place_kind", "region", "latitude", "longitude",
)  # fmt: skip


class Mention(NamedTuple):
    """A name as found, in offsets of the clean text."""

    start: int
    end: int
    kind: str
    name: str
    rule: str
    role: str | None = None
    entity_id: str | None = None
    country: str | None = None
    place_kind: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def read(document: Document) -> list[Mention]:
    """The names in a document's factual blocks, in order. A place may stand inside of an organisation's name."""
    cast = cast_of(document)
    if not cast.runs:
        return []
    text = document.clean
    found: dict[tuple[int, int], Mention] = {}
    named = list(organisations(text, cast.runs, cast))
    if not in_full(document.language):
        # A capital letter means something else in each language, and so do the words beside it.
        return [_organisation(org) for org in named if org.entity_id]
    taken = {(org.start, org.end) for org in named if org.rule != "organisation_head_word"}
    registered = [(org.start, org.end) for org in named if org.entity_id]
    starts = [org.start for org in named]
    for place in places_of(document):
        if (place.start, place.end) in taken or _overlaps(registered, place.start, place.end):
            continue
        means = place.place
        found[place.start, place.end] = (
            Mention(
                place.start, place.end, "place", place.name, place.rule, None, means.place_id, means.country,
                means.kind, means.region_name, means.latitude, means.longitude,
            )
            if means
            else Mention(place.start, place.end, "place", text[place.start : place.end], place.rule, place_kind=place.sort)
        )  # fmt: skip
    places = sorted(found)
    for org in named:
        found.setdefault((org.start, org.end), _organisation(org))
    for person in persons(text, cast):
        if _overlaps(places, person.start, person.end):
            continue
        at = bisect_right(starts, person.start) - 1
        if at >= 0 and named[at].end > person.start:
            continue
        found.setdefault(
            (person.start, person.end),
            Mention(person.start, person.end, "person", person.name, person.rule, person.role),
        )
    return [found[span] for span in sorted(found)]


def _organisation(org: Organisation) -> Mention:
    return Mention(org.start, org.end, org.kind, org.name, org.rule, None, org.entity_id, org.country)


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the sorted spans overlaps ``[start, end)``."""
    at = bisect_right(spans, (end, -1)) - 1
    return at >= 0 and spans[at][0] < end and spans[at][1] > start


def _rows(document: Document, rules: dict[str, tuple[str, float]]) -> Iterator[tuple[Any, ...]]:
    blocks = document.factual()
    firsts = [block.start for block in blocks]
    short = document.capture_id[:16]
    capture, day = document.capture_id, document.publication_date
    raw_span, repaired = document.text.openers()
    seen: set[tuple[int, int]] = set()
    for clean_start, clean_end, kind, name, rule, *rest in read(document):
        span = start, end = raw_span(clean_start, clean_end)
        if span in seen:
            continue
        seen.add(span)
        block = blocks[bisect_right(firsts, clean_start) - 1]
        yield (
            f"mention:{short}:{start}-{end}", capture, day, block.block_no, block.kind, repaired(start, end), start, end,
            *rules[rule], kind, name, *rest,
        )  # fmt: skip


def mentions(documents: Iterable[Document]) -> pl.DataFrame:
    """The names in the documents' factual blocks, one row each (``facts.mentions``)."""
    rules = {name: (rule.rule_id, rule.confidence) for name, rule in load_rules("mentions").items()}
    rows: list[tuple[Any, ...]] = []
    for document in documents:
        rows += _rows(document, rules)
        document.shared.clear()  # nobody asks for it any more, and a batch of them is large
    return frame(Mentions, rows, _COLUMNS)
