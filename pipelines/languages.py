"""Whether the sentences of an article can be read: one answer, which all kinds of fact ask for.

What belongs here: which language has a grammar. What does not: what is read of the others (:mod:`pipelines.extract.coverage`).
"""

from __future__ import annotations

GRAMMAR = "en"
"""The language whose sentences are read; its lists are in ``seeds/reference/en``."""


def primary(language: str | None) -> str:
    """A BCP 47 tag without script and region, in small letters.

    >>> primary("pt-BR"), primary(None)
    ('pt', '')
    """
    return (language or "").partition("-")[0].lower()


def in_full(language: str | None) -> bool:
    """Whether articles in this language are read in full; one that nothing tells is taken for English.

    >>> in_full("en-GB"), in_full(None), in_full("de")
    (True, True, False)
    """
    return language is None or language == GRAMMAR or primary(language) == GRAMMAR
