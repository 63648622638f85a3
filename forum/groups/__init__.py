"""Groups as their members meet them: a page, coming in and going out, asking, inviting, and owners who decide.

Owns requests and invitations; the rows of groups and memberships stand in accounts, which the permission table reads.
Announces `MembershipAsked`, `MembershipDecided`, `InvitedToGroup`, …; hears what accounts say of addresses and groups:
automatic groups follow.
"""
