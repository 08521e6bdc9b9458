"""Customers in Chatwoot's inboxes, and the agents who take over there."""
