"""A folder with weights: its manifest, its integrity, the picture that its score is checked with."""
