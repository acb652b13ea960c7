"""What a page declares about its article: JSON-LD, meta elements, microdata, times, links to the author.

What belongs here: finding the values, each with the source that states it. What does not: choosing between them
(normalise's work) and reading what they say.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html

Declared = dict[str, list[list[str]]]
"""Values by field, as pairs of source and value in the order of the page, the surer sources first."""

FIELDS = ("title", "author", "credit", "published", "modified", "outlet", "language", "section", "url")

_META = {
    "og:title": ("title", "og"), "twitter:title": ("title", "meta"), "dc.title": ("title", "meta"), "sailthru.title": ("title", "meta"),
    "parsely-title": ("title", "meta"), "title": ("title", "meta"), "headline": ("title", "meta"), "cxenseparse:title": ("title", "meta"),
    "author": ("author", "meta"), "article:author": ("author", "og"), "article:author_name": ("author", "meta"), "og:author": ("author", "og"),
    "sailthru.author": ("author", "meta"), "parsely-author": ("author", "meta"), "dc.creator": ("author", "meta"),
    "cxenseparse:author": ("author", "meta"), "byl": ("author", "meta"), "article_author": ("author", "meta"), "twitter:creator:name": ("author", "meta"),
    "dcterms.creator": ("author", "meta"), "article.author": ("author", "meta"), "authors": ("author", "meta"), "byline": ("author", "meta"),
    "article:published_time": ("published", "og"), "og:article:published_time": ("published", "og"), "article:published": ("published", "og"),
    "og:published_time": ("published", "og"), "datepublished": ("published", "meta"), "date": ("published", "meta"), "pubdate": ("published", "meta"),
    "pub_date": ("published", "meta"), "publish-date": ("published", "meta"), "publish_date": ("published", "meta"), "publishdate": ("published", "meta"),
    "publication_date": ("published", "meta"), "published_at": ("published", "meta"), "published": ("published", "meta"), "parsely-pub-date": ("published", "meta"),
    "sailthru.date": ("published", "meta"), "dc.date": ("published", "meta"), "dc.date.issued": ("published", "meta"), "dcterms.issued": ("published", "meta"),
    "dc.date.created": ("published", "meta"), "dcterms.created": ("published", "meta"), "dcterms.date": ("published", "meta"), "cxenseparse:recs:publishtime": ("published", "meta"),
    "article_date_original": ("published", "meta"), "article.published": ("published", "meta"), "article.created": ("published", "meta"),
    "originalpublicationdate": ("published", "meta"), "ptime": ("published", "meta"), "article:publication_date": ("published", "meta"), "pdate": ("published", "meta"),
    "displaydate": ("published", "meta"), "rnews:datepublished": ("published", "meta"), "citation_publication_date": ("published", "meta"),
    "article:modified_time": ("modified", "og"), "og:updated_time": ("modified", "og"), "datemodified": ("modified", "meta"), "article:updated": ("modified", "og"),
    "lastmod": ("modified", "meta"), "last-modified": ("modified", "meta"), "dcterms.modified": ("modified", "meta"), "article_date_updated": ("modified", "meta"),
    "dc.date.modified": ("modified", "meta"), "article.updated": ("modified", "meta"),
    "og:site_name": ("outlet", "og"), "application-name": ("outlet", "meta"), "apple-mobile-web-app-title": ("outlet", "meta"), "dc.publisher": ("outlet", "meta"),
    "publisher": ("outlet", "meta"), "article_publication_name": ("outlet", "meta"), "cre": ("outlet", "meta"),
    "og:locale": ("language", "og"), "dc.language": ("language", "meta"), "language": ("language", "meta"), "content-language": ("language", "meta"),
    "article:section": ("section", "og"), "section": ("section", "meta"), "parsely-section": ("section", "meta"),
    "og:url": ("url", "og"), "parsely-link": ("url", "meta"),
}  # fmt: skip
_PROPERTY = {
    "headline": "title", "author": "author", "creator": "author", "datepublished": "published", "datecreated": "published",
    "datemodified": "modified", "inlanguage": "language", "articlesection": "section",
}  # fmt: skip
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlog|AnalysisNews|ReviewNews)")
_LOOSE = re.compile(r'"(headline|datePublished|dateModified)"\s*:\s*"((?:[^"\\]|\\.){1,400})"')
_SURROGATES = re.compile(
    r"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
_TRAILING = re.compile(r",\s*([}\]])")
_LONGEST = 500
_LONGEST_SCRIPT = 2_000_000
_MOST = 12  # values of a field
_MOST_NODES = 400


def _text(value: Any) -> str:
    words = str(value)[: 2 * _LONGEST]
    return " ".join((html.unescape(words) if "&" in words else words).split())[:_LONGEST]


class _Found:
    """Values as they are found, each once."""

    def __init__(self) -> None:
        self.fields: Declared = {}

    def add(self, field: str, source: str, value: Any) -> None:
        words = _text(value) if isinstance(value, (str, int, float)) else ""
        if not words:
            return
        known = self.fields.setdefault(field, [])
        if [source, words] not in known and len(known) < _MOST:
            known.append([source, words])


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document, outer ones first, those in lists and graphs included."""
    waiting, count = [data], 0
    while waiting and count < _MOST_NODES:
        node = waiting.pop(0)
        count += 1
        if isinstance(node, list):
            waiting += node[:_MOST_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [
                node[name]
                for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
                if isinstance(node.get(name), (dict, list))
            ]


def _parsed(script: str) -> Any:
    """The script's data, small mistakes forgiven; None where it cannot be read."""
    script = (
        script.strip()
        .removeprefix("<!--")
        .removesuffix("-->")
        .removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .strip()
        .rstrip(";")
    )
    # Half a surrogate pair is no character, and no table can hold it.
    script = _SURROGATES.sub(lambda found: found[1] or r"\ufffd", script) if "\\u" in script else script
    for attempt in (script, _TRAILING.sub(r"\1", script)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _people(value: Any) -> Iterator[str]:
    """The names of an author field: a name, an object with one, or a list of either. Organisations write nothing."""
    for one in value[:40] if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and "Organization" not in str(one.get("@type")):
            name = one.get("name")
            yield from (each for each in (name if isinstance(name, list) else [name]) if isinstance(each, str))


def _organisations(value: Any) -> Iterator[str]:
    """The names of the organisations in an author field, such as the agency that a report came from."""
    for one in value[:40] if isinstance(value, list) else [value]:
        if isinstance(one, dict) and "Organization" in str(one.get("@type")) and isinstance(one.get("name"), str):
            yield one["name"]


def _named(value: Any) -> Any:
    """The name of an object, or of the first of a list."""
    value = value[0] if isinstance(value, list) and value else value
    return value.get("name") if isinstance(value, dict) else value


def _take_article(node: dict[str, Any], found: _Found) -> None:
    found.add("title", "json_ld", node.get("headline") or node.get("name"))
    for name in _people(node.get("author") or node.get("creator")):
        found.add("author", "json_ld", name)
    for name in _organisations(node.get("author") or node.get("creator")):
        found.add("credit", "json_ld", name)
    found.add("published", "json_ld", node.get("datePublished"))
    found.add("published", "json_ld_created", node.get("dateCreated"))
    found.add("modified", "json_ld", node.get("dateModified"))
    found.add("outlet", "json_ld", _named(node.get("publisher")))
    found.add("language", "json_ld", _named(node.get("inLanguage")))
    section = node.get("articleSection")
    found.add("section", "json_ld", section[0] if isinstance(section, list) and section else section)


def _json_ld(scripts: list[str], found: _Found) -> str:
    """Take in the page's article from its JSON-LD; returns its articleBody."""
    articles: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for script in scripts:
        data = _parsed(script)
        if data is None:
            for name, value in _LOOSE.findall(script):
                field = {"headline": "title", "datePublished": "published", "dateModified": "modified"}[name]
                found.add(field, "json_ld", value.replace('\\"', '"').replace("\\/", "/"))
            continue
        for node in _nodes(data):
            (articles if _is_article(node) else others).append(node)
    # Of several articles the page's own comes first: the one with a text or a date; teasers have neither.
    articles.sort(key=lambda node: (not node.get("articleBody"), not node.get("datePublished")))
    for node in articles[:1]:
        _take_article(node, found)
    if not articles:
        for node in others:
            if node.get("datePublished") and node.get("@type") in (
                "WebPage",
                "ItemPage",
                "VideoObject",
                "CollectionPage",
                "Review",
            ):
                found.add("published", "json_ld_page", node.get("datePublished"))
                found.add("modified", "json_ld_page", node.get("dateModified"))
    for node in others:
        if node.get("@type") in ("WebSite", "NewsMediaOrganization"):
            found.add("outlet", "json_ld_site", node.get("name"))
    body = articles[0].get("articleBody") if articles else None
    return body if isinstance(body, str) else ""


def declarations(root: lxml.html.HtmlElement) -> tuple[Declared, str]:
    """What the page declares, and the text that its JSON-LD gives for the article (empty where none)."""
    found = _Found()
    scripts, metas, times = [], [], []
    for element in root.iter("script", "meta", "title", "link", "time"):
        tag = element.tag
        if tag == "script":
            if "ld+json" in (element.get("type") or "") and element.text and len(element.text) <= _LONGEST_SCRIPT:
                scripts.append(element.text)
        elif tag == "meta":
            metas.append(element)
        elif tag == "time":
            times.append(element)
        elif tag == "link" and (element.get("rel") or "").lower() == "canonical":
            found.add("url", "canonical", element.get("href"))
        elif tag == "title" and "head" in {above.tag for above in element.iterancestors()}:
            found.add("title", "title", element.text)
    body = _json_ld(scripts, found)
    for element in metas:
        name = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        entry = _META.get(name.strip().lower())
        if entry:
            found.add(*entry, element.get("content"))
    for element in root.xpath("//*[@itemprop]")[:_MOST_NODES]:
        field = _PROPERTY.get(element.get("itemprop").strip().lower())
        if field:
            stated = element.get("content") or element.get("datetime") or element.text_content()
            found.add(field, "microdata", stated)
    for element in times:
        stated = element.get("datetime")
        if stated:
            found.add("time", "pubdate" if "pubdate" in element.attrib else "time", stated)
    for element in root.xpath("//a[contains(concat(' ', @rel, ' '), ' author ')]")[:8]:
        found.add("author", "rel_author", element.text_content())
    found.add("language", "lang", root.get("lang"))
    order = {name: place for place, name in enumerate(("json_ld", "og", "meta", "microdata"))}
    return {
        field: sorted(values, key=lambda value: order.get(value[0], 9))
        for field, values in sorted(found.fields.items())
    }, body
