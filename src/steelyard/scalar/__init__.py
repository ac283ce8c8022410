"""Scoring one record at a time. `reference.py` is what the language means; every other engine is tested against it."""
