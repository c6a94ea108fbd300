"""Containers built by hand around pixels that other files hold."""
