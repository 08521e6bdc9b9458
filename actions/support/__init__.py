"""Support: when people can be reached, how that is said, and the desk that takes over a conversation."""
