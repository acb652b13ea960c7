"""Clean: captures to edits and typed blocks.

What belongs here: repairing characters and telling what each piece of the page is. What does not: changing text other
than by edits, and reading what the article says.
"""
