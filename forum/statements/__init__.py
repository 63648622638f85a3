"""What the organization is bound by: its official answers, and what it said that it will do.

Owns statements (who answers for an official post, from when it holds, when it is looked at again, what took its place)
and pledges ("we will …", with a day and somebody who sees to it). A post keeps a mark (`is_binding`), so that pages
without either ask nothing. Announces what falls due and what became of a pledge. Hears of new posts: one that says what
only the organization can say is a statement.
"""
