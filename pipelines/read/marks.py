"""What an element stands for by its tag, its role and the names that its page gives it: marks such as ``caption``.

What belongs here: single elements. What does not: what follows for the text in them (clean's work). The names are
data: ``seeds/rules/marks.toml``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.rules import load_rules

TAGS = frozenset(
    {
        "address", "article", "aside", "blockquote", "button", "cite", "dd", "details", "dl", "dt", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "nav", "pre", "summary", "table", "time",
    }
)  # fmt: skip
"""Tags that are marks themselves."""

ROLES = {
    "navigation": "nav", "complementary": "aside", "contentinfo": "footer", "banner": "header", "main": "main", "article": "article",
    "search": "form", "dialog": "dialog", "alertdialog": "dialog", "menu": "nav", "menubar": "nav", "button": "button", "tablist": "nav",
}  # fmt: skip
PROPERTIES = {
    "articlebody": "body", "headline": "title", "alternativeheadline": "deck", "description": "deck", "author": "author",
    "datepublished": "date", "datemodified": "date", "caption": "caption", "comment": "comments", "copyrightholder": "copyright",
}  # fmt: skip

_NAMED = ("class", "id", "data-component", "data-testid", "data-test", "data-type", "data-gtm-element-container")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LONGEST = 400
"""Characters of an element's names that are looked at."""


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    rules = load_rules("marks")
    return re.compile("|".join(f"(?P<{name}>{rule.pattern})" for name, rule in rules.items()), re.VERBOSE)


@lru_cache(maxsize=16384)
def named(words: str) -> str:
    """The marks that the names of an element give it, separated by blanks.

    >>> named("StoryImage__caption"), named("wp-block-group")
    ('caption', '')
    """
    return " ".join(dict.fromkeys(mark for word in words.split() for mark in _meant(word)))


@lru_cache(maxsize=65536)
def _meant(word: str) -> tuple[str, ...]:
    """The marks of one name: pages use the same ones for many elements, in ever other company."""
    spread = _CAMEL.sub("-", word).lower()
    return tuple(found.lastgroup or "" for found in _names().finditer(spread))


def marks_of(tag: str, attributes: dict[str, str]) -> str:
    """The marks of an element, separated by blanks."""
    own = tag if tag in TAGS else ""
    if not attributes:
        return own
    if "role" in attributes:
        own = f"{own} {ROLES.get(attributes['role'].strip().lower(), '')}"
    if "itemprop" in attributes:
        own = f"{own} {PROPERTIES.get(attributes['itemprop'].strip().lower(), '')}"
    if attributes.get("aria-hidden") == "true":
        own += " unspoken"
    if "author" in attributes.get("rel", ""):
        own += " author"
    names = " ".join([attributes[name] for name in _NAMED if name in attributes])
    if names:
        own = f"{own} {named(names[:LONGEST])}"
    return " ".join(own.split()) if " " in own else own
