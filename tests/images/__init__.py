"""Small odd and hostile pictures, made by code."""
