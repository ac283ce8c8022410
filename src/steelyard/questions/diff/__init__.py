"""Two traces: what differs, and which of rules, data or parameters caused it."""
