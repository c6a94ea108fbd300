"""What was measured of checkpoints, as pages show it."""
