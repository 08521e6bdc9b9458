"""The chat widget and the demo shop's pages, served by the bot; no build step."""
