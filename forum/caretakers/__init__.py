"""Who looks after a board: members appointed for a term, beside those whom a group lets moderate.

Owns the verbs and pages of appointments; the table stands in `boards`, whose right to moderate it gives. Announces who
is asked, what they said, and when a term nears its end or is over. Knows who of them is a peer: belongs to nobody.
"""
