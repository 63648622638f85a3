"""Private conversations: between members, with groups, and the one that each member has with all moderators.

Owns conversations, who sits in them and how far they have read, messages, and reports of single messages. Announces
`ConversationStarted`, `MessageSent`, `InvitedToConversation`, `MessageReported`, …; hears nothing. Nobody reads a
conversation who does not take part in it, administrators included: a reported message shows moderators itself and its
surroundings, and nothing else.
"""
