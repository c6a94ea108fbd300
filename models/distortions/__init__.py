"""The distortions, applied, and the scores that people gave them."""
