"""Reverse audit: what the figures of a finished report say about each other and about its scheme."""

from steelyard.reverse.audit import audit
from steelyard.reverse.read import read_figures

__all__ = ["audit", "read_figures"]
