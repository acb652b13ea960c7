"""Encodings as pages name them: the labels of the WHATWG Encoding Standard, as far as Python has codecs for them.

What belongs here: names. What does not: choosing (charset).
"""

from __future__ import annotations

import codecs

# What a label means to a browser where it differs from what Python's codec of that name reads: mostly a superset.
_MEANT = {
    "ascii": "cp1252", "us-ascii": "cp1252", "ansi_x3.4-1968": "cp1252", "latin1": "cp1252", "iso8859-1": "cp1252", "x-cp1252": "cp1252",
    "iso8859-9": "cp1254", "latin5": "cp1254", "x-cp1254": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "dos-874": "cp874",
    "windows-874": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "gb_2312": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "chinese": "gb18030", "csgb2312": "gb18030", "csiso58gb231280": "gb18030", "iso-ir-58": "gb18030", "big5": "big5hkscs", "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs", "csbig5": "big5hkscs", "shift_jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "ms_kanji": "cp932",
    "windows-31j": "cp932", "csshiftjis": "cp932", "euc_kr": "cp949", "korean": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949", "ksc_5601": "cp949", "cseuckr": "cp949", "csksc56011987": "cp949", "iso-ir-149": "cp949", "windows-949": "cp949",
    "x-euc-jp": "euc_jp", "cseucpkdfmtjapanese": "euc_jp", "csiso2022jp": "iso2022_jp", "logical": "iso8859-8", "visual": "iso8859-8",
    "iso-8859-8-e": "iso8859-8", "iso-8859-8-i": "iso8859-8", "csiso88598e": "iso8859-8", "csiso88598i": "iso8859-8",
    "koi": "koi8_r", "koi8": "koi8_r", "koi8-ru": "koi8_u", "cskoi8r": "koi8_r", "x-mac-cyrillic": "mac_cyrillic", "x-mac-ukrainian": "mac_cyrillic",
    "macintosh": "mac_roman", "mac": "mac_roman", "x-mac-roman": "mac_roman", "csmacintosh": "mac_roman", "sun_eu_greek": "iso8859-7",
    "ecma-114": "iso8859-6", "ecma-118": "iso8859-7", "asmo-708": "iso8859-6", "elot_928": "iso8859-7", "iso-8859-6-e": "iso8859-6",
    "iso-8859-6-i": "iso8859-6", "csiso88596e": "iso8859-6", "csiso88596i": "iso8859-6", "unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8",
    "unicode20utf8": "utf-8", "x-unicode20utf8": "utf-8", "utf8": "utf-8", "utf8mb4": "utf-8", "utf-8": "utf-8", "x-cp1250": "cp1250", "x-cp1251": "cp1251",
    "x-cp1253": "cp1253", "x-cp1255": "cp1255", "x-cp1256": "cp1256", "x-cp1257": "cp1257", "x-cp1258": "cp1258",
    # A page that can be read far enough to find these is not written in them (HTML, section 13.2.3.2).
    "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-32": "utf-8", "utf-7": "utf-8", "unicode": "utf-8",
    "x-user-defined": "cp1252",
}  # fmt: skip


_NOT_FOR_PAGES = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"))
"""What Python calls encodings and no browser does: of host names, of Python's own source; some take time by the square."""

_ASCII = b"<html lang=en><p>0123"


def codec_of(label: str) -> str | None:
    """The codec that reads what a page calls ``label``; ``None`` where there is none for text.

    >>> codec_of(" ISO-8859-1 "), codec_of("gb2312"), codec_of("UTF-16"), codec_of("klingon")
    ('cp1252', 'gb18030', 'utf-8', None)
    >>> codec_of("unicode_escape"), codec_of("idna"), codec_of("cp037")
    (None, None, None)
    """
    label = label.strip().lower()
    if label in _MEANT:
        return _MEANT[label]
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    # Codecs such as "rot13" and "base64" turn text to text or bytes to bytes.
    if not getattr(found, "_is_text_encoding", True) or found.name in _NOT_FOR_PAGES:
        return None
    name = _MEANT.get(found.name, found.name)
    # A page whose declaration can be read is not in an encoding of mainframes, in which no letter is where ASCII has it.
    try:
        return name if _ASCII.decode(name) == _ASCII.decode("ascii") else None
    except UnicodeError:
        return None
