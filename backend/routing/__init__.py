"""What every route module is written with: parts, parameters, bytes with their hash, what OpenAPI says of them."""
