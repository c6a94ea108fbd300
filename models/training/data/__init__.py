"""Pictures with labels, their splits, and what is computed of them once."""
