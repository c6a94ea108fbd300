"""Maps of studies and their experts: what the maps beside checkpoints have, of somebody's own pictures."""
