"""One module per resource; `backend.app` includes them."""
