"""People's accounts: sign-up, sign-in, sessions, names, profiles, groups.

Owns accounts, former names, sessions, tokens, groups. Announces `AccountCreated`, `TokenIssued`, `NameChanged`, …
Hears nothing. An imported or mailed-in author is a placeholder account: it has no password until somebody claims it.
"""
