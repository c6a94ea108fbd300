"""One file per family of databases, read as their authors distribute them; `models.training.rated_sets` lists them."""
