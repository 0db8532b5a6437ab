"""The listeners people and machines open with a browser."""
