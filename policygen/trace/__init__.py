"""What a build read and made, written down in the site, so that the next one does only what is new.

`seen` tells whether files are what they were, `files` keeps a trace, `call` says again what a command said if
nothing has changed, `past` is what a build is told of the last one. Nothing is believed because it stands
there: a file counts as the one that was read if its size and time are the same, or else its bytes; a trace
that can't be read is none.
"""
