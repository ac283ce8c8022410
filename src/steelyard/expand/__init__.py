"""Expansion: a file without other files, changes, parameters, code tables and functions."""
