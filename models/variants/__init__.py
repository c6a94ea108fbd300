"""One file per variant of the family; `models.registry` lists them."""
