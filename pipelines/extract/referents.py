"""Whom the source of a reported statement is: its name in the article, for a name, a description or a pronoun.

What belongs here: *he* and *she* outside of quotations. What does not: names (:mod:`pipelines.extract.people`), and the
speakers of quotations (:mod:`pipelines.extract.dialogue`).
"""

from __future__ import annotations

from functools import cached_property

from pipelines.document import Document
from pipelines.extract.frames import Frame
from pipelines.extract.nounphrases import Piece
from pipelines.extract.people import Cast, Person, cast_of
from pipelines.extract.pronouns import GENDERS, before_sentence, in_sentence
from pipelines.extract.wordclasses import DETERMINERS, PRONOUNS
from pipelines.extract.words import Sentence

_NO_NAMES = DETERMINERS | PRONOUNS | {"neither", "either", "nor", "not"}
_FAR = 3
"""So many paragraphs back may the person be that a pronoun means."""


def _several(tokens: Sentence, piece: Piece) -> bool:
    """Whether a noun phrase without a name means nobody in particular: "critics", "three of the divers"."""
    first = tokens[piece[0]]
    if first.capital and first.low not in _NO_NAMES:
        return False
    words = tokens[piece[0] + 1 : piece[1]]
    if any(token.capital for token in words):
        return False
    return first.low not in DETERMINERS or tokens[piece[1] - 1].low.endswith("s")


class Referents:
    """Names of sources, paragraph by paragraph; the last person who was a source is the first whom a pronoun can mean."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.paragraph = 0
        self.frame: Frame
        self.last: Person | None = None
        self._known: dict[str, tuple[str | None, Person | None]] = {}
        self.last_paragraph = -_FAR

    @cached_property
    def cast(self) -> Cast:
        """The article's persons; read only when a source is named."""
        return cast_of(self.document)

    def begin(self, frame: Frame) -> None:
        """Go to the next paragraph."""
        self.paragraph += 1
        self.frame = frame

    def name(self, frame: Frame, tokens: Sentence, piece: Piece, span: tuple[int, int], sentence: int) -> str | None:
        """The name of the source in ``span``, ``piece`` of the tokens of the sentence that begins at ``sentence`` in the frame."""
        start, end = span
        low = tokens[piece[0]].low
        if piece[1] - piece[0] == 1 and low in GENDERS and low != "who":
            person = self._pronoun(low, start, frame.at(sentence))
            name = person.name if person else None
        elif (piece[1] - piece[0] == 1 and low in PRONOUNS) or _several(tokens, piece):
            return None
        else:
            words = self.document.clean[start:end]
            known = self._known.get(words)
            if known is None:
                known = self.cast.name_of(start, end)
                if words[0].isupper() and low not in DETERMINERS:
                    self._known[words] = known  # a name means the same everywhere, a description need not
            name, person = known
            if name is not None and name.partition(" ")[0].lower() in _NO_NAMES:
                name, person = None, None
        if person is not None:
            self.last, self.last_paragraph = person, self.paragraph
        return name

    def _pronoun(self, pronoun: str, at: int, sentence: int) -> Person | None:
        """The person named in the sentence before the pronoun, the last source, else the one named last."""
        named = in_sentence(self.cast, pronoun, self.frame, sentence, at)
        if named is not None:
            return named
        last = self.last if self.paragraph - self.last_paragraph < _FAR else None
        return before_sentence(self.cast, pronoun, self.frame, (sentence, at), last, ())
