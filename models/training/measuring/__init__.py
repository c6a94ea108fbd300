"""What is measured of fitted heads on pictures that they were not fitted on."""
