"""How well served? Figures per area and kind, with nobody dropped."""
