"""Whose area is it in? Blocks to areas, points to cells, resources to areas."""
