"""The agents' side of a hand-off: the bot's silence, their page and its API, messages to customers."""
