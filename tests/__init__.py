"""The tests: they mirror the package, and tests/browser/ looks at the built site as a reader would."""
