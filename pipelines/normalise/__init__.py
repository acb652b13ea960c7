"""Normalise: an article's date, outlet, agencies and authors, from its blocks.

What belongs here: reading values off typed text, each with its evidence. What does not: deciding what is a caption
(clean) or what the article reports (extract).
"""
