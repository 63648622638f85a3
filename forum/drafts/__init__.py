"""Words that are not published yet: drafts of members, and what guests wrote before they joined.

Owns the one draft that a member has at each place (a new topic on a board, a reply in a topic, an edit of a post),
with the sequence number that keeps two tabs from overwriting each other, and the texts that wait for their writer to
sign in.
Knows places by their kind and id alone: whoever has them shows them. Announces and hears nothing.
"""
