"""Alerts: who follows what, what is due, and its delivery; nothing here knows Telegram."""
