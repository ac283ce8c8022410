"""A tree back to text, in the chosen language."""
