"""Pictures of a study that is done: their rows, sorted, as pages and files want them, and their small copies."""
