"""The whole OpenAPI document against the real service."""
