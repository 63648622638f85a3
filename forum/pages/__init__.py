"""What the host says of itself and asks of people: about, rules, privacy, contact, legal notice, and pages of its own.

Owns `pages`, `page_versions`, `page_acceptances`; keeps the links of the footer and the number of the terms on the site
row. Announces `PagePublished`, `PageWithdrawn`, `TermsAccepted`; hears of new accounts, who accepted what they saw.
"""
