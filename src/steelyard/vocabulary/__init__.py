"""Functions of the language, declared: signature, meaning, examples and doc in one entry."""
