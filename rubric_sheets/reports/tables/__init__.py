"""Tables understood by their labels: facts, score tables, the form of a project."""
