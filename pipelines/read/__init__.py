"""Read: bytes to captures.

What belongs here: telling formats and character encodings, and saying why an input could not be read. What does not:
judging what a text says. Each format is one module with a reader, named in READERS.
"""
