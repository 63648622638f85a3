"""The public scorecard: each week, what the organization was like as a member, in numbers nobody can change later.

`weeks.py`, `lines.py`, `limits.py` and `reckoning.py` think; `queries/gathering.py` fetches what they think about;
`elsewhere.py` is the one table of figures that other capabilities keep. A snapshot holds numbers, not words: words are
found when somebody reads it, in their language. Owns scorecards and their parts. Announces `ScorecardMade`.
"""
