"""Whom *he* and *she* mean.

What belongs here: the choice among the persons named before a pronoun. What does not: who is a person
(:mod:`pipelines.extract.people`), and who spoke last (:mod:`pipelines.extract.dialogue`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from pipelines.extract.frames import Frame
from pipelines.extract.people import Cast, Mention, Person

GENDERS = {"he": "m", "his": "m", "she": "f", "her": "f", "who": ""}
"""The pronouns that can mean one person, each with the gender that it tells."""
REACH = 600
"""Characters before a sentence that are read as its paragraph: where line breaks are lost, an article is a single one."""


def _fits(person: Person | None, pronoun: str) -> bool:
    gender = GENDERS[pronoun]
    return person is not None and (not gender or person.gender in ("", gender))


def in_sentence(cast: Cast, pronoun: str, frame: Frame, start: int, at: int) -> Person | None:
    """The person whom the sentence that begins at ``start`` names first before ``at``, owners and quoted words aside."""
    for mention in cast.between(start, at):
        owner = cast.text[mention.end : mention.end + 2] in ("'s", "’s")
        if _fits(mention.person, pronoun) and not owner and not frame.quotes(mention.start):
            return mention.person
    return None


def _opens(text: str, start: int, mention: Mention) -> bool:
    """Whether a mention begins its sentence, its titles and a few small words aside."""
    end = mention.start - sum(len(word) + 1 for word in mention.before)
    before = text[max(start, end - _LEAD) : end]
    boundary = _BOUNDARY.match(before)
    if boundary is not None:
        before = before[boundary.end() :]
    elif end - start > _LEAD:
        return False
    return "," not in before and text[mention.end : mention.end + 2] not in ("'s", "’s")


_LEAD = 24
_BOUNDARY = re.compile(r".*[.!?][\"”’')]*\s", re.DOTALL)


def before_sentence(
    cast: Cast,
    pronoun: str,
    frame: Frame,
    places: tuple[int, int],
    here: Person | None,
    before: Iterable[Person | None],
) -> Person | None:
    """The person meant where the sentence names none: who spoke in this paragraph, who it names first, who spoke before it, who was named last.

    ``places`` are where the sentence begins and the pronoun; ``before`` are who spoke in earlier paragraphs, nearest first.
    """
    if _fits(here, pronoun):
        return here
    start = max(frame.base, places[0] - REACH)
    fitting = [
        mention
        for mention in cast.between(start, places[0])
        if _fits(mention.person, pronoun) and not frame.quotes(mention.start)
    ]
    if fitting:
        opening = (mention for mention in reversed(fitting) if _opens(cast.text, start, mention))
        return next(opening, fitting[0]).person
    named = (mention.person for mention in cast.before(places[1], 30) if not frame.quotes(mention.start))
    return next((person for person in chain(before, named) if _fits(person, pronoun)), None)
