"""A small language model on this computer, in a process of its own, so that the app's stays small.

    python -m chains.local models/t5-small          # serves http://127.0.0.1:8081/v1
    MODEL_SERVER_URL=http://127.0.0.1:8081/v1       # in the app's .env

It needs `transformers` and `torch` (the extra `local`), which nothing else of Inroad imports. A model is a
folder as `save_pretrained` writes it; nothing is ever downloaded, and no code of a folder is run.
"""
