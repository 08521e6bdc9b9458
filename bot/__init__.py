"""How the bot runs: settings, start-up, command line, language understanding, channels and storage."""
