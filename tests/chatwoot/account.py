"""What the fake Chatwoot and our settings in the tests agree on."""

ACCOUNT, TOKEN, SECRET, INBOX = 7, "bot-token-of-the-fake", "webhook-secret-of-the-fake", "aPiInBoX"
