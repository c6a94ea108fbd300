"""Pictures that ship: samples, image sets and the maps of them."""
