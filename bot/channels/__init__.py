"""How customers reach the bot: the web chat and the messaging channels."""
