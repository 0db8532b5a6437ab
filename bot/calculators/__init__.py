"""Sums that a screen needs: days left, last days, prices, debts; pure functions of what they are given."""
