"""What may anybody take and use? Rows whose consent names open data, as files that other programs know."""
