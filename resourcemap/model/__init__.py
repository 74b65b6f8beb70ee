"""The nouns: what the four tables hold, the catalogue of kinds, and who may see what."""
