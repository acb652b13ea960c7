"""Whom *he* and *she* mean.

What belongs here: the choice among the persons named before a pronoun. What does not: who is a person
(:mod:`pipelines.extract.people`), and who spoke last (:mod:`pipelines.extract.dialogue`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from pipelines.extract.cues import REPORTING
from pipelines.extract.frames import Frame
from pipelines.extract.names import WORDS
from pipelines.extract.people import Cast, Mention, Person
from pipelines.extract.roles import is_role
from pipelines.extract.speech import forms
from pipelines.extract.wordclasses import PREPOSITIONS, SUBORDINATORS

GENDERS = {"he": "m", "his": "m", "she": "f", "her": "f", "who": ""}
"""The pronouns that can mean one person, each with the gender that it tells."""
_WOMEN, _MEN, _ARTICLES = WORDS["women"], WORDS["men"], frozenset(("a", "an", "the", "one", "another"))
_ANYBODY = frozenset(("woman", "man", "girl", "boy", "lady"))
_PHRASE_END = re.compile(r",|[ ](?:of|who|whose|that|in|at|from|for|with|on|to|by|named)[ ]")
_NOBODIES = {gender: Person("", gender) for gender in ("", "m", "f")}
REACH = 600
"""Characters before a sentence that are read as its paragraph: where line breaks are lost, an article is a single one."""


def _fits(person: Person | None, pronoun: str) -> bool:
    gender = GENDERS[pronoun]
    return person is not None and (not gender or person.gender in ("", gender))


def unnamed(words: str) -> Person | None:
    """A person without a name, if the words tell of one: "the woman", "a clerk who had seen it"; a pronoun means nobody else then.

    "The candidate" can be somebody with a name.

    >>> [person.gender if person else None for person in map(unnamed, ("the woman", "a clerk who saw it", "the clerk"))]
    ['f', '', None]
    """
    phrase = _PHRASE_END.split(words, 1)[0].lower().split()
    if len(phrase) < 2 or phrase[0] not in _ARTICLES:
        return None
    head = phrase[-1]
    if phrase[0] == "the" and head not in _ANYBODY:
        return None
    if head in _WOMEN or head.endswith("woman"):
        return _NOBODIES["f"]
    if head in _MEN or head.endswith("man"):
        return _NOBODIES["m"]
    return _NOBODIES[""] if is_role(head) and not head.endswith("s") else None


def in_sentence(cast: Cast, pronoun: str, frame: Frame, start: int, at: int) -> Person | None:
    """The person whom the sentence that begins at ``start`` names before ``at``, owners and quoted words aside: who says something, else the first."""
    text = cast.text
    fitting = [
        mention
        for mention in cast.between(start, at)
        if _fits(mention.person, pronoun)
        and text[mention.end : mention.end + 2] not in ("'s", "’s")
        and not frame.quotes(mention.start)
    ]
    says = (mention for mention in fitting if _says(text[mention.end : min(at, mention.end + _VERB)]))
    said = next(says, None)
    if said is not None:
        return said.person
    if text[start:at].lower().startswith(f"{pronoun} "):
        return None  # "He spoke of Lee, whom he …": whom the sentence begins with is not whom it names later
    return fitting[0].person if fitting else None


_VERB = 20
"""Characters behind a name that hold its verb."""


def _says(behind: str) -> bool:
    """Whether a verb of saying stands directly behind a name: "With Poe gone, Lee said he …"."""
    words = behind.split(None, 1)
    form = forms().get(words[0]) if words and behind[0] == " " else None
    return form is not None and form.verb in REPORTING and form.shape in ("past", "s")


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


_LEADS = PREPOSITIONS | SUBORDINATORS | {"ahead", "prior", "following"}
_OPENING, _LEADING = 40, 120
"""Characters before a pronoun in a leading phrase, and behind it up to the comma; a subject stands so near to the comma."""


def subject_ahead(cast: Cast, sentence: int, at: int) -> Person | None:
    """Who stands right behind the comma of the leading phrase that holds the pronoun at ``at``: "Ahead of his talks with Poe, Lee …"."""
    text = cast.text
    comma = text.find(", ", at, at + _LEADING)
    lead = text[sentence:at].partition(" ")[0].lower()
    if comma < 0 or at - sentence > _OPENING or (lead not in _LEADS and not lead.endswith("ing")):
        return None
    named = cast.between(comma + 2, comma + 2 + _OPENING)
    title = text[comma + 2 : named[0].start].split() if named else []
    return named[0].person if named and all(word[0].isupper() for word in title) else None
