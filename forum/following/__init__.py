"""How closely members follow boards and tags, and what staff set as the default of a board.

Owns `board_follows`, `tag_follows`, `board_defaults` and the log of their being applied. How closely a topic is
followed stands in the row of its reading position (`posts`). Announces `BoardFollowed`, `TagFollowed`,
`BoardDefaultSet`, `BoardDefaultApplied`, `BoardDefaultUndone`. Hears who joins, and gives them the defaults.
"""
