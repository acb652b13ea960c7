"""Names that are listed: organisations and countries by the names that facts.mentions gives them.

What belongs here: one question to both lists. What does not: the lists (:mod:`pipelines.extract.known_organisations`,
:mod:`pipelines.extract.known_places`).
"""

from __future__ import annotations

from pipelines.extract.gazetteer import COUNTRY
from pipelines.extract.known_organisations import long_name
from pipelines.extract.known_places import listed_names


def listed_name(text: str, at: int, written: str) -> str | None:
    """What the lists call the organisation or country whose name begins at ``at``: as facts.mentions names it.

    >>> listed_name("the U.S. said", 4, "U.S."), listed_name("the Joint Chiefs of Staff said", 4, "Joint Chiefs")
    ('United States', 'Joint Chiefs of Staff')
    >>> listed_name("Lee said", 0, "Lee")
    """
    whole = long_name(text, at, written)
    if whole is not None:
        return text[slice(*whole)]
    listed = listed_names().get(written)
    if listed is None or listed.use not in ("name", "short"):
        return None
    place = listed.place
    return place.name if place.kind == COUNTRY else None
