"""Topics and the posts in them: starting, replying, editing, reacting, reading.

Owns topics, posts, revisions, reactions, reading positions, topic tags. Announces `TopicStarted`, `ReplyPosted`,
`PostEdited`, `PostDeleted`, `PostRestored`, `AnswerAccepted`, … Hears `NameChanged`.
"""
