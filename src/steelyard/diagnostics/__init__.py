"""Diagnostics as data: facts where they are found, words in the catalogue, art in the renderer."""
