"""The search index: three files that the phone fetches one after the other.

``names.py`` makes the first two (names, aliases, words of citizens; then English, what is
handled elsewhere, further characters), ``text.py`` the third (papers, results, conditions,
questions, laws). ``readings.py`` alone knows the libraries for Chinese, whose import takes
longer than a small rebuild may: it is asked only when words are new (``files.py``).
Their shape, and how the phone ranks with them: docs/search.md.
"""
