"""Promises of the service under hostile load, measured on the real program; `make torture` runs them all."""
