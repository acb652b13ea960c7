"""Whom *he* and *she* mean.

What belongs here: the choice among the persons named before a pronoun. What does not: who is a person
(:mod:`pipelines.extract.people`), and who spoke last (:mod:`pipelines.extract.dialogue`).
"""

from __future__ import annotations

from pipelines.extract.people import Cast, Person

GENDERS = {"he": "m", "his": "m", "she": "f", "her": "f", "who": ""}
"""The pronouns that can mean one person, each with the gender that it tells."""


def _fits(person: Person | None, pronoun: str) -> bool:
    gender = GENDERS[pronoun]
    return person is not None and (not gender or person.gender in ("", gender))


def in_sentence(cast: Cast, pronoun: str, start: int, at: int) -> Person | None:
    """The person whom the sentence that begins at ``start`` names first before ``at``, owners aside."""
    for mention in cast.between(start, at):
        if _fits(mention.person, pronoun) and cast.text[mention.end : mention.end + 2] not in ("'s", "’s"):
            return mention.person
    return None


def before_sentence(
    cast: Cast, pronoun: str, places: tuple[int, int, int], spoken: Person | None, last: Person | None
) -> Person | None:
    """The person meant where the sentence names none: who spoke in this paragraph, who it names first, who spoke before it, who was named last.

    ``places`` are where the paragraph begins, the sentence, and the pronoun.
    """
    paragraph, sentence, at = places
    if _fits(spoken, pronoun):
        return spoken
    named = next(
        (mention.person for mention in cast.between(paragraph, sentence) if _fits(mention.person, pronoun)), None
    )
    if named is not None:
        return named
    if _fits(last, pronoun):
        return last
    return next((mention.person for mention in cast.before(at, 30) if _fits(mention.person, pronoun)), None)
