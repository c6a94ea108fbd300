"""How a head and a trunk are fitted."""
