"""How does it come onto paper? Type, places with numbers, and what is said of each resource."""
