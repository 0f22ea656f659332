"""Who asks and who is told: the command line, Telegram and alerts."""
