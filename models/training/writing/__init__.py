"""What a trained head leaves behind: a checkpoint folder, its card, one graph."""
