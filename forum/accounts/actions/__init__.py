"""The verbs of accounts, by what people do: join, enter, recover, claim, move to another address, change, found."""

from forum.accounts.actions.addresses import change_address, confirm_new_address, confirm_old_address
from forum.accounts.actions.administering import deactivate, move_address, reactivate
from forum.accounts.actions.claiming import claim, invite_to_claim
from forum.accounts.actions.entering import (
    Entered,
    end_other_sessions,
    end_session,
    note_presence,
    sign_in,
    sign_out,
)
from forum.accounts.actions.founding import create_administrator, found, prepare_setup
from forum.accounts.actions.gating import (
    approve_sign_up,
    carry_out_answers,
    decline_sign_up,
    make_invitation,
    remind_of_waiting,
    reopen_sign_up,
    revoke_invitation,
    set_gate,
)
from forum.accounts.actions.grouping import (
    add_to_group,
    create_group,
    delete_group,
    edit_group,
    remove_from_group,
)
from forum.accounts.actions.ignoring import choose_senders, ignore, stop_ignoring
from forum.accounts.actions.joining import confirm_sign_up, send_again, sign_up
from forum.accounts.actions.profile import choose_appearance, edit_profile, remove_picture, rename, set_picture
from forum.accounts.actions.recovering import ask_for_reset, change_password, reset_password
from forum.accounts.actions.tidying import forget_expired
from forum.accounts.actions.withdrawing import empty_profile, refill_profile

__all__ = [
    "Entered",
    "add_to_group",
    "approve_sign_up",
    "ask_for_reset",
    "carry_out_answers",
    "change_address",
    "change_password",
    "choose_appearance",
    "choose_senders",
    "claim",
    "confirm_new_address",
    "confirm_old_address",
    "confirm_sign_up",
    "create_administrator",
    "create_group",
    "deactivate",
    "decline_sign_up",
    "delete_group",
    "edit_group",
    "edit_profile",
    "empty_profile",
    "end_other_sessions",
    "end_session",
    "forget_expired",
    "found",
    "ignore",
    "invite_to_claim",
    "make_invitation",
    "move_address",
    "note_presence",
    "prepare_setup",
    "reactivate",
    "refill_profile",
    "remind_of_waiting",
    "remove_from_group",
    "remove_picture",
    "rename",
    "reopen_sign_up",
    "reset_password",
    "revoke_invitation",
    "send_again",
    "set_gate",
    "set_picture",
    "sign_in",
    "sign_out",
    "sign_up",
    "stop_ignoring",
]
