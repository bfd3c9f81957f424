"""What was published and when: frozen texts and facts, the chain that ties them, and what changed.

```
record      one release: what its files say
archive     a service's release folder → releases, or findings
timeline    which release is in force on a day, which one comes
facts       a policy → normalised facts, every word resolved
changes     facts × facts → what changed, in words
visible     a rendered text → blocks of words a reader gets
redline     blocks × blocks → a text with insertions and deletions
```
A frozen text and its list of changes never go through today's model, vocabulary or templates again.
"""
