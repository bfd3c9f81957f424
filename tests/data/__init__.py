"""Data of the tests, and the scripts that wrote it."""
