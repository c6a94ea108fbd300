"""One file per family of databases, read as their authors distribute them; `rated_sets` lists them."""
