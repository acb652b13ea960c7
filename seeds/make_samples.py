"""The sample captures that no editor can write: a Parquet file, a web archive, gzip, cp1252 and double mojibake.

``python seeds/make_samples.py`` writes them into ``seeds/captures``. All of it is our own writing: the events are real, the
outlets, bylines and private persons are not. Edit the words here, then label them in ``tests/gold/captures``.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import polars as pl

HERE = Path(__file__).resolve().parent

SALTMARSH = """A rocket pad, a long lunch and no paper

By Ines Calloway
14 September 2023

The meeting at Vostochny on Wednesday was over by supper, but the questions it leaves will keep diplomats busy into winter.

“We have a great deal to talk about,” Vladimir Putin said as he led his guest through the assembly hall. Kim Jong Un called the visit “a big step forward” – and signed the visitors’ book with the other man’s pen.

The café at the gate had laid in 40 portions of dumplings. It sold none. “They brought everything with them, even the tea,” said Zoë Brâncuși, who runs it.

© Saltmarsh Record 2023
"""
"""To be read wrongly twice over: UTF-8 taken for Windows-1252, and the result again."""

ROPEWALK = """<!DOCTYPE html>
<html lang="en"><head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">
<title>A lander, a rover and a school café that cheered | Ropewalk Gazette</title>
<meta property="og:site_name" content="Ropewalk Gazette">
<meta property="article:published_time" content="2023-08-24T07:10:00+01:00">
<script>window.before = "<p>not a paragraph</p>";</script>
</head><body>
<div id="menu"><a href="/">Front page</a> <a href="/science">Science</a> <a href="/tides">Tides</a></div>
<article>
<h1>A lander, a rover and a school café that cheered</h1>
<p class="byline">By Renée Oakhanger</p>
<p>At 13:34 on Wednesday the school café in Ropewalk fell silent. On the screen a number – the height of an Indian spacecraft above the moon – shrank to nothing, and 120 children shouted.</p>
<p>“It stood up straight,” said Milo Tarrant, 11, who had built one like it from milk cartons. His own had fallen over three times.</p>
<p>Chandrayaan-3 is the first craft to come to rest near the moon’s south pole. The rover inside weighs 26 kilograms and moves at one centimetre a second – “slower than our queue,” as the cook put it.</p>
</article>
<div class="share"><a href="#">Share on Facebook</a> <a href="#">Print</a></div>
<footer>© 2023 Ropewalk Gazette. All rights reserved.</footer>
</body></html>
"""
"""To be encoded as Windows-1252, which it declares."""

BRIEFS = [
    {
        "id": "lowland-0823",
        "url": "https://lowlandpost.example/science/2023/08/23/touchdown",
        "title": "Touchdown: Indian craft lands near lunar south pole",
        "published": "2023-08-23T16:02:00+02:00",
        "site": "Lowland Post",
        "fetched": "2023-08-23T18:30:00Z",
        "body": (
            "BENGALURU, India (AP) — Cheers went up in classrooms, temples and a packed control room on Wednesday as a robot from India "
            "settled on the moon, closer to its south pole than any craft before it.\n\n"
            "“India is on the moon!” exclaimed S. Somanath, who leads the space agency ISRO. He thanked “each and every Indian” for "
            "patience since a crash in 2019.\n\n"
            "The lander and its rover will work for two weeks, until the sun sets."
        ),
    },
    {
        "id": "lowland-0914",
        "url": "https://lowlandpost.example/world/2023/09/14/glove",
        "title": "The glove from orbit",
        "published": "2023-09-14T09:45:00+02:00",
        "site": "Lowland Post",
        "fetched": None,
        "body": (
            "By Wim Terhoeve\n\n"
            "Of all that changed hands on Wednesday at the Vostochny Cosmodrome, the strangest thing was a glove. It came from a "
            "spacesuit that had been in orbit, and Vladimir Putin gave it to Kim Jong Un.\n\n"
            "“You cannot eat a glove,” said Lee Min-seo, who teaches in Seoul. She puts the shortfall of the North’s harvest at "
            "800,000 tonnes."
        ),
    },
]
"""The records of the Parquet file."""

OURS = {"published": "date", "site": "outlet", "fetched": "captured_at", "body": "text"}

KELP = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Boats stayed in for the moon | Kelp Row Journal</title>
<meta property="og:site_name" content="Kelp Row Journal"><meta name="author" content="Bram Ostrander">
<meta property="article:published_time" content="2023-08-24T05:00:00Z">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Boats stayed in for the moon",
"datePublished":"2023-08-24T05:00:00Z","author":{"@type":"Person","name":"Bram Ostrander"},"publisher":{"@type":"Organization","name":"Kelp Row Journal"},
"articleBody":"Not one boat left Kelp Row on Wednesday evening. The crews sat in the net loft and watched …"}</script>
</head><body><header><nav><a href="/">Home</a><a href="/catch">The catch</a></nav></header>
<main><h1>Boats stayed in for the moon</h1><p class="meta">By Bram Ostrander · 24 August 2023</p>
<figure><img src="loft.jpg" alt=""><figcaption>The net loft on Wednesday. Photo: Kelp Row Journal</figcaption></figure>
<p>Not one boat left Kelp Row on Wednesday evening. The crews sat in the net loft and watched a spacecraft from India come down on the moon.</p>
<p>“Nineteen minutes, and nobody coughed,” said Dorit Anselm, who mends nets there. Her grandson counted the last 30 metres aloud.</p>
<aside class="related"><h2>Read next</h2><ul><li><a href="/a">Herring price falls</a></li><li><a href="/b">A lighthouse for sale</a></li></ul></aside>
<p>The lander will work for 14 days. The boats went out again at four in the morning.</p></main>
<footer>© Kelp Row Journal 2023</footer></body></html>
"""

DUNES = """<html><head><title>Train, rocket, dumplings - Dunes Dispatch</title></head><body>
<h1>Train, rocket, dumplings</h1>
<p>By Hanne Lorrimer</p>
<p>Kim Jong Un needed more than 60 hours by train to see a rocket. On Wednesday Vladimir Putin showed him one at the Vostochny Cosmodrome.</p>
<p>“It is about respect,” said Oskar Brandvik, who drove freight trains on the same line for 22 years. The line’s café – he misses it – closed in 2019.</p>
<p>Sign up for our morning letter</p>
</body></html>
"""
"""To be served in Windows-1252, which only the server says."""

FERRY = """A moon for the price of a ferry

ROPEWALK, Aug 25 – The ship that is to replace our ferry will cost $80 million. India went to the moon for less.

“Nobody asked us for a rover,” said Piet Vermaas, who runs the ferry office. The lander weighed 1,750 kilograms and carried no cars.
"""


def twice_wrong(text: str) -> str:
    """``text`` after two rounds of UTF-8 taken for Windows-1252; bytes that it leaves free are taken for what browsers take."""
    for _ in range(2):
        text = "".join(
            bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
            for byte in text.encode()
        )
    return text


def record(kind: str, name: str, moment: str, of: str, block: bytes, target: str | None = None) -> bytes:
    """One record of a web archive."""
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:x-newsledger:{name}>",
        "WARC-Date": moment,
        "WARC-Target-URI": target,
        "Content-Type": of,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{field}: {value}\r\n" for field, value in fields.items() if value is not None)
    return f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def answer(body: bytes, *headers: str) -> bytes:
    """An HTTP response."""
    return "\r\n".join(["HTTP/1.1 200 OK", *headers, "", ""]).encode() + body


def chunked(body: bytes, size: int = 700) -> bytes:
    """A body as a server sends it that does not know its length yet."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def archive() -> bytes:
    """A crawl of two pages, member by member as crawlers write it."""
    kelp, dunes = (
        "https://kelprow.example/2023/08/24/boats",
        "https://www.dunes-dispatch.example/train-rocket-dumplings",
    )
    http = "application/http; msgtype=response"
    packed = chunked(gzip.compress(KELP.encode(), mtime=0))
    records = [
        record("warcinfo", "info", "2023-09-15T02:00:00Z", "application/warc-fields", b"software: seeds/make_samples.py\r\n"),
        record("request", "ask", "2023-09-15T02:00:01Z", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n", kelp),
        record("response", "kelp-row", "2023-09-15T02:00:01Z", http, answer(packed, "Content-Type: text/html", "Content-Encoding: gzip", "Transfer-Encoding: chunked"), kelp),
        record("response", "dunes", "2023-09-15T02:00:09Z", http, answer(DUNES.encode("cp1252"), "Content-Type: text/html; charset=windows-1252"), dunes),
    ]  # fmt: skip
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def make(folder: Path) -> None:
    """Write all of them."""
    (folder / "summit-saltmarsh-twice-wrong.txt").write_text(twice_wrong(SALTMARSH), "utf-8", newline="")
    (folder / "moon-ropewalk-gazette.html").write_bytes(ROPEWALK.encode("cp1252"))
    (folder / "moon-ferry-price.txt.gz").write_bytes(gzip.compress(FERRY.encode(), mtime=0))
    (folder / "crawl.warc.gz").write_bytes(archive())
    pl.DataFrame(BRIEFS).rename(OURS).write_parquet(folder / "lowland.parquet", compression="zstd")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "captures")
