"""From a resolution's text to a draft plan, by rules and without guessing silently: what is uncertain becomes a question (U1).

    receive   a file of any form                     → its text
    text/     the text, read once                    → Document: sentences, sheet, the sections of the phases
    find/     Document and what was found before it  → items, dates, actors; a finder changes nothing it is given
    facts     the finders, each given what it needs  → Facts
    compose   Facts                                  → Draft: the plan's tables (items), quotes verbatim
    leftover  what no item rests on                  → sentences for a person to check
    write     Draft                                  → the plan file; the fields' order in items is that of its keys
    summary   Draft, its questions, what was left    → the report for the terminal

`words/` holds the patterns of both languages, `guess` what a text shows without saying it.
To have a further thing found: a table in `items`, a finder in `find/`, its line in `facts`, and its place in `compose` and `write`.
"""
