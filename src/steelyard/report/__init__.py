"""Reports: a score and its trace in the forms people file."""
