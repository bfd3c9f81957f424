"""Attacks: a small dose of each in `make test`, the whole of it in `make torture`."""
