"""The staff desk: one door, a browser; pages drawn on the server, which work without any script.

A page is a file with a function `pages()` that lists its `Page`s: method, path, the function that answers, and the
roles that may (`bot/desk/demand.py` for instance: `Page("GET", "/demand", show, ANALYSTS)`). The function is a plain
`def` that takes a `Visit` and gives a response, mostly `visit.page("demand.html", rows=rows)`: it runs in a thread of
the desk's own, so it may read disk and database, and the bot never waits for it. Whatever it needs it finds in
`visit.desk`; its template extends layout.html and says every phrase by `say("...")`, translated in
locales/<language>/LC_MESSAGES/desk.po (ru, kk, uz). A new file of pages is added to `_FILES` in pages.py, nowhere
else; the role matrix test then tries it with every role. Nothing of this is imported before somebody opens the desk.
"""
