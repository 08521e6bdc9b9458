"""Graph components for `config.yml`: language, words, entities and topics of a message."""
