"""Hand-labelled gold over the articles of the bench, stand-off; see README.md and fill.py."""
