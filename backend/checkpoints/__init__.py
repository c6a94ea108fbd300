"""Which checkpoints are there, what each is, and what was refused."""
