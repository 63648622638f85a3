"""Everything that somebody may or may not do here, each with its sentence."""

from enum import StrEnum


class Act(StrEnum):
    """A verb as the permission table knows it."""

    SEE_BOARD = "see_board"  # know that the board exists and read its list
    SEE_TOPIC = "see_topic"  # open the topic
    SEE_POST = "see_post"  # read the words of the post
    START_TOPIC = "start_topic"  # open a topic on a board
    REPLY = "reply"  # answer in a topic
    ASK_FIRST = "ask_first"  # write a topic before joining; it waits for its writer
    ANSWER_FIRST = "answer_first"  # write a reply before joining
    LET_WAIT = "let_wait"  # have such words kept, and let go of them
    KEEP_DRAFT = "keep_draft"  # keep what one has begun, for oneself
    DISCARD_DRAFT = "discard_draft"  # throw one's own draft away
    EDIT_POST = "edit_post"  # change one's own words, or another's on a wiki post or as moderator
    RETITLE = "retitle"  # change title, tags and form fields of a topic
    SEE_REVISIONS = "see_revisions"  # read what a post said before
    RESTORE_REVISION = "restore_revision"  # bring an earlier wording back
    DELETE_POST = "delete_post"  # take a post away
    UNDELETE_POST = "undelete_post"  # bring it back
    REACT = "react"  # say thanks, helpful, …
    ACCEPT_ANSWER = "accept_answer"  # say which reply answered the question
    MAKE_WIKI = "make_wiki"  # let everybody who may reply edit a post, or nobody but its author
    ATTACH_POLL = "attach_poll"  # ask a question with options in a post of one's own
    EDIT_POLL = "edit_poll"  # change a poll: its words before the first vote, its end until it has come
    CLOSE_POLL = "close_poll"  # end a poll before its time
    ATTEND = "attend"  # say whether one comes to an event
    VOTE = "vote"  # choose in a poll, choose anew, take it back
    KEEP_TIME = "keep_time"  # do what is due by the clock, set by somebody or by the house
    CONFIRM_ANSWER = "confirm_answer"  # say for the organization that an answer is right
    DOUBT = "doubt"  # say that an answer or a reference page is no longer true
    SETTLE_DOUBT = "settle_doubt"  # say that it is still true, or outdated
    HAVE_TOO = "have_too"  # say that one has the same question
    VOTE_FOR_IDEA = "vote_for_idea"  # be for an idea
    TAKE_BACK = "take_back"  # take back a vote, or that one has the same question
    ASK_TO_ANSWER = "ask_to_answer"  # invite somebody to answer a question
    ANSWER_INVITATION = "answer_invitation"  # hand on or decline an invitation to answer
    STEER_IDEA = "steer_idea"  # say how far an idea is, merge duplicates
    KEEP_SCHEDULED = "keep_scheduled"  # edit, publish or take back a topic of one's own that waits for its time
    LOCK_TOPIC = "lock_topic"  # end the replies, or allow them again
    ARCHIVE_TOPIC = "archive_topic"  # freeze a topic as it is
    PIN_TOPIC = "pin_topic"  # hold a topic at the top for a while
    BOOKMARK = "bookmark"  # keep a post for oneself
    MARK_READ = "mark_read"  # move one's own reading position
    FOLLOW = "follow"  # choose how closely to follow a topic or a board
    CHOOSE_CHANNELS = "choose_channels"  # choose how to hear of what
    FOLLOW_TAG = "follow_tag"  # choose how closely to follow a tag
    ENTER = "enter"  # sign up, sign in, use a link from a mail
    ACCEPT_TERMS = "accept_terms"  # accept the rules as they are now
    SEE_STANDING = "see_standing"  # read why a member stands where they stand
    HOLD_STANDING = "hold_standing"  # keep a member at a level, with a reason
    EDIT_PROFILE = "edit_profile"  # change what a profile says, and the name: what others see
    EDIT_ACCOUNT = "edit_account"  # change address, password, sessions, how pages look: what is one's own
    SEE_GROUP = "see_group"  # know that the group exists and open its page
    SEE_GROUP_MEMBERS = "see_group_members"  # read who is in it
    JOIN_GROUP = "join_group"  # enter an open group
    ASK_TO_JOIN = "ask_to_join"  # ask the owners of a group to be let in
    LEAVE_GROUP = "leave_group"  # go out of a group, or not ask any more
    ANSWER_GROUP_INVITATION = "answer_group_invitation"  # say yes or no to an invitation of one's own
    MANAGE_GROUP = "manage_group"  # let people in, invite, put out, hand a group on
    UPLOAD = "upload"  # bring a picture or a file, and use it in one's words
    DISUSE_UPLOAD = "disuse_upload"  # let go of what words used that are gone
    WRITE_TO_GROUP = "write_to_group"  # begin a conversation with a group
    START_CONVERSATION = "start_conversation"  # begin a private conversation
    SEE_CONVERSATION = "see_conversation"  # read a private conversation
    WRITE_MESSAGE = "write_message"  # write in it
    EDIT_MESSAGE = "edit_message"  # say one's own message otherwise
    INVITE_TO_CONVERSATION = "invite_to_conversation"  # bring somebody in
    LEAVE_CONVERSATION = "leave_conversation"  # go out of it
    ARRANGE_CONVERSATION = "arrange_conversation"  # mute it or put it away, for oneself
    REPORT_MESSAGE = "report_message"  # show one message to the moderators
    WRITE_TO_MODERATORS = "write_to_moderators"  # write to all moderators in one place
    WRITE_AS_MODERATOR = "write_as_moderator"  # write to a member as one of the moderators
    SEE_REPORTS = "see_reports"  # read what members report
    IGNORE = "ignore"  # not hear of somebody
    INVITE_PEOPLE = "invite_people"  # hand out links by which people may join, where the gate lets one
    REVOKE_INVITATION = "revoke_invitation"  # take such a link back
    APPROVE_SIGN_UPS = "approve_sign_ups"  # let in who waits to join
    SET_AWAY = "set_away"  # say, as staff, that one is away and who stands in
    ADMINISTER = "administer"  # boards, groups, people, outbox, site
    IMPORT = "import"  # bring an archive in
