"""The preview: the sources watched, built in memory, shown in a browser. The only package that listens.

```
watch       the state of the sources' folders, by looking again and again
keeper      a thread that builds whenever that state changes
shown       what there is to show: the last good pages, and what is wrong now
paths       the path of a request to the page it asks for
dressing    what is added to a page on its way to the browser, and is in no built page
guard       who may ask
requests    answers, and the browsers that wait for news
server      where to listen, and until when
```

It stands on the `livereload` package for the protocol and the script in the browser. Its `Server` isn't used:
it looks every 800 ms, is deaf for 3 s after each reload, lets builds block requests, and lets any site in.
"""
