"""Syntax to core: names resolved, sugar gone, statements in the order of application."""
