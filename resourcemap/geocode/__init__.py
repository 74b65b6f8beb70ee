"""Where is it? Written addresses to points, with a word on how sure each point is."""
