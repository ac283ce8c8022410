"""Exact values: numbers and rounding, types, units, targets, the states of a datum."""
