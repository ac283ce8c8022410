"""Seals: what makes a change to a batch of traces visible. Merkle receipts, signatures, hidden fields."""
