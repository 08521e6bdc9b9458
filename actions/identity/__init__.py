"""Identity: who is asking, and whether they may be served. Knows nothing of Rasa."""
