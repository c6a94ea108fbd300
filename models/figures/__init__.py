"""What is measured of models: the statistics, and the files that hold them."""
