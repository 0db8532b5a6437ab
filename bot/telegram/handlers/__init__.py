"""What is done with each kind of update; routes.py says which is which."""
