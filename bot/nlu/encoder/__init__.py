"""all-MiniLM-L6-v2, a sentence encoder: built once from its published weights, run without PyTorch.

`python -m bot.nlu.encoder` builds it; nothing of it is in the repository.
"""
