"""Sections of the results page that set one thing against another."""
