"""What the bot does: skills that read the conversation, call a service and choose an answer."""
