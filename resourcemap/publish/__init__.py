"""Tell everyone: web map, lists and sheets, of released tables only."""
