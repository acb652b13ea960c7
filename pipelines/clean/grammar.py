"""The line rules of ``seeds/rules``, ready to be asked: which rule knows this line by itself?

What belongs here: putting the rules' patterns together so that a line costs a few microseconds. What does not: where the
line stands in the page (:mod:`pipelines.clean.reading`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipelines.clean.lines import Line
from pipelines.rules import Rule, load_rules

SHORT_FAMILIES = {"furniture": 120, "pictures": 120, "buttons": 64}
"""Rules about short lines, and the characters of the longest."""
FAMILIES = ("links", "credits", "captions")
"""Rules about lines of any length. Order is precedence; short lines ask the short families behind these."""

_HEAD = 400  # characters in which an opening must show itself
_CAPTION = 800  # characters of the longest caption
_TAIL = 240  # characters in which an ending must show itself

# Words without which a costly rule cannot fit: asked first, because a search for a word costs next to nothing.
NEEDS = {
    "links/promo": (
        "ign up", "igning up", "ubscri", "ewsletter", "nbox", "our phone", "ollow", "ike us", "oin ", "ind us", "ownload", "egist", "ournalism", "ewsroom",
        "onat", "ontribut", "ecome a", "free trial", "account", "hank", "lready a", "y click", "y submit", "y provid", "y contin", "y enter", "rotected by",
        "cookies", "olicy", "Terms", "terms", "ommission", "ompensation", "ffiliate", "ontact me", "mail", "elpful", "eedback", "understand and", "irst to ",
        "ign in", "editorial", "gallery", "icket", "you purchase", "you buy", "article was", "lick here", "LICK HERE", "LICKING", "live blog", "liveblog", "lease ",
        "preferred", "alerts", "a topic", "SIGN", "SUBS", "FOLLOW", "our comment", "et our ",
    ),
    "links/related_list": ("|",),
    "links/related_arrow": ("»", "›", ">>", "→", "⟶"),
    "links/related_live": ("live", "Live", "LIVE"),
    "links/disclosure": ("ndependent", "e may ", "e might ", "e can ", "e could ", "e will "),
    "links/newsletter": ("ewsletter", "aily ", "eekly ", "onthly ", "orning ", "vening ", "eekday ", "elivered to", "brought to", "straight to", "nter your e"),
    "links/post_end": ("(@", "pic.twitter", "//t.co/", "post"),
    "links/shop_line": ("$", "£", "€", "View", "Buy", "Shop", "See", "Get", "Check", "rder", "Book"),
    "links/follow": ("ollow ", "FOLLOW", "Like ", "Find "),
    "furniture/menu_bar": ("|", "•", "·", "»", "›", "Home"),
    "furniture/release_contact": (":", "ontact", "SOURCE"),
    "furniture/contact_line": ("@", "-", "+", ")"),
    "furniture/place_date": (" 20", " 19"),
    "furniture/name_date": (" 20", " 19"),
    "furniture/byline_role": ("rrespondent", "eporter", "ditor", "riter", "lumnist", "ournalist", "ritic", "roducer", "ureau"),
    "credits/print_version": (" this ", "This "),
    "credits/part_of": (" is from", " is part of", " is taken", " is adapted", " is based", " is excerpted", "osted from", "osted by", "osted with", "ublished ", "eprinted ", "dapted ", "xcerpted ", "provided by"),
    "credits/editors_note": ("ditor", "DITOR", "orrection", "ORRECTION", "larification", "LARIFICATION", "Updated to", "This "),
    "links/legal": ("ookie", "racke", "racking t", "ersonal ", "our data", "our privacy", "our consent"),
    "pictures/toggle_named": ("oggle",),
    "captions/caption_tail_parens": (")", "]"),
    "captions/caption_tail_named": (")",),
    "captions/caption_credited_inside": ("redit", "hotograph", "hoto by", "hotos by", "hoto courtesy"),
    "captions/caption_licence": ("icensing Rights",),
    "captions/caption_tail_credit": ("redit", "REDIT", "hoto", "HOTO", "mage", "MAGE", "icture"),
    "captions/caption_tail_stroke": ("/", "|", "—", "–", " - ", "FILE PHOTO", "ia "),
    "credits/contributors_contributed": ("contribut",),
    "credits/copyright_use": ("ights reserved", "may not be", "epublish", "Commons", "nauthori", "permission"),
}  # fmt: skip


# Endings that a full stop may follow; the others need not be searched for in most paragraphs.
STOPPED = frozenset(("captions/caption_tail_parens", "credits/contributors_contributed", "credits/copyright_use"))
_STOPS = frozenset('.!?”"')


class _Asked(NamedTuple):
    """Rules in one pattern, and the rules that are asked only where their words occur."""

    pattern: re.Pattern[str] | None
    rules: dict[str, Rule]
    guarded: list[tuple[tuple[str, ...], Rule]]


class _Grammar(NamedTuple):
    """The rules by what of a line they look at."""

    openings: _Asked
    short: list[tuple[int, _Asked]]
    endings: _Asked
    stopped: _Asked


def _asked(rules: list[Rule]) -> _Asked:
    free = {f"r{n}": rule for n, rule in enumerate(rules) if rule.rule_id not in NEEDS}
    parts = [f"(?P<{name}>(?{'i' if rule.ignore_case else ''}:{rule.pattern}\n))" for name, rule in free.items()]
    pattern = re.compile("|".join(parts), re.MULTILINE | re.VERBOSE) if parts else None
    return _Asked(pattern, free, [(NEEDS[rule.rule_id], rule) for rule in rules if rule.rule_id in NEEDS])


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    known = [rule for family in FAMILIES for rule in load_rules(family).values()]
    opening = [rule for rule in known if (rule.pattern or "").lstrip().startswith("^")]
    ending = [rule for rule in known if rule not in opening]
    return _Grammar(
        _asked(opening),
        [(limit, _asked(list(load_rules(family).values()))) for family, limit in SHORT_FAMILIES.items()],
        _asked(ending),
        _asked([rule for rule in ending if rule.rule_id in STOPPED]),
    )


def _opens(asked: _Asked, words: str) -> Rule | None:
    found = asked.pattern.match(words) if asked.pattern else None
    if found:
        return asked.rules[found.lastgroup or ""]
    for needs, rule in asked.guarded:
        # A long line that asks for something says to whom.
        if (
            len(words) > 160
            and rule.rule_id == "links/promo"
            and "you" not in words
            and " our " not in words
            and " us " not in words
        ):
            continue
        for need in needs:
            if need in words:
                if rule.regex.match(words):
                    return rule
                break
    return None


def _ends(asked: _Asked, words: str) -> Rule | None:
    found = asked.pattern.search(words) if asked.pattern else None
    if found:
        return asked.rules[found.lastgroup or ""]
    for needs, rule in asked.guarded:
        for need in needs:
            if need in words:
                if rule.regex.search(words):
                    return rule
                break
    return None


def _known(words: str) -> Rule | None:
    grammar = _grammar()
    length = len(words)
    rule = _opens(grammar.openings, words if length <= _HEAD else words[:_HEAD])
    if rule is None:
        for limit, asked in grammar.short:
            if length <= limit:
                rule = _opens(asked, words)
                if rule is not None:
                    return rule
        asked = grammar.stopped if words[-1] in _STOPS else grammar.endings
        rule = _ends(asked, words if length <= _TAIL else words[-_TAIL:])
    # A paragraph that only ends in a credit is glued to a caption; the text outweighs it.
    return None if rule is not None and rule.kind == "caption" and length > _CAPTION else rule


_known_short = lru_cache(maxsize=65536)(_known)


def known(words: str) -> Rule | None:
    """The first rule that knows the line by its words alone."""
    # Menus and buttons repeat from page to page; paragraphs do not.
    return _known_short(words) if len(words) <= 80 else _known(words)


_SIGNS = re.compile(r"[\W_]+")


def squeeze(words: str) -> str:
    """The line as it is compared with others: letters and digits only, case folded."""
    return _SIGNS.sub(" ", words).strip().casefold()


def say(line: Line, name: str, confidence: float | None = None) -> None:
    """Say what a line is by a rule of ``seeds/rules/blocks.toml``, which holds what needs a line's neighbours."""
    rule = load_rules("blocks")[name]
    line.set(rule.kind or "unknown", rule.rule_id, rule.confidence if confidence is None else confidence)
