"""Inline examples: what a rule file says must come out, tried."""
