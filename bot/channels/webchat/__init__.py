"""The web chat: the HTTP API that the chat widget and other programs talk to."""
