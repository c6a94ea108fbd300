"""What every route module is written with: addresses, bytes with their hash, the OpenAPI document."""
