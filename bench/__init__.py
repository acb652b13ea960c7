"""Measurements: speed against peers in the same run, quality on labelled data kept outside of the project."""
