"""What is there? Files of any kind to resources, areas, blocks and people."""
