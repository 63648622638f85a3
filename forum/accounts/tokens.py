"""What a secret in a mail is for, and how long it opens something."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """What the owner of an address may do with a secret that was sent there."""

    SIGN_UP = "sign_up"  # get the account that was asked for
    RESET = "reset"  # choose another password
    CLAIM = "claim"  # take over a placeholder
    ADDRESS_OLD = "address_old"  # let the account move to another address
    ADDRESS_NEW = "address_new"  # be that other address
    NOTHING = "nothing"  # nothing: there is no account; kept so that the address is not written to too often


# The setting that says for how long.
LIFE = {
    Purpose.SIGN_UP: "mail_link_life",
    Purpose.RESET: "reset_life",
    Purpose.CLAIM: "mail_link_life",
    Purpose.ADDRESS_OLD: "mail_link_life",
    Purpose.ADDRESS_NEW: "mail_link_life",
    Purpose.NOTHING: "reset_life",
}
# Somebody has to be told first that they were an author elsewhere.
LIFE_OF_INVITATION = timedelta(days=14)

MAILS_AN_HOUR = 5
