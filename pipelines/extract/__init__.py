"""Extract: facts from documents, one module per kind.

What belongs here: a kind's contract, its function and what only extractors share. What does not: knowledge of other
captures. Kinds never import each other.
"""
