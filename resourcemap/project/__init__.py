"""A project folder: which inputs, which outputs, and all the questions in order."""
