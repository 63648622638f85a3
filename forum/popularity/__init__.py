"""Which topics are talked about: the lists *top* (of a day, week, month, year) and *hot*.

Owns `topic_scores`, made anew by jobs from what people did, so that a list is one walk along an index. Nobody sees a
score: there are no points here. Announces nothing; hears that a
topic moved.
"""
