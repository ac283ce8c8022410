"""The small language that every back end sees: what a rule file means once sugar, names and types are gone."""
