"""The measured figures as tables and rules take them."""
