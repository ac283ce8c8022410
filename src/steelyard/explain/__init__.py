"""Traces explained: where points were lost, why, and why not."""
