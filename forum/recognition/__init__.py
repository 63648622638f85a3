"""Thanks: members to each other, and the organization to members, by name and after the fact.

Owns recognitions (what a Recognizer says that a post did for somebody, shown only with the member's yes), the awards
that may come with one, and thank-yous: one message a day gathers them. Announces both. Hears of thanks given below
posts. Whoever speaks for an organization, automated accounts and members with perks are never recognized.
"""
