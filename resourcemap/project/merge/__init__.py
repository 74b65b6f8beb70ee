"""Filled worksheets merged back into the files that the resources came from."""
