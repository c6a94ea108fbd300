"""The database and the data folder, and what their faults are called."""
