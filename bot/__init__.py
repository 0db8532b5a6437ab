"""Safar: the Telegram bot a labour migrant in Kazakhstan asks when nobody else answers."""
