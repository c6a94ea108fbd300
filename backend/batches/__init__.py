"""Many pictures in the background, resumable."""
