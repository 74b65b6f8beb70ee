"""One module per case; its name with hyphens is the name of the case."""
