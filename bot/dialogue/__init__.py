"""What the bot answers, and when: content files, response generation and policies."""
