"""What stored samples mean: to sRGB through profiles, codes and tone curves, and colour samples for every pixel."""
