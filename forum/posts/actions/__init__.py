"""The verbs of topics and posts, one file a family. The listing is the feature list."""

from forum.posts.actions.answering import accept_answer, withdraw_answer
from forum.posts.actions.arranging import close_duplicate, move_topic, reopen_duplicate, retitle
from forum.posts.actions.asking_hosts import answer_request, ask_host
from forum.posts.actions.backing import have_no_more, have_too, unvote, vote
from forum.posts.actions.confirming import confirm_answer, withdraw_confirmation
from forum.posts.actions.deleting import delete_post, undelete_post
from forum.posts.actions.doubting import doubt, say_outdated, say_still_true, tell_of_doubt, withdraw_doubt
from forum.posts.actions.editing import edit_post, restore_revision
from forum.posts.actions.following import follow_topic, spend_reading
from forum.posts.actions.handing_over import change_owner, undo_change_owner
from forum.posts.actions.holding import edit_held, hold_member, hold_topic, unhold_member, unhold_topic, withdraw_held
from forum.posts.actions.inviting import ask_to_answer, decline_invitation, hand_on
from forum.posts.actions.merging import merge_topic, undo_merge_topic
from forum.posts.actions.reacting import check_thanks, react, unreact
from forum.posts.actions.reading import mark_all_read, mark_read, undo_mark_all_read
from forum.posts.actions.releasing import reject, release, undo_rejection, undo_release
from forum.posts.actions.removing import hide_post, remove_post, restore_post, show_post
from forum.posts.actions.replying import reply
from forum.posts.actions.slowing import slow_down, undo_slow_down
from forum.posts.actions.splitting import NewTopic, split_topic, undo_split
from forum.posts.actions.standing_by import reword_stand_by, withdraw_stand_by
from forum.posts.actions.starting import start_topic
from forum.posts.actions.steering import change_state, merge_idea, unmerge_idea
from forum.posts.actions.stewarding import archive, lock, pin, unarchive, unlock, unpin
from forum.posts.actions.tagging import merge_tags, undo_merge
from forum.posts.actions.taking_over import give_back, take_over
from forum.posts.actions.tending import close_solved, settle_confirmations
from forum.posts.actions.timing import set_timer, turn_due_topics
from forum.posts.actions.turning import delay_stand_by, refuse_stand_by, turn_stand_by
from forum.posts.actions.waiting_turns import (
    give_turn_back,
    mark_urgent,
    say_seen,
    take_turn,
    take_waiver_back,
    unmark_urgent,
    waive_turn,
)
from forum.posts.actions.wiki import end_wiki, make_wiki

__all__ = [
    "NewTopic",
    "accept_answer",
    "answer_request",
    "archive",
    "ask_host",
    "ask_to_answer",
    "change_owner",
    "change_state",
    "check_thanks",
    "close_duplicate",
    "close_solved",
    "confirm_answer",
    "decline_invitation",
    "delay_stand_by",
    "delete_post",
    "doubt",
    "edit_held",
    "edit_post",
    "end_wiki",
    "follow_topic",
    "give_back",
    "give_turn_back",
    "hand_on",
    "have_no_more",
    "have_too",
    "hide_post",
    "hold_member",
    "hold_topic",
    "lock",
    "make_wiki",
    "mark_all_read",
    "mark_read",
    "mark_urgent",
    "merge_idea",
    "merge_tags",
    "merge_topic",
    "move_topic",
    "pin",
    "react",
    "refuse_stand_by",
    "reject",
    "release",
    "remove_post",
    "reopen_duplicate",
    "reply",
    "restore_post",
    "restore_revision",
    "retitle",
    "reword_stand_by",
    "say_outdated",
    "say_seen",
    "say_still_true",
    "set_timer",
    "settle_confirmations",
    "show_post",
    "slow_down",
    "spend_reading",
    "split_topic",
    "start_topic",
    "take_over",
    "take_turn",
    "take_waiver_back",
    "tell_of_doubt",
    "turn_due_topics",
    "turn_stand_by",
    "unarchive",
    "undelete_post",
    "undo_change_owner",
    "undo_mark_all_read",
    "undo_merge",
    "undo_merge_topic",
    "undo_rejection",
    "undo_release",
    "undo_slow_down",
    "undo_split",
    "unhold_member",
    "unhold_topic",
    "unlock",
    "unmark_urgent",
    "unmerge_idea",
    "unpin",
    "unreact",
    "unvote",
    "vote",
    "waive_turn",
    "withdraw_answer",
    "withdraw_confirmation",
    "withdraw_doubt",
    "withdraw_held",
    "withdraw_stand_by",
]
