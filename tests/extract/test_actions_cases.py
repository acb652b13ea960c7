"""Who did what to whom, in sentences like those of news. Published on Thursday 14 September 2023; hard cases first."""

from __future__ import annotations

import pytest
from deeds import Told, told

CASES: list[tuple[str, list[Told], str]] = [
    (
        "Police arrested two men in Westport on Tuesday.",
        [("arrest", "COERCE", "Police", "two men", "asserted")],
        "a verb between subject and object",
    ),
    (
        "Two men were arrested by police in Westport on Tuesday.",
        [("arrest", "COERCE", "police", "Two men", "asserted")],
        "the passive turns them round",
    ),
    (
        "A man arrested by police in Westport was taken to court.",
        [("arrest", "COERCE", "police", "A man", "asserted")],
        "so does a participle behind its noun",
    ),
    (
        "The officer who arrested Tom Hale left the force.",
        [("arrest", "COERCE", "The officer", "Tom Hale", "asserted")],
        "who stands for what is before it",
    ),
    (
        "The soldiers whom the rebels captured were freed on Sunday.",
        [
            ("capture", "COERCE", "the rebels", "The soldiers", "asserted"),
            ("free", "RETREAT", None, "The soldiers", "asserted"),
        ],
        "the object of a relative clause stands before it; the main verb has the same subject",
    ),
    (
        "Police stopped the lorry and arrested the driver.",
        [("arrest", "COERCE", "Police", "the driver", "asserted")],
        "a second verb shares the subject",
    ),
    (
        "Ann Lee was arrested and charged with bribery.",
        [("arrest", "COERCE", None, "Ann Lee", "asserted"), ("charge", "COERCE", None, "Ann Lee", "asserted")],
        "and the voice",
    ),
    (
        "Police say the man shot and killed a guard.",
        [("shoot", "ASSAULT", "the man", "a guard", "asserted"), ("kill", "ASSAULT", "the man", "a guard", "asserted")],
        "two verbs share an object",
    ),
    (
        "Rebels left the town on Monday, killing three guards.",
        [("kill", "ASSAULT", "Rebels", "three guards", "asserted")],
        "a participle shares the subject of its clause",
    ),
    (
        "Speaking in Oslo, the minister condemned the raid.",
        [("condemn", "ACCUSE", "the minister", "the raid", "asserted")],
        "a participle in front is no subject",
    ),
    (
        "He was accused of attacking a guard.",
        [("accuse", "ACCUSE", None, "He", "asserted"), ("attack", "ASSAULT", "He", "a guard", "hypothetical")],
        "an accusation: the deed is not asserted, its actor is the accused",
    ),
    (
        "Tom Hale was convicted of murdering his neighbour.",
        [
            ("convict", "COERCE", None, "Tom Hale", "asserted"),
            ("murder", "ASSAULT", "Tom Hale", "his neighbour", "asserted"),
        ],
        "a conviction asserts it",
    ),
    (
        "Police are looking for the man suspected of stabbing a nurse.",
        [("stab", "ASSAULT", "the man", "a nurse", "hypothetical")],
        "a suspicion does not",
    ),
    (
        "Norway plans to deport the two men.",
        [("deport", "COERCE", "Norway", "the two men", "future")],
        "a plan is future",
    ),
    (
        "The minister ordered the army to withdraw from Westport.",
        [
            ("order", "REQUEST", "The minister", "the army", "asserted"),
            ("withdraw", "RETREAT", "the army", "Westport", "hypothetical"),
        ],
        "the object of an order is to act",
    ),
    (
        "Denmark refused to extradite Tom Hale.",
        [
            ("refuse", "REJECT", "Denmark", None, "asserted"),
            ("extradite", "COOPERATE", "Denmark", "Tom Hale", "negated"),
        ],
        "a refusal is a deed, and negates the other",
    ),
    (
        "The mayor denied that police had beaten up the boy.",
        [("beat up", "ASSAULT", "police", "the boy", "negated")],
        "so does a denial",
    ),
    (
        "Police did not arrest the driver.",
        [("arrest", "COERCE", "Police", "the driver", "negated")],
        "a negation",
    ),
    (
        "Norway has not yet recognised the new government.",
        [("recognise", "SUPPORT", "Norway", "the new government", "negated")],
        "with an adverb inside",
    ),
    (
        "No one was injured in the storm.",
        [("injure", None, None, "No one", "negated")],
        "nobody",
    ),
    (
        "The rebels could attack Westport again.",
        [("attack", "ASSAULT", "The rebels", "Westport", "hypothetical")],
        "a modal verb",
    ),
    (
        "The army will attack the rebels if talks fail.",
        [("attack", "ASSAULT", "The army", "the rebels", "future")],
        "will is future, if leaves it so",
    ),
    (
        "If Norway invades Denmark, Sweden will impose sanctions on Norway.",
        [
            ("invade", "ASSAULT", "Norway", "Denmark", "hypothetical"),
            ("impose", "SANCTION", "Sweden", "Norway", "future"),
        ],
        "the condition is hypothetical",
    ),
    (
        "Norway's foreign minister is to visit Denmark on Friday.",
        [("visit", "CONSULT", "Norway's foreign minister", "Denmark", "future")],
        "is to: future",
    ),
    (
        "Kim met Putin in Vladivostok in 2019.",
        [("meet", "CONSULT", "Kim", "Putin", "historical")],
        "history, by the date",
    ),
    (
        "Putin and Kim met on Wednesday.",
        [("meet", "CONSULT", "Putin", "Kim", "asserted")],
        "a meeting of two is a deed of one to the other",
    ),
    (
        "Norway, Denmark and Sweden signed a treaty with Finland.",
        [
            ("sign", "SUPPORT", "Norway", "Finland", "asserted"),
            ("sign", "SUPPORT", "Denmark", "Finland", "asserted"),
            ("sign", "SUPPORT", "Sweden", "Finland", "asserted"),
        ],
        "a row of actors is a row each",
    ),
    (
        "Norway held talks with Denmark on Friday.",
        [("talks", "CONSULT", "Norway", "Denmark", "asserted")],
        "a light verb lends the noun its subject",
    ),
    (
        "Talks between Norway and Denmark went on all night.",
        [("talks", "CONSULT", "Norway", "Denmark", "asserted")],
        "both parties stand behind between",
    ),
    (
        "The launch of two missiles by North Korea alarmed Japan.",
        [("launch", "MOBILIZE", "North Korea", "two missiles", "asserted")],
        "a noun with both",
    ),
    (
        "North Korea fired two ballistic missiles into the sea.",
        [("fire", "MOBILIZE", "North Korea", "two ballistic missiles", "asserted")],
        "a test, not an attack: the sea is nobody",
    ),
    (
        "The rebels fired rockets at a school in Westport.",
        [("fire", "ASSAULT", "The rebels", "a school", "asserted")],
        "an attack: there is somebody at the end of it",
    ),
    (
        "North Korea's missile launch was condemned by Japan and South Korea.",
        [
            ("condemn", "ACCUSE", "Japan", "North Korea's missile launch", "asserted"),
            ("condemn", "ACCUSE", "South Korea", "North Korea's missile launch", "asserted"),
            ("launch", "MOBILIZE", "North Korea", None, "asserted"),
        ],
        "the owner acts; a deed can be the recipient of another",
    ),
    (
        "Israel's bombing of the port killed nine people.",
        [
            ("kill", "ASSAULT", "Israel's bombing of the port", "nine people", "asserted"),
            ("bombing", "ASSAULT", "Israel", "the port", "asserted"),
        ],
        "the deed itself can act",
    ),
    (
        "A Norwegian strike on the fort was brief.",
        [("strike", "ASSAULT", "Norwegian", "the fort", "asserted")],
        "an adjective of a nation acts",
    ),
    (
        "The visit of the mayor to Denmark was cut short.",
        [("visit", "CONSULT", "the mayor", "Denmark", "asserted")],
        "of leads the actor of what somebody does, to the recipient",
    ),
    (
        "The army launched an attack on Westport in the night.",
        [("launch", "ASSAULT", "The army", "Westport", "asserted")],
        "a light verb with its own entry",
    ),
    (
        "Sanctions were imposed on Norway by the European Union.",
        [("impose", "SANCTION", "the European Union", "Norway", "asserted")],
        "one row, not one for the noun and one for the verb",
    ),
    (
        "The European Union lifted sanctions against Norway.",
        [("lift", "CONCEDE", "The European Union", "Norway", "asserted")],
        "the same noun, another verb: a concession",
    ),
    (
        "Norway released four prisoners on Sunday.",
        [("release", "RETREAT", "Norway", "four prisoners", "asserted")],
        "whom is released tells what it is",
    ),
    (
        "The museum released a new film about whales.",
        [("release", None, "The museum", "a new film", "asserted")],
        "no event of PLOVER",
    ),
    (
        "Norway sent 200 soldiers to the border.",
        [("send", "MOBILIZE", "Norway", "the border", "asserted")],
        "what is sent tells what it is",
    ),
    (
        "Norway gave Denmark weapons.",
        [("give", "AID", "Norway", "Denmark", "asserted")],
        "to whom, without a preposition",
    ),
    (
        "Norway sent blankets and tents to Denmark.",
        [("send", "AID", "Norway", "Denmark", "asserted")],
        "to whom, with one",
    ),
    (
        "Farmers protested against the tax in Oslo.",
        [("protest", "PROTEST", "Farmers", "the tax", "asserted")],
        "against leads the recipient",
    ),
    (
        "The union called off the strike.",
        [("call off", "CONCEDE", "The union", None, "asserted")],
        "a verb of two words",
    ),
    (
        "The prime minister resigned on Friday.",
        [("resign", "RETREAT", "The prime minister", None, "asserted")],
        "nobody is the recipient",
    ),
    (
        "Ann Lee, the mayor of Westport, accused Tom Hale of lying.",
        [("accuse", "ACCUSE", "Ann Lee", "Tom Hale", "asserted")],
        "the subject before an inserted phrase",
    ),
    (
        "Ann Lee, who visited Norway in May, thanked the king.",
        [
            ("visit", "CONSULT", "Ann Lee", "Norway", "historical"),
            ("thank", "SUPPORT", "Ann Lee", "the king", "asserted"),
        ],
        "and before a relative clause, whose date stays inside",
    ),
    (
        "Ann Lee came home. She sued the bank.",
        [("sue", "ACCUSE", "She", "the bank", "asserted")],
        "a pronoun keeps its words",
    ),
    (
        "The judge sentenced Tom Hale to nine years in prison.",
        [("sentence", "COERCE", "The judge", "Tom Hale", "asserted")],
        "to leads no recipient here",
    ),
    (
        "Shots were fired at a police car.",
        [("fire", "ASSAULT", None, "a police car", "asserted")],
        "nobody says who fired",
    ),
    (
        "The company fired its chief executive.",
        [("fire", None, "The company", "its chief executive", "asserted")],
        "firing a person is no attack",
    ),
    (
        "An earthquake killed 40 people in the valley.",
        [("kill", None, "An earthquake", "40 people", "asserted")],
        "nor is a disaster an assault",
    ),
    (
        "The senator attacked the governor over the tax.",
        [("attack", "ACCUSE", "The senator", "the governor", "asserted")],
        "an attack of words",
    ),
    (
        "The minister urged the rebels to lay down their arms.",
        [
            ("urge", "REQUEST", "The minister", "the rebels", "asserted"),
            ("lay down", "RETREAT", "the rebels", None, "hypothetical"),
        ],
        "both: what was urged, and by whom it would be done",
    ),
    (
        "Ann Lee called on the rebels to free the hostages.",
        [
            ("call on", "REQUEST", "Ann Lee", "the rebels", "asserted"),
            ("free", "RETREAT", "the rebels", "the hostages", "hypothetical"),
        ],
        "the same behind a preposition",
    ),
    (
        "Norway threatened to cut ties with Denmark.",
        [
            ("threaten", "THREATEN", "Norway", None, "asserted"),
            ("cut", "SANCTION", "Norway", "Denmark", "hypothetical"),
        ],
        "a threat is a deed, what is threatened is not",
    ),
    (
        "Denmark cancelled the talks with Norway.",
        [("cancel", "SANCTION", "Denmark", "Norway", "asserted")],
        "a cancellation",
    ),
    (
        "The king's visit to Oslo was postponed.",
        [("visit", "CONSULT", "The king", "Oslo", "negated")],
        "a light verb that undoes the deed",
    ),
    (
        "Hundreds of people were detained during the protests.",
        [("detain", "COERCE", None, "Hundreds of people", "asserted")],
        "an amount and those who are counted; nobody protests against anything here",
    ),
    (
        "The detained journalists wrote to the king.",
        [],
        "a participle in front of its noun tells no event",
    ),
    (
        "Ann Lee suffered a heart attack on Monday.",
        [],
        "not every attack is one",
    ),
    (
        "The attack helicopter stood in a field.",
        [],
        "a noun that only leads another",
    ),
    (
        "Police attacked by the crowd fled.",
        [("attack", "ASSAULT", "the crowd", "Police", "asserted"), ("flee", None, "Police", None, "asserted")],
        "a participle between subject and verb",
    ),
    (
        "The company met its targets.",
        [],
        "not every meeting is one",
    ),
    (
        "Norway and Denmark agreed on Monday to end the blockade.",
        [
            ("agree", "AGREE", "Norway", None, "asserted"),
            ("agree", "AGREE", "Denmark", None, "asserted"),
            ("end", "RETREAT", "Norway", None, "future"),
            ("end", "RETREAT", "Denmark", None, "future"),
        ],
        "two deeds: agreed, and will end",
    ),
    (
        "The possible attack on the fort worried the king.",
        [("attack", "ASSAULT", None, "the fort", "hypothetical")],
        "an adjective that makes it hypothetical",
    ),
    (
        "We attacked the fort, he said.",
        [],
        "who speaks is for facts.quotes to tell",
    ),
    (
        "Man Charged With Murder After Fire in Westport",
        [("charge", "COERCE", None, "Man", "asserted")],
        "in a headline capital letters tell nothing",
    ),
    (
        "Norwegian Police Arrest Two Men Over Raid on Bank",
        [("arrest", "COERCE", "Norwegian Police", "Two Men", "asserted"), ("raid", "COERCE", None, "Bank", "asserted")],
        "nor do bare forms: the plural before them tells",
    ),
    (
        "Norway to Expel Danish Diplomats",
        [("expel", "SANCTION", "Norway", "Danish Diplomats", "future")],
        "to alone is future",
    ),
    (
        "Guards beat and tortured the prisoners, Ann Lee said.",
        [
            ("beat", None, "Guards", "the prisoners", "asserted"),
            ("torture", "ASSAULT", "Guards", "the prisoners", "asserted"),
        ],
        "in the past, whatever its form",
    ),
    (
        "The rebels failed to capture the fort.",
        [("capture", "COERCE", "The rebels", "the fort", "negated")],
        "failing negates",
    ),
    (
        "Three people were wounded when rebels bombed a market.",
        [("wound", "ASSAULT", None, "Three people", "asserted"), ("bomb", "ASSAULT", "rebels", "a market", "asserted")],
        "two clauses",
    ),
    (
        "Norway apologised to Denmark for sinking the ship.",
        [("apologise", "CONCEDE", "Norway", "Denmark", "asserted")],
        "to leads the recipient",
    ),
    (
        "The treaty was signed by Norway and Denmark in 1905.",
        [("sign", "SUPPORT", "Norway", None, "historical"), ("sign", "SUPPORT", "Denmark", None, "historical")],
        "a row behind by",
    ),
    (
        "It was wrong to arrest the boy.",
        [("arrest", "COERCE", None, "the boy", "hypothetical")],
        "an opinion about a deed: nobody acts",
    ),
    (
        "The army opened fire on protesters.",
        [("open", "ASSAULT", "The army", "protesters", "asserted")],
        "a phrase that is a verb",
    ),
    (
        "Norway broke off relations with Denmark.",
        [("break off", "SANCTION", "Norway", "Denmark", "asserted")],
        "another",
    ),
    (
        "Ann Lee led a march against the war.",
        [("march", "PROTEST", "Ann Lee", "the war", "asserted")],
        "and one that is light",
    ),
    (
        "Our talks went well, he said.",
        [],
        "nor is a deed of which only the speaker knows whose it is",
    ),
    (
        "Ann Lee, 75, a farmer in Westport, Maine, praised the mayor.",
        [("praise", "SUPPORT", "Ann Lee", "the mayor", "asserted")],
        "over an age, an apposition and a place",
    ),
    (
        "Ann Lee, 23, charged with murder, was heard on Monday.",
        [("charge", "COERCE", None, "Ann Lee", "asserted")],
        "a participle behind an age",
    ),
    (
        "The priest helps recently released prisoners.",
        [],
        "a participle in front of a bare noun",
    ),
    (
        "Norway will not hesitate to impose sanctions on Denmark.",
        [("impose", "SANCTION", "Norway", "Denmark", "future")],
        "two negations",
    ),
    (
        "There were allegations he beat up the guard.",
        [("beat up", "ASSAULT", "he", "the guard", "hypothetical")],
        "a noun that makes what follows a claim",
    ),
    (
        "The threat to the valley is the river.",
        [],
        "a noun that needs both parties to be a deed",
    ),
    (
        "They’ll attack the fort, he said.",
        [("attack", "ASSAULT", "They", "the fort", "future")],
        "a helper that hangs on its pronoun",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[case[2] for case in CASES])
def test_who_did_what_to_whom(text: str, expected: list[Told], why: str) -> None:
    assert told(text) == expected, why


MISSES: list[tuple[str, list[Told], str]] = [
    (
        "A man suspected of robbing a bank where he had worked was arrested.",
        [("rob", None, "A man", "a bank", "hypothetical"), ("arrest", "COERCE", None, "A man", "asserted")],
        "the subject is two clauses away",
    ),
    (
        "Ann Lee, who opened the mine, her second one, is being sued.",
        [("sue", "ACCUSE", None, "Ann Lee", "asserted")],
        "a phrase that is inserted into what is inserted",
    ),
    (
        "Had Norway attacked Denmark, Sweden would have stayed away.",
        [("attack", "ASSAULT", "Norway", "Denmark", "hypothetical")],
        "a condition without if",
    ),
    (
        "The man police arrested on Friday is a baker.",
        [("arrest", "COERCE", "police", "The man", "asserted")],
        "a relative clause without its pronoun",
    ),
    (
        "A group dressed in “Free Westport” shirts marched against the mayor.",
        [("march", "PROTEST", "A group", "the mayor", "asserted")],
        "words in marks break a phrase",
    ),
    (
        "Critics attacked the play.",
        [("attack", "ACCUSE", "Critics", "the play", "asserted")],
        "nothing but the world tells that words did it",
    ),
    (
        "The dam could threaten rare fish.",
        [],
        "a danger is no threat",
    ),
    (
        "Norway stopped short of condemning Denmark.",
        [("condemn", "ACCUSE", "Norway", "Denmark", "negated")],
        "a phrase of several words that negates",
    ),
]


@pytest.mark.xfail(strict=True, reason="known misses: each says what it is")
@pytest.mark.parametrize(("text", "expected", "why"), MISSES, ids=[case[2] for case in MISSES])
def test_what_is_not_understood_yet(text: str, expected: list[Told], why: str) -> None:
    assert told(text) == expected, why
