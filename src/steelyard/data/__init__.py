"""Data in: records whose every value knows the file, row and column it came from."""

from steelyard.data.read import read

__all__ = ["read"]
