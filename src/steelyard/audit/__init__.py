"""Checking what the engine says without the engine."""
