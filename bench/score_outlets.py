"""Outlet and credited agencies, against labels made by someone who had not seen the rules.

``python -m bench.score_outlets predictions.jsonl [--closing]``, where a prediction is a line
``{"id", "set", "outlet": name or null, "agencies": [names]}``. ``--inputs FILE`` writes what a system may read of each
document instead: ``{"id", "set", "kind", "url" and "html"}`` of a page, ``"text"`` of the others. The labels and their
conventions are in bench/gold/outlets: 150 documents drawn from all, and 120 drawn from those that name an agency at all
(agencies alone are labelled there). Documents of the odd half are written and scored only with ``--closing``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import corpus
from bench.quality import HALVES, _rows

GOLD = Path(__file__).parent / "gold" / "outlets"
SETS = {
    "pages": "pages/pages.jsonl.gz",
    "pages_by_site": "pages/pages_by_site.jsonl.gz",
    "dump_full": "pages/dump_full.jsonl.gz",
    "dump_by_site_full": "pages/dump_by_site_full.jsonl.gz",
    "quotes/train": "quotes/train/docs.jsonl",
    "quotes/dev": "quotes/dev/docs.jsonl",
}

SHORT = {
    "ap": "Associated Press",
    "apnews": "Associated Press",
    "afp": "Agence France-Presse",
    "ani": "Asian News International",
    "bloomberg": "Bloomberg News",
    "dpa": "Deutsche Presse-Agentur",
    "ians": "Indo-Asian News Service",
    "pa": "PA Media",
    "pressassociation": "PA Media",
    "pti": "Press Trust of India",
    "rns": "Religion News Service",
    "reutersnews": "Reuters",
    "thomsonreuters": "Reuters",
    "tns": "Tribune News Service",
    "upi": "United Press International",
    "xinhuanewsagency": "Xinhua",
    "yonhapnewsagency": "Yonhap",
}
"""Other names that the agencies go by, in the form that ``key`` gives: no system is marked down for one of them."""


def key(name: str) -> str:
    """A name as names are compared: case, a leading "the", punctuation and spaces do not count."""
    words = name.casefold().split()
    kept = words[1:] if len(words) > 1 and words[0] == "the" else words
    return "".join(letter for word in kept for letter in word if letter.isalnum())


def agency_keys(names: list[str]) -> set[str]:
    """The agencies of a list, each in one form whichever of its names was used."""
    plain = {key(name) for name in names}
    return {key(SHORT[name]) if name in SHORT else name for name in plain if name}


def outlet_right(gold: dict[str, Any], said: str | None, *, hosts: bool) -> bool:
    """Is this the outlet's name? ``hosts``: is the host of the page, with or without "host:", an answer as well?"""
    names = {key(name) for name in (gold["outlet"], *gold["outlet_alternatives"]) if name}
    if not said:
        return gold["outlet"] is None
    if not hosts:
        return not said.startswith("host:") and key(said) in names
    return key(said.removeprefix("host:")) in names | {key(host) for host in gold["outlet_hosts"]}


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def outlets(rows: list[dict[str, Any]], said: dict[str, dict[str, Any]], title: str) -> str:
    """How many outlets are right, by their names alone as well; wrong names given; known outlets not named."""
    answers = [(row, said.get(row["id"], {}).get("outlet")) for row in rows]
    right = sum(outlet_right(row, name, hosts=True) for row, name in answers)
    named = sum(outlet_right(row, name, hosts=False) for row, name in answers)
    wrong = sum(1 for row, name in answers if name and not outlet_right(row, name, hosts=True))
    silent = sum(1 for row, name in answers if row["outlet"] and not name)
    share = right / len(rows) if rows else 0.0
    return f"{title}\tn={len(rows)}\tright={share:.3f}\tby_name={named}\twrong={wrong}\tsilent={silent}"


def agencies(rows: list[dict[str, Any]], said: dict[str, dict[str, Any]], title: str) -> str:
    """Micro precision, recall and F1 of (document, agency), and the share of documents with just the right set."""
    both = gold_count = said_count = exact = 0
    for row in rows:
        gold = agency_keys(row["agencies"])
        found = agency_keys(said.get(row["id"], {}).get("agencies") or [])
        found -= agency_keys(row.get("agencies_optional", [])) - gold
        both, gold_count, said_count = both + len(gold & found), gold_count + len(gold), said_count + len(found)
        exact += gold == found
    precision, recall = (both / said_count if said_count else 0.0), (both / gold_count if gold_count else 0.0)
    f1 = 2 * both / (said_count + gold_count) if said_count + gold_count else 1.0
    share = exact / len(rows) if rows else 0.0
    return (
        f"{title}\tn={len(rows)}\tcredits={gold_count}\tp={precision:.3f}\tr={recall:.3f}\tf1={f1:.3f}"
        f"\texact={share:.3f}"
    )


def score(
    gold: list[dict[str, Any]],
    said: dict[str, dict[str, Any]],
    halves: list[str],
    measure: Callable[[list[dict[str, Any]], dict[str, dict[str, Any]], str], str],
) -> Iterator[str]:
    """One line of a measure for each half and kind of document, and one for each half."""
    for half in halves:
        rows = [row for row in gold if HALVES[half](row["id"])]
        for kind in dict.fromkeys(row["kind"] for row in rows):
            yield measure([row for row in rows if row["kind"] == kind], said, f"{half} {kind}")
        yield measure(rows, said, f"{half} all")


def inputs(gold: list[dict[str, Any]], halves: list[str]) -> Iterator[dict[str, Any]]:
    """What a system may read of every labelled document of these halves."""
    wanted = {(row["set"], row["id"]): row["kind"] for row in gold if any(HALVES[half](row["id"]) for half in halves)}
    for name, place in SETS.items():
        path = corpus.bench_data() / place
        for row in _rows(path) if path.suffix == ".gz" else read(path):
            kind = wanted.get((name, row["id"]))
            if kind:
                fields = ("url", "html") if kind == "page" else ("text",)
                yield {"id": row["id"], "set": name, "kind": kind, **{field: row[field] for field in fields}}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, or write the inputs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predictions", type=Path, nargs="?")
    parser.add_argument("--inputs", type=Path, metavar="FILE", help="write what a system may read, and score nothing")
    parser.add_argument("--closing", action="store_true", help="the odd half too")
    given = parser.parse_args(arguments)
    halves = list(HALVES) if given.closing else ["even"]
    gold, wires = read(GOLD / "gold.jsonl"), read(GOLD / "wires.jsonl")
    if given.inputs:
        with given.inputs.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in inputs(gold + wires, halves))
    elif given.predictions:
        said = {row["id"]: row for row in read(given.predictions)}
        for title, rows, measure in (
            ("# drawn from all: outlet", gold, outlets),
            ("# drawn from all: agencies", gold, agencies),
            ("# drawn from those that name an agency: agencies", wires, agencies),
        ):
            print(title, *score(rows, said, halves, measure), sep="\n")
    else:
        parser.error("name a file of predictions, or one for --inputs")


if __name__ == "__main__":
    main()
