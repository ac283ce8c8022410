"""What one can ask of scores and traces: what would change, what did change, and which statement did it."""
