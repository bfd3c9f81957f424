"""What a new site begins with: settings, an example service with every key explained, a recipe for its host.

Nothing is written here: answers go in, files come out, by their paths in the site's folder.

```
answers       what is asked, with defaults, and what is wrong with an answer
example       the facts that a new site and a new service begin with
explained     facts and the model → YAML with a comment at every key
samples       a value for every key that isn't in use
guide         the comments in the author's language
recipes       the files of each host
pins          what CI installs, by its hashes
like          another service's file as a new one's beginning
```
"""
