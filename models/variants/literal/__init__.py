"""The founding document's plans as it writes them."""
