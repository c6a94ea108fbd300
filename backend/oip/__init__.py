"""The Open Inference Protocol, for clients that speak it already."""
