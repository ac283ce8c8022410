"""A scheme as the criteria table that is printed and signed."""
