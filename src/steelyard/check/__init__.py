"""Checks that an author would thank you for: types and units, points and weights, grades."""
