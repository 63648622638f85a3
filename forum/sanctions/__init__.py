"""What moderators decide of a member: a warning, a right withdrawn for a while, reading only, a suspension; and what
they note of them. One page for the member with all that applies, and how to appeal.

Owns `sanctions` (the table stands in accounts, whose reads ask it) and `member_notes`. Announces `SanctionImposed`,
`SanctionRevoked`, `SanctionLifted`, `SanctionOver`, `WarningRead`; hears nothing. Verbs elsewhere obey by what the
`Actor` carries (`restraints`), through the permission table.
"""
