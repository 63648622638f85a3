"""Which words wait for a moderator before they are posts, and why.

Owns watched words, held words, and the hosts that newcomers link to. The thinking is pure: `rules.py` says what
becomes of words, `words.py` finds watched words in them. Held words are not posts: `posts/actions/holding.py` makes
them, and makes them posts. Announces `HeldForReview`, `HeldReleased`, `HeldRejected`, `FlagAsked`, `SilenceAsked`, …
"""
