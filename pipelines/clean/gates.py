"""Cheap questions before costly ones: what a line must hold, or how it must begin, before a rule is asked.

What belongs here: words, openings and lengths that follow from a rule's pattern. What does not: the patterns
(``seeds/rules``). A search for a word costs next to nothing; a rule that no line can fit need not be asked.
"""

from __future__ import annotations

NEEDS = {
    "links/promo": (
        "ign up", "igning up", "ubscri", "ewsletter", "nbox", "our phone", "ollow ", "ike us", "ike me", "oin us", "oin me", "oin @", "oin our ", "oin the ",
        "ind us", "ind me", "ownload our", "ownload the", "egist", "ournalism", "ewsroom", "onat", "ontribut", "ecome a ", "be a member", "be a subs", "free trial", "our trial",
        "ree account", "r account", "hank you for", "hanks for", "lready a ", "y click", "y submit", "y provid", "y contin", "y enter", "rotected by",
        "cookies", "rivacy", "our terms", "ommission", "ompensation", "ffiliate", "ontact me", "our email", "mail from us", "mails from us", "elpful",
        "our feedback", "understand and", "irst to ", "ign in", "our editorial", "full gallery", "uy ticket", "you purchase", "you buy", "article was",
        "lick here", "LICK HERE", "LICKING", "live blog", "liveblog", "lease ", "preferred", "SIGN", "SUBS", "FOLLOW", "our comment", "et our ",
    ),
    "links/related_list": ("|",),
    "links/related_arrow": ("»", "›", ">>", "→", "⟶"),
    "links/related_live": ("live", "Live", "LIVE"),
    "links/disclosure": ("ndependent", "e may ", "e might ", "e can earn", "e could earn", "e will earn"),
    "links/newsletter": ("ewsletter", "aily ", "eekly ", "onthly ", "orning ", "vening ", "eekday ", "elivered to", "brought to", "straight to", "nter your e", "ign up", "ign-up", "ignup", "our sub", "your inbox"),
    "links/post_end": ("(@", "twitter.com/", "//t.co/", " post "),
    "furniture/menu_bar": ("|", "•", "·", "»", "›", "Home"),
    "furniture/release_contact": (":", "ontact", "SOURCE"),
    "furniture/contact_line": ("@", "-", "+", ")"),
    "furniture/place_date": (" 20", " 19"),
    "furniture/name_date": (" 20", " 19"),
    "furniture/byline_role": ("rrespondent", "eporter", "ditor", "riter", "lumnist", "ournalist", "ritic", "roducer", "ureau"),
    "credits/print_version": (" this ", "This "),
    "links/legal": ("ookie", "rackers", "racking tech", "ersonal data", "ersonal info", "our data", "our privacy", "our consent"),
    "pictures/toggle_named": ("oggle",),
    "captions/caption_alternative": (" of ", " from ", " show", " depict"),
    "captions/caption_tail_agency": (".", "!", "?", "”", '"', "’", ")"),
    "captions/caption_tail_photo": (".", "!", "?", "”", '"', "’", ")"),
    "captions/caption_tail_names": (".", "!", "?"),
    "captions/caption_tail_parens": (")", "]"),
    "captions/caption_tail_named": (")",),
    "captions/caption_credited_inside": ("redit", "hoto"),
    "captions/caption_licence": ("icensing Rights",),
    "captions/caption_tail_credit": ("redit", "REDIT", "hoto", "HOTO", "mage", "MAGE", "icture"),
    "captions/caption_tail_stroke": ("/", "|", "—", "–", " - ", "FILE PHOTO", "ia "),
    "credits/contributors_contributed": ("contribut",),
    "credits/copyright_use": ("ights reserved", "may not be", "epublish", "Commons", "nauthori", "permission"),
}  # fmt: skip
"""Of these words one must occur in a line that the rule fits."""

STARTS = {
    "links/follow": ("Follow", "FOLLOW", "Like ", "Find ", "You can ", "Please "),
    "links/shop_line": ("View", "Buy", "Shop", "See", "Get", "Check", "Order", "Pre", "Book", "MSRP", "RRP", "Price", "$", "£", "€"),
    "links/more_of_it": (
        "To ", "TO ", "Want", "WANT", "For more", "For More", "FOR MORE", "Looking", "LOOKING", "Enjoy", "ENJOY", "Like", "LIKE", "Dear", "DEAR", "Let us",
        "LET US", "Tell", "TELL", "Have", "HAVE", "Share", "SHARE", "Sound", "SOUND", "Install", "INSTALL",
    ),
    "credits/part_of": (
        "This ", "(This", "Cross", "Republ", "Reprint", "Repost", "Originally", "Adapted", "Excerpt", "(Cross", "(Republ", "(Reprint", "(Repost", "(Originally",
        "(Adapted", "(Excerpt", "Material",
    ),
    "credits/editors_note": ("*", "(", "[", "Edit", "EDIT", "Corr", "CORR", "Clar", "CLAR", "Updated", "This "),
    "credits/print_version": ("A ", "An ", "This "),
}  # fmt: skip
"""So a line begins that the rule fits."""

LIMITS = {
    "links/related_arrow": 130,
    "links/related_live": 130,
    "links/newsletter": 300,
    "links/shop_line": 160,
    "links/follow": 150,
    "credits/part_of": 320,
    "captions/caption_alternative": 160,
}
"""Characters of the longest line that the rule fits; else the opening of a line is asked, however long it is."""

TO_READERS = frozenset(("links/promo", "links/disclosure", "links/newsletter"))
"""Rules for what asks readers for something or owns up to them: a long line must speak of them or of us."""

# Endings that a full stop may follow; the others need not be searched for in most paragraphs.
STOPPED = frozenset(("captions/caption_tail_parens", "credits/contributors_contributed", "credits/copyright_use"))
