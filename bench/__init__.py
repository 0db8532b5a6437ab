"""Measurements, not tests: `python -m bench` prints them, and says where a floor is missed."""
