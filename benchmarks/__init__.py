"""The same policies built by policygen and by others, side by side: `make bench` (see README.md here)."""
