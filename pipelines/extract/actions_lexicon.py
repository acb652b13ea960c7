"""The lexicon of actions: from each form of a verb or noun to what it may mean.

What belongs here: reading ``seeds/reference/en/actions.toml`` into tables. What does not: which of the meanings a sentence has.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pipelines.extract.speech import inflect
from pipelines.rules import load_toml

PLOVER = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""The event types of PLOVER, from verbal cooperation to material conflict."""

LISTS = load_toml("reference/en/actions.toml")
OTHER = "OTHER"


def words(section: str, name: str) -> frozenset[str]:
    """A word list of the lexicon."""
    return frozenset(LISTS[section][name].split())


class Frame(NamedTuple):
    """Where the recipient of a verb or noun stands."""

    takes_object: bool
    may_lack: bool
    """The verb may stand without its object"""
    prepositions: frozenset[str]
    bare: bool
    """Only where no object stands behind the verb"""
    required: bool
    """Only where one of the prepositions follows"""
    needs: str
    """The word that must follow the object: "to" in "asked Lee to leave"; empty for most"""


class Sense(NamedTuple):
    """One meaning of a verb: its type (``None`` where PLOVER has none), and what must stand around it."""

    lemma: str
    event: str | None
    particle: str
    """The second word of a verb of two: "down" in "step down"; empty for most"""
    frame: Frame
    objects: frozenset[str]
    """Heads of the object that make the meaning; empty where any will do"""
    not_objects: frozenset[str]


class Form(NamedTuple):
    """A form of a verb: its shapes (base, s, past, participle, ing), and what it may mean, the first that fits first."""

    shapes: frozenset[str]
    senses: tuple[Sense, ...]


class Deed(NamedTuple):
    """A noun of action."""

    lemma: str
    event: str | None
    prepositions: frozenset[str]
    both: bool
    """Only where actor and recipient are told"""
    objects: frozenset[str]
    """Where not empty, one of these must stand before the noun or head its "of" phrase: "the launch of a missile" """


def _fields(entry: str, count: int) -> list[str]:
    parts = [part.strip() for part in entry.split("|")]
    return parts + [""] * (count - len(parts))


def _frame(told: str) -> Frame:
    parts = told.lstrip("!").split()
    return Frame(
        any(part.startswith(("obj", "+")) for part in parts),
        "obj?" in parts,
        frozenset(part for part in parts if part[0] not in "o+0" or part in ("of", "on", "over", "out")),
        "0" in parts,
        told.startswith("!"),
        next((part[1:] for part in parts if part[0] == "+"), ""),
    )


def forms_of(verb: str) -> list[tuple[str, str]]:
    """The forms of a verb with their shapes."""
    past, participle, gerund = [*LISTS["irregular"].get(verb, "").split(), "", "", ""][:3]
    made = inflect(verb, past, participle, gerund)
    if verb == "cancel":
        made += [("canceled", "past"), ("canceled", "participle"), ("canceling", "ing")]
    return made


@cache
def verb_forms() -> dict[str, Form]:
    """Every form of every verb of the lexicon.

    >>> form = verb_forms()["shot"]
    >>> sorted(form.shapes), [sense.event for sense in form.senses][-1]
    (['participle', 'past'], 'ASSAULT')
    """
    senses: dict[str, list[Sense]] = {}
    for field, phrasal in (("phrases", True), ("verbs", False)):
        for event in (*PLOVER, OTHER):
            for entry in LISTS[event].get(field, ()):
                if phrasal:
                    names, objects, frame = _fields(entry, 3)
                    spared = ""
                else:
                    names, frame, spared = _fields(entry, 3)
                    objects = ""
                for name in names.split():
                    verb, _, particle = name.partition("_")
                    sense = Sense(
                        name.replace("_", " "), None if event == OTHER else event, particle, _frame(frame),
                        frozenset(objects.split()), frozenset(spared.split()),
                    )  # fmt: skip
                    senses.setdefault(verb, []).append(sense)
    shapes: dict[str, set[str]] = {}
    found: dict[str, list[Sense]] = {}
    for verb, meant in senses.items():
        # A verb of two words is looked for before the bare one.
        meant.sort(key=lambda sense: (not sense.objects, not sense.frame.required, not sense.particle))
        for form, shape in forms_of(verb):
            shapes.setdefault(form, set()).add(shape)
            kept = found.setdefault(form, [])
            kept += [sense for sense in meant if sense not in kept]
    return {form: Form(frozenset(shapes[form]), tuple(kept)) for form, kept in found.items()}


@cache
def deeds() -> dict[str, tuple[Deed, ...]]:
    """Every noun of action.

    >>> [(deed.lemma, deed.event) for deed in deeds()["talks"]]
    [('talks', 'CONSULT')]
    """
    found: dict[str, list[Deed]] = {}
    for event in (*PLOVER, OTHER):
        for field in ("deeds", "nouns"):
            for entry in LISTS[event].get(field, ()):
                names, told, both = _fields(entry, 3)
                for name in names.split():
                    told_words = frozenset(told.split())
                    deed = Deed(
                        name,
                        None if event == OTHER else event,
                        frozenset(("of",)) if field == "deeds" else told_words,
                        bool(both),
                        told_words if field == "deeds" else frozenset(),
                    )
                    found.setdefault(name, []).append(deed)
    return {name: tuple(kept) for name, kept in found.items()}


@cache
def light_verbs() -> dict[str, str]:
    """The forms of the verbs that lend their subject to a noun of action, with what they say of it.

    >>> light_verbs()["launched"], light_verbs()["postponed"]
    ('asserted', 'negated')
    """
    return {
        form: modality
        for modality in ("asserted", "future", "hypothetical", "negated")
        for verb in LISTS["light"][modality].split()
        for form, _ in forms_of(verb.partition("_")[0])
    }


ALWAYS = frozenset(("",))
"""What stands for no condition in :func:`conditions`."""


@cache
def verb_conditions() -> dict[str, frozenset[str]]:
    """For each form of a verb the words of which one must stand in its sentence too, or :data:`ALWAYS`.

    >>> verb_conditions()["killed"] is ALWAYS, "sanctions" in verb_conditions()["impose"]
    (True, True)
    """
    needed = {"to": ("to",), "with": ("with", "in", "over", "under")}
    found: dict[str, frozenset[str]] = {}
    for form, known in verb_forms().items():
        words_: set[str] = set()
        for sense in known.senses:
            if sense.objects:
                words_ |= sense.objects
            elif sense.particle:
                words_.add(sense.particle)
            elif sense.frame.needs:
                words_.update(needed[sense.frame.needs])
            elif sense.frame.required:
                words_ |= sense.frame.prepositions
            else:
                words_.add("")
        found[form] = ALWAYS if "" in words_ else frozenset(words_)
    return found


@cache
def conditions() -> dict[str, frozenset[str]]:
    """The same for all forms of the lexicon; nouns need nothing."""
    return verb_conditions() | dict.fromkeys(deeds(), ALWAYS)
