"""What a request passes before any route: host, origin, token, rate, size, and how every refusal is said."""
