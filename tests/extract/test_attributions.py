"""Attributions: whose statement, which words, and how the source stands to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.document import Block, Document
from pipelines.extract.attributed import DOUBTFUL
from pipelines.extract.attributions import Attributions, attributions
from pipelines.extract.quotes import quotes
from pipelines.rules import load_rules
from pipelines.text import Edit, Text


def document(*lines: str, kind: str = "body", language: str | None = None) -> Document:
    """A document whose lines are its blocks."""
    text = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(len(blocks), kind, at, at + len(line), 1.0))
        at += len(line) + 1
    return Document("ab" * 32, Text(text), blocks, language=language)


def told(*lines: str) -> list[tuple[str | None, str | None, str]]:
    """Source as named, cue and statement of each row."""
    found = attributions([document(*lines)])
    return list(found.select("source_text", "cue", "statement").iter_rows())


@pytest.mark.parametrize("name", load_rules("attributions"))
def test_every_rule_decides_its_examples(name: str) -> None:
    rule = load_rules("attributions")[name]
    for example in rule.matches:
        assert rule.rule_id in attributions([document(example)])["rule_id"].to_list(), example
    for example in rule.spares:
        assert rule.rule_id not in attributions([document(example)])["rule_id"].to_list(), example


CASES = {
    # Where a statement ends
    "Ann Lee said that the bridge, which opened in 1990, had been closed, but the ministry said it was safe.": [
        ("Ann Lee", "said", "that the bridge, which opened in 1990, had been closed"),
        ("the ministry", "said", "it was safe"),
    ],
    "While Ann Lee says the bridge is safe, the union has called for a strike.": [
        ("Ann Lee", "says", "the bridge is safe"),
        ("the union", "called", "a strike"),
    ],
    "Ann Lee, who says the bridge is safe, will resign in May.": [("Ann Lee, who", "says", "the bridge is safe")],
    "Ann Lee said she was tired and wanted to leave, adding that nobody had asked her.": [
        ("Ann Lee", "said", "she was tired and wanted to leave"),
        ("Ann Lee", "adding", "that nobody had asked her"),
    ],
    "Police said the boat sank at 5 a.m., and divers said they had found nothing.": [
        ("Police", "said", "the boat sank at 5 a.m."),
        ("divers", "said", "they had found nothing"),
    ],
    "The board announced a new timetable and said it would run more ferries.": [
        ("The board", "announced", "a new timetable"),
        ("The board", "said", "it would run more ferries"),
    ],
    "Lee also said the ferry, the oldest on the coast, would be sold; Poe disagreed.": [
        ("Lee", "said", "the ferry, the oldest on the coast, would be sold"),
    ],
    "Police say that, in all, 45,000 boats were damaged.": [
        ("Police", "say", "that, in all, 45,000 boats were damaged")
    ],
    "Ann Lee called the plan a mistake on Friday.": [("Ann Lee", "called", "the plan a mistake")],
    "The report calls for a new bridge and warns of a collapse.": [
        ("The report", "calls", "a new bridge"),
        ("The report", "warns", "of a collapse"),
    ],
    # Where it begins, and what stands between
    "The bridge, the mayor said on Tuesday, would be closed for a year, and the ferry would run at night.": [
        ("the mayor", "said", "The bridge … would be closed for a year"),
    ],
    "The bridge was last painted in 1990, records show, and its bolts are loose.": [
        ("records", "show", "The bridge was last painted in 1990"),
    ],
    "The harbour board, a body of nine, told Harbour Radio on Monday that it would not pay.": [
        ("The harbour board, a body of nine", "told", "that it would not pay"),
    ],
    "Roy Poe, a spokesman for the union, said in a statement late on Monday: The talks have failed.": [
        ("Roy Poe, a spokesman for the union", "said", "The talks have failed"),
    ],
    "She wrote in a letter to the board that the bridge was a danger.": [
        ("She", "wrote", "that the bridge was a danger")
    ],
    "Officials acknowledged on Monday 45 boats had been damaged.": [
        ("Officials", "acknowledged", "45 boats had been damaged")
    ],
    "The bridge is expected to open in May, officials said.": [
        ("officials", "said", "The bridge is expected to open in May")
    ],
    "The bridge was closed too late, said Ann Lee, the mayor.": [("Ann Lee", "said", "The bridge was closed too late")],
    "Ann Lee, the mayor of Saltwick, said tensions on the pier were higher than in May.": [
        ("Ann Lee, the mayor of Saltwick", "said", "tensions on the pier were higher than in May"),
    ],
    "In Saltwick, Ann Lee said on Friday the ferry would sail.": [("Ann Lee", "said", "the ferry would sail")],
    "As Ann Lee noted on Monday, the bridge is a danger.": [("Ann Lee", "noted", "the bridge is a danger")],
    # Whose it is
    "One of the divers, Roy Poe, told the court that he had seen nothing.": [
        ("Roy Poe", "told", "that he had seen nothing")
    ],
    "Neither Ann Lee nor the ministry would say who had closed the bridge.": [
        ("Neither Ann Lee nor the ministry", "say", "who had closed the bridge"),
    ],
    "No one has said why the boat sank.": [("No one", "said", "why the boat sank")],
    "Citing a lack of money, Ann Lee withdrew the plan.": [("Ann Lee", "Citing", "a lack of money")],
    "Ann Lee, citing a lack of money, withdrew the plan.": [("Ann Lee", "citing", "a lack of money")],
    "Her statement said that the ferry would run at night.": [
        ("Her statement", "said", "that the ferry would run at night")
    ],
    "Records show that the bridge was last painted in 1990.": [
        ("Records", "show", "that the bridge was last painted in 1990")
    ],
    "Roy Poe was quoted by the Harbour Echo as saying that the boat was lost.": [
        ("Roy Poe", "quoted", "that the boat was lost"),
    ],
    "Half of the crew believe the bridge should be closed.": [
        ("Half of the crew", "believe", "the bridge should be closed")
    ],
    "Two divers said they had seen the boat.": [("Two divers", "said", "they had seen the boat")],
    "The mayor declined to comment, and the ministry refused to answer questions.": [
        ("The mayor", "declined", "to comment"),
        ("the ministry", "refused", "to answer questions"),
    ],
    "The union began calling for a strike.": [("The union", "calling", "a strike")],
    "Nobody heeded her warning that the boat would sink.": [("her", "warning", "that the boat would sink")],
    "The mayor told Harbour Radio the bridge would close.": [("The mayor", "told", "the bridge would close")],
    "The union raised questions about the sale.": [("The union", "questions", "the sale")],
    # Nobody's in particular
    "Asked whether she would resign, Ann Lee said she would not.": [
        (None, "Asked", "whether she would resign"),
        ("Ann Lee", "said", "she would not"),
    ],
    "The mayor was asked about the bridge.": [(None, "asked", "the bridge")],
    "It was reported on Monday that the bridge would be sold.": [(None, "reported", "that the bridge would be sold")],
    "The minister is said to have left the country.": [(None, "said", "The minister … to have left the country")],
    "The plan seems to be dead.": [(None, "seems", "The plan … to be dead")],
    "The old bridge is called the Ladder.": [(None, "called", "The old bridge … the Ladder")],
    "The plan was attacked by Ann Lee.": [("Ann Lee", "attacked", "The plan")],
    # According to
    "According to a report by the harbour board, 45 boats were damaged.": [
        ("a report by the harbour board", "According to", "45 boats were damaged"),
    ],
    "At least 45 boats were damaged, according to the harbour board, which owns the pier.": [
        ("the harbour board", "according to", "At least 45 boats were damaged"),
    ],
    "The bridge, according to a report, will be closed until May.": [
        ("a report", "according to", "The bridge … will be closed until May"),
    ],
    "The union wants to strike, according to Roy Poe.": [("Roy Poe", "according to", "The union wants to strike")],
    # Charges, demands, wishes
    "Critics have accused Ann Lee of hiding the report.": [("Critics", "accused", "Ann Lee of hiding the report")],
    "Ann Lee urged voters to reject the plan.": [("Ann Lee", "urged", "voters to reject the plan")],
    "He claims to have seen the boat sink.": [("He", "claims", "to have seen the boat sink")],
    "They want to know what the bridge will cost.": [("They", "want", "to know what the bridge will cost")],
    "Ann Lee is not sure that the bridge will hold.": [("Ann Lee", "sure", "that the bridge will hold")],
    "The judge ruled that the sale was void.": [("The judge", "ruled", "that the sale was void")],
    "The mayor praised the divers for their courage.": [("The mayor", "praised", "the divers for their courage")],
    "Lee Vows To Rebuild Bridge After Storm": [("Lee", "Vows", "To Rebuild Bridge After Storm")],
    "Ann Lee: Bridge will not open in May": [("Ann Lee", ":", "Bridge will not open in May")],
    # Quotations
    "“The bridge is closed,” said Ann Lee, adding that it would be sold. “We had no choice.”": [
        ("Ann Lee", "said", "The bridge is closed, … We had no choice."),
        ("Ann Lee", "adding", "that it would be sold"),
    ],
    "Ann Lee said the bridge was “a danger to all” and would be closed.": [
        ("Ann Lee", "said", "the bridge was “a danger to all” and would be closed"),
    ],
    "“We closed it,” Ann Lee, the mayor, told the board. “We had to.”": [
        ("Ann Lee, the mayor", "told", "We closed it, … We had to."),
    ],
    # No statement at all
    "The harbour board reports to the ministry.": [],
    "What the mayor said is unknown.": [],
    "The state of the bridge worries nobody in the United States.": [],
    "The tax plans and the pier reports lay in a drawer of the state archive.": [],
    "Ann Lee appeared in court.": [],
    "They called off the search.": [],
    "She said so twice.": [],
    "It is clear that the bridge was closed.": [],
}


@pytest.mark.parametrize("sentence", CASES)
def test_statements_with_source_and_cue(sentence: str) -> None:
    assert told(sentence) == CASES[sentence]


MISSES = {
    "Ann Lee’s promise to rebuild the bridge drew laughter.": (
        [("Ann Lee’s", "promise", "to rebuild the bridge")],
        "no list tells that 'drew' is the verb of the sentence",
    ),
    "The man who said he had seen the boat has left.": (
        [("The man who", "said", "he had seen the boat")],
        "a relative clause without commas has no end that a word shows",
    ),
    "They were paid according to their age.": ([], "a measure, not a source: nothing but meaning tells"),
    "Ann Lee said the bridge was safe and closed it the same day.": (
        [("Ann Lee", "said", "the bridge was safe")],
        "'closed' may go on with what she said",
    ),
    "The minister said the board had lied, and that was the end of it.": (
        [("The minister", "said", "the board had lied")],
        "'and that' mostly goes on with what was said",
    ),
}


@pytest.mark.parametrize(
    "sentence",
    [pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=why)) for name, (_, why) in MISSES.items()],
)
def test_known_misses(sentence: str) -> None:
    assert told(sentence) == MISSES[sentence][0]


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("Ann Lee denied that she had known of the leak.", "negative"),
        ("The mayor did not say whether the bridge was safe.", "negative"),
        ("No one has said why the boat sank.", "negative"),
        ("Ann Lee said the bridge was not safe.", "positive"),
        ("Critics wonder whether the bridge will hold.", "open"),
        ("The union vowed to strike.", "intended"),
        ("The union doubts that the board will pay.", "doubtful"),
        ("“We knew nothing,” insisted Ann Lee.", "positive"),
    ],
)
def test_polarity_tells_how_the_source_stands_to_the_statement(sentence: str, polarity: str) -> None:
    assert attributions([document(sentence)])["polarity"].to_list() == [polarity]


def test_sources_are_named_as_the_article_names_them() -> None:
    found = attributions(
        [
            document(
                "Ann Lee, the mayor, opened the pier on Monday.",
                "She said the ferry would sail. Lee added that it was late.",
                "The mayor told Harbour Radio that she was glad. Roy Poe, of the union, disagreed.",
                "He said the ferry was old. They claim it leaks.",
            )
        ]
    )
    assert found["source"].to_list() == ["Ann Lee", "Ann Lee", "Ann Lee", "Roy Poe", None]
    assert found["via"].to_list() == [[], [], ["Harbour Radio"], [], []]


def test_a_source_is_a_noun_phrase_and_not_the_clause_that_holds_it() -> None:
    found = attributions(
        [
            document(
                "The owners met in the old mill for a summit that underscores how their aims differ.",
                "Ann Lee spent much of Monday in Oslo and claimed that the mill leaks.",
                "It may lead to what the U.S. warned could be a flood.",
            )
        ]
    )
    assert found["source_text"].to_list() == ["a summit that", "Ann Lee", "the U.S."]
    assert found["source"].to_list() == [None, "Ann Lee", "United States"]


def test_what_things_show_or_suggest_is_attributed_but_nobody_said_it() -> None:
    text = ("The move suggests that rain is near.", "Ann Lee, a farmer, suggests that rain is near.")
    assert attributions([document(*text)]).height == 2
    assert quotes([document(*text)])["speaker"].to_list() == ["Ann Lee"]


def test_quotations_are_linked_and_not_told_twice() -> None:
    doc = document(
        "“The bridge is closed,” Ann Lee said. “We had no choice.”",
        "“And it will be sold.”",
        "She said that it was “a danger.”",
    )
    found = attributions([doc])
    Attributions.validate(found)
    linked = [quote for ids in found["quote_ids"].to_list() for quote in ids]
    assert linked == quotes([doc])["fact_id"].to_list()
    assert found["statement"].to_list() == [
        "The bridge is closed, … We had no choice. … And it will be sold.",
        "that it was “a danger.",
    ]


def test_spans_count_the_raw_text_where_the_clean_text_was_repaired() -> None:
    raw = "<b>Ann</b> Lee said the caf&eacute; was closed."
    edits = [
        Edit(0, 3, "", "markup", "r"),
        Edit(6, 10, "", "markup", "r"),
        Edit(raw.index("&"), raw.index(";") + 1, "é", "entity", "r"),
    ]
    text = Text(raw, edits)
    (row,) = attributions([Document("ab" * 32, text, [Block(0, "body", 0, len(text.clean), 1.0)])]).to_dicts()
    assert raw[row["source_start"] : row["source_end"]] == "Ann</b> Lee"
    assert (row["source"], row["statement"]) == ("Ann Lee", "the café was closed")
    assert raw[row["statement_start"] : row["statement_end"]] == "the caf&eacute; was closed"
    assert row["text"] == "Ann Lee said the café was closed"


def test_other_languages_have_their_quotations_only() -> None:
    lines = ("“We closed it,” Ann Lee said.", "Ann Lee said that it was late.")
    assert attributions([document(*lines, language="de")])["statement"].to_list() == ["We closed it,"]


WORDS = st.lists(
    st.sampled_from(
        ["Ann Lee", "she", "who", "said", "says", "told", "that", "according to", "vowed", "to", "claim", "the bridge", "is", "was", "asked", "seems",
         "calling", "for", "and", "but", "as", "“It holds,”", "“no", ",", ".", ":", ";", "—", "(", ")", "12", "\n", "The", "Roy Poe's", "not"]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=25)
@given(WORDS)
def test_every_row_opens_at_its_spans_and_has_its_own_key(pieces: list[str]) -> None:
    doc = document(*" ".join(pieces).split("\n"))
    doc.blocks = [block for block in doc.blocks if block.end > block.start]
    found = attributions([doc])
    Attributions.validate(found)
    assert found["fact_id"].is_unique().all()
    for row in found.iter_rows(named=True):
        assert row["text"] == doc.text.repaired(row["span_start"], row["span_end"])
        assert row["statement"] == " … ".join(
            doc.text.repaired(span["start"], span["end"]) for span in row["statement_spans"]
        )
        for words, start, end in (("source_text", "source_start", "source_end"), ("cue", "cue_start", "cue_end")):
            assert (row[words] is None) == (row[start] is None) == (row[end] is None)
            assert row[words] is None or row[words] == doc.text.repaired(row[start], row[end])


def test_only_factual_blocks_are_read() -> None:
    assert attributions([document("Ann Lee said that it holds.", kind="related")]).is_empty()


@pytest.mark.parametrize(
    "piece",
    [
        "said ",
        "he said, ",
        "according to ",
        "Ann Lee's claim that ",
        "asked by ",
        "told Lee, ",
        "and said ",
        "(said ",
        "A: ",
    ],
    ids=repr,
)
def test_long_texts_without_an_end_are_read(piece: str) -> None:
    attributions([document(piece * 2_000)])


def test_quotations_that_are_no_statements_are_those_that_their_rules_doubt() -> None:
    """The list is kept apart so that a rule of quotations can change without attributions being read again."""
    assert {name for name, rule in load_rules("quotes").items() if rule.confidence < 0.55} == DOUBTFUL
