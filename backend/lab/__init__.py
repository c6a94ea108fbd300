"""A picture under a distortion, level by level."""
