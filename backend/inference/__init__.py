"""From a picture to a prediction: which checkpoint, whose turn, how long."""
