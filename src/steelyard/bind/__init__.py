"""Names to what they mean: inputs, row fields, lets, parts, functions."""
