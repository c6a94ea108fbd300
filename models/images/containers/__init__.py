"""How files of some formats are laid out: markers, directories and boxes, read without decoding a pixel."""
