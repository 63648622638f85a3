"""The forum on one page: who answers which addresses, who hears which event, which jobs exist and when they run.

Nothing registers itself by being imported. To add a capability, add its lines here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from flask import Blueprint, Flask

from forum import rerendering
from forum.accounts import events as accounts
from forum.accounts import jobs as account_jobs
from forum.accounts import views as account_views
from forum.admin import views as admin_views
from forum.backstage import events as backstage
from forum.backstage import views as backstage_views
from forum.boards import events as boards
from forum.boards import views as board_views
from forum.bookmarks import events as bookmarks
from forum.bookmarks import jobs as bookmark_jobs
from forum.bookmarks import views as bookmark_views
from forum.conversations import events as conversations
from forum.conversations import views as conversation_views
from forum.core.events import Subscriber
from forum.drafts import jobs as draft_jobs
from forum.drafts import views as draft_views
from forum.following import events as following
from forum.following import subscribers as following_hears
from forum.following import views as following_views
from forum.gatherings import events as gatherings
from forum.gatherings import subscribers as gatherings_hear
from forum.gatherings import views as gathering_views
from forum.groups import events as groups
from forum.groups import jobs as group_jobs
from forum.groups import subscribers as groups_hear
from forum.groups import views as group_views
from forum.importers import queries as import_queries
from forum.importers import views as import_views
from forum.jobs import events as jobs
from forum.mail import jobs as mail_jobs
from forum.mail import subscribers as mail
from forum.notifications import announcing, at_the_door, circles, on_duty, thanked
from forum.notifications import events as notifications
from forum.notifications import jobs as notice_jobs
from forum.notifications import seeds as seeds_told
from forum.notifications import subscribers as notices
from forum.notifications import views as notification_views
from forum.organization import events as organization
from forum.organization import jobs as organization_jobs
from forum.organization import subscribers as organization_hears
from forum.organization import views as organization_views
from forum.pages import events as pages
from forum.pages import subscribers as pages_hear
from forum.pages import views as page_views
from forum.people import events as people
from forum.people import views as people_views
from forum.polls import actions as poll_actions
from forum.polls import events as polls
from forum.polls import forms as poll_forms
from forum.polls import jobs as poll_jobs
from forum.polls import views as poll_views
from forum.popularity import jobs as popularity_jobs
from forum.popularity import subscribers as popularity_hears
from forum.popularity import views as popularity_views
from forum.posts import events as posts
from forum.posts import jobs as post_jobs
from forum.posts import subscribers as posts_hear
from forum.posts import views as post_views
from forum.posts.companions import Companion
from forum.recognition import events as recognition
from forum.recognition import jobs as recognition_jobs
from forum.recognition import subscribers as recognition_hears
from forum.recognition import views as recognition_views
from forum.scheduling import actions as later
from forum.scheduling import events as scheduling
from forum.scheduling import forms as scheduling_forms
from forum.scheduling import jobs as scheduling_jobs
from forum.scheduling import views as scheduling_views
from forum.search import jobs as search_jobs
from forum.search import subscribers as search_hears
from forum.search import views as search_views
from forum.seeding import events as seeding
from forum.seeding import jobs as seeding_jobs
from forum.seeding import views as seeding_views
from forum.site import events as site
from forum.site import views as site_views
from forum.standing import events as standing
from forum.standing import jobs as standing_jobs
from forum.standing import subscribers as standing_hears
from forum.standing import views as standing_views
from forum.statements import events as statements
from forum.statements import jobs as statement_jobs
from forum.statements import subscribers as statements_hear
from forum.statements import views as statement_views
from forum.stewardship import events as stewardship
from forum.stewardship import jobs as stewardship_jobs
from forum.stewardship import subscribers as stewardship_hears
from forum.stewardship import views as stewardship_views
from forum.uploads import jobs as upload_jobs
from forum.uploads import views as upload_views

# Blueprints, in the order in which addresses are looked up.
BLUEPRINTS: Sequence[Blueprint] = (
    account_views.blueprint,
    group_views.blueprint,
    board_views.blueprint,
    upload_views.blueprint,
    draft_views.blueprint,
    site_views.blueprint,
    post_views.blueprint,
    people_views.blueprint,
    organization_views.blueprint,
    backstage_views.blueprint,
    poll_views.blueprint,
    search_views.blueprint,
    notification_views.blueprint,
    page_views.blueprint,
    standing_views.blueprint,
    gathering_views.blueprint,
    bookmark_views.blueprint,
    statement_views.blueprint,
    seeding_views.blueprint,
    recognition_views.blueprint,
    stewardship_views.blueprint,
    scheduling_views.blueprint,
    conversation_views.blueprint,
    following_views.blueprint,
    popularity_views.blueprint,
    *admin_views.BLUEPRINTS,
    import_views.blueprint,
)

_note_links = partial(search_hears.note_links, old=import_queries.old_topics)  # old addresses name topics, too

# What nobody needs to hear, yet.
_UNHEARD = (
    jobs.JobRetried,
    site.SiteDescribed,
    accounts.SignedIn, accounts.SignedOut, accounts.AccountDeactivated, accounts.AccountReactivated,
    accounts.NameChanged, accounts.ProfileEdited, accounts.GateSet, accounts.InvitationMade,
    accounts.InvitationRevoked, accounts.GroupCreated, accounts.GroupEdited, accounts.GroupDeleted,
    groups.InvitationAnswered, groups.OwnerChanged, groups.GroupRulesSet,
    boards.SectionCreated, boards.SectionRenamed, boards.SectionPlaced, boards.SectionDeleted, boards.BoardEdited,
    boards.BoardPlaced, boards.BoardArchived, boards.BoardReopened, boards.BoardRightsSet, boards.BoardDeleted,
    boards.TagCreated, boards.TagEdited, boards.TagDeleted, boards.TagsMerged, boards.TagsParted,
    people.HelpTagsChosen, people.AwaySet, people.AwayEnded,
    pages.PagePublished, pages.PageWithdrawn, pages.TermsAccepted,
    conversations.ConversationStarted, conversations.MessageEdited, conversations.ConversationLeft,
    conversations.ReportClosed,
    posts.AnswerWithdrawn, posts.ConfirmationWithdrawn, posts.StillTrue, posts.FoundOutdated, posts.TopicBacked,
    posts.BackingWithdrawn, posts.InvitationHandedOn, posts.InvitationDeclined,
    posts.TopicFollowed, posts.WikiBegan, posts.WikiEnded,
    following.BoardFollowed, following.TagFollowed, following.BoardDefaultSet, following.BoardDefaultApplied,
    following.BoardDefaultUndone,
    gatherings.AttendanceAnswered,
    statements.StatementChanged, statements.PledgeMade,
    recognition.Recognized, recognition.RecognitionTakenBack, recognition.RecognitionAnswered,
    recognition.AwardsChanged,
    scheduling.TopicScheduled, scheduling.ScheduledTopicCancelled, scheduling.ScheduledTopicPublished,
    polls.PollAttached, polls.PollEdited, polls.Voted, polls.VoteWithdrawn,
    notifications.NoticesMade, notifications.ChannelsChosen,
    standing.StandingHeld,
    stewardship.BoardPromoted, stewardship.DriftFound,
    seeding.SeedPlanned, seeding.LessonLearned,
    organization.HostNamed, organization.AffiliationBegan, organization.AffiliationEnded, organization.RoleGranted,
    organization.RoleEnded, organization.PartnerAdded, organization.OrganizationDescribed, organization.ListingChosen,
    organization.CharterSaved, organization.DecisionEntered, organization.GuardDegraded, organization.StandByKept,
    organization.IncidentBegan, organization.IncidentEnded, organization.BannerRaised, organization.BannerEnded,
    organization.BannerPutAway, organization.DecisionAsked,
    organization.StandByReworded, organization.TurnWaived, organization.TurnTaken, organization.SeenByOrganization,
    organization.PerksSet, organization.SavedReplyChanged, backstage.AssignmentEnded,
)  # fmt: skip

# Event → who hears it, in this order, in the transaction of the verb.
SUBSCRIBERS: Mapping[type, Sequence[Subscriber]] = {
    **dict.fromkeys(_UNHEARD, ()),
    site.SettingChanged: (posts_hear.settle_anew,),
    accounts.AccountCreated: (following_hears.begin, groups_hear.follow_person, pages_hear.remember_joining),
    accounts.TokenIssued: (mail.send_secret,),
    accounts.PasswordChanged: (mail.tell_password_changed,),
    accounts.AddressChanged: (mail.tell_address_changed, groups_hear.follow_person),
    accounts.AddressMoved: (mail.tell_address_moved, groups_hear.follow_person),
    accounts.AccountsMerged: (stewardship_hears.count_merged,),
    accounts.PlaceholderClaimed: (mail.greet_claimed, following_hears.begin, groups_hear.follow_person),
    accounts.IgnoringChanged: (circles.stop_ringing,),
    accounts.SignUpWaiting: (circles.tell_of_waiting,),
    accounts.SignUpWaitsLong: (circles.tell_of_waiting,),
    accounts.SignUpApproved: (mail.tell_approved,),
    accounts.SignUpDeclined: (mail.tell_declined,),
    accounts.GroupJoined: (organization_hears.begin_with_group, groups_hear.follow_standing, circles.tell_entrusted),
    accounts.GroupLeft: (organization_hears.end_with_group, groups_hear.follow_standing),
    groups.MembershipAsked: (circles.tell_owners,),
    groups.MembershipDecided: (circles.tell_decision,),
    groups.InvitedToGroup: (circles.tell_invited,),
    boards.BoardCreated: (stewardship_hears.begin_board,),
    posts.TopicStarted: (
        stewardship_hears.count_post,
        statements_hear.begin,
        notices.tell_of_topic,
        announcing.send_out,
        _note_links,
    ),
    posts.ReplyPosted: (stewardship_hears.count_post, statements_hear.begin, notices.tell_of_reply, _note_links),
    posts.PostEdited: (stewardship_hears.count_edited, notices.tell_of_edit, _note_links),
    posts.PostDeleted: (stewardship_hears.recount_post, notices.forget_deleted),
    conversations.MessageSent: (circles.tell_of_message,),
    conversations.InvitedToConversation: (circles.tell_brought_in,),
    conversations.ConversationRead: (circles.see_conversation,),
    conversations.MessageReported: (circles.tell_of_report,),
    posts.PostUndeleted: (stewardship_hears.recount_post,),
    posts.AnswerAccepted: (notices.tell_of_answer,),
    posts.AnswerConfirmed: (notices.tell_of_confirmation,),
    posts.ConfirmedByPeers: (notices.tell_of_confirmation,),
    posts.DoubtRaised: (notices.tell_of_doubt,),
    posts.DoubtTold: (notices.tell_followers_of_doubt,),
    posts.DoubtSettled: (notices.tell_who_doubted,),
    posts.AnswerAsked: (notices.tell_of_asking,),
    posts.IdeaStateChanged: (notices.tell_of_idea,),
    posts.IdeasMerged: (notices.tell_of_idea,),
    posts.MergeUndone: (notices.tell_of_undone_merge,),
    posts.Reacted: (notices.tell_of_reaction, recognition_hears.gather_thanks),
    posts.ReactionWithdrawn: (recognition_hears.leave_out_thanks,),
    recognition.ThanksGathered: (thanked.tell_of_thanks,),
    recognition.ThanksComplete: (mail.send_thanks,),
    posts.PostsRead: (notices.see_what_was_read, standing_hears.count_reading),
    posts.TopicStateChanged: (stewardship_hears.count_pins,),
    posts.TopicMoved: (popularity_hears.follow_the_topic, stewardship_hears.count_moved),
    organization.StandBySettled: (at_the_door.tell_what_became,),
    organization.HostAsked: (at_the_door.tell_hosts,),
    organization.HostAnswered: (at_the_door.tell_answer,),
    organization.ShiftsGiven: (on_duty.tell_of_shifts,),
    organization.ShiftChanged: (on_duty.tell_of_change,),
    organization.ShiftRemoved: (on_duty.tell_of_removal,),
    organization.ShiftNears: (on_duty.remind,),
    backstage.NoteWritten: (on_duty.tell_called,),
    backstage.TopicAssigned: (on_duty.tell_assigned,),
    posts.TopicFieldsEdited: (gatherings_hear.follow_the_edit,),
    posts.KeeperChanged: (notices.tell_keepers,),
    gatherings.PlaceGiven: (notices.tell_of_place,),
    gatherings.EventRescheduled: (notices.tell_of_other_time,),
    bookmarks.BookmarkDue: (notices.tell_of_reminder,),
    statements.ReviewDue: (notices.ask_for_statement,),
    statements.PledgeSettled: (notices.tell_of_pledge,),
    statements.PledgeDue: (notices.ask_for_pledge,),
    seeding.AskedToTakePart: (seeds_told.tell_asked,),
    seeding.TakingPartAnswered: (seeds_told.tell_enough,),
    seeding.SeedMoved: (seeds_told.tell_moved,),
    seeding.SeedDropped: (seeds_told.tell_dropped,),
    seeding.SeedHeldBack: (seeds_told.tell_held,),
    seeding.SeedPosted: (seeds_told.tell_there,),
    seeding.SeedReviewed: (seeds_told.tell_reviewed,),
    scheduling.ScheduledTopicRefused: (notices.tell_of_refusal,),
    polls.PollClosed: (notices.tell_of_closed_poll,),
    notifications.AnnouncementDue: (mail.send_announcement,),
    standing.StandingChanged: (groups_hear.follow_person,),
}

# What may come along with a post, in the order in which its form offers it.
COMPANIONS: Sequence[Companion] = (
    Companion("poll", poll_forms.PollForm, "polls/ask.html", poll_actions.attach_poll, poll_forms.typed, addable=True),
    Companion(later.KEY, scheduling_forms.LaterForm, "scheduling/ask.html", instead=later.schedule, topics_only=True),
)

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600

# Job name → what a worker does: (payload) → None, safe to repeat; and every how many seconds it does so by itself
# (0: when somebody orders it).
_WORK: Mapping[str, tuple[Callable[..., None], int]] = {
    "send_mail": (mail_jobs.send_mail, 0),
    "forget_old_mail": (mail_jobs.forget_old_mail, DAY),
    "forget_expired_secrets": (account_jobs.forget_expired_secrets, HOUR),
    "settle_groups": (group_jobs.settle_groups, HOUR),
    "forget_unused_uploads": (upload_jobs.forget_unused_uploads, DAY),
    "forget_old_drafts": (draft_jobs.forget_old_drafts, DAY),
    "remind_of_waiting": (account_jobs.remind_of_waiting, 15 * MINUTE),
    "finish_rendering": (rerendering.finish, MINUTE),
    "tell_of_doubts": (post_jobs.tell_of_doubts, HOUR),
    "settle_confirmations": (post_jobs.settle_confirmations, 0),
    "close_solved_topics": (post_jobs.close_solved_topics, HOUR),
    "reckon_standings": (standing_jobs.reckon_standings, DAY),
    "finish_indexing": (search_jobs.finish_indexing, MINUTE),
    "forget_old_misses": (search_jobs.forget_old_misses, DAY),
    "forget_read_notices": (notice_jobs.forget_read_notices, DAY),
    "mail_announcement": (notice_jobs.mail_announcement, 0),
    "sum_reactions": (notice_jobs.sum_reactions, DAY),
    "ask_for_reviews": (notice_jobs.ask_for_reviews, DAY),
    "score_now": (popularity_jobs.score_now, 10 * MINUTE),
    "score_weeks": (popularity_jobs.score_weeks, HOUR),
    "score_year": (popularity_jobs.score_year, 6 * HOUR),
    "close_due_polls": (poll_jobs.close_due_polls, MINUTE),
    "turn_due_topics": (post_jobs.turn_due_topics, MINUTE),
    "remind": (bookmark_jobs.remind, MINUTE),
    "publish_due": (scheduling_jobs.publish_due, MINUTE),
    "turn_stand_bys": (post_jobs.turn_stand_bys, MINUTE),
    "post_due_seeds": (seeding_jobs.post_due_seeds, MINUTE),
    "review_seeds": (seeding_jobs.review_seeds, HOUR),
    "complete_thanks": (recognition_jobs.complete_thanks, 10 * MINUTE),
    "remind_of_shifts": (organization_jobs.remind_of_shifts, 15 * MINUTE),
    "tell_backups": (notice_jobs.tell_backups, 5 * MINUTE),
    "ask_what_is_due": (statement_jobs.ask_what_is_due, HOUR),
    "evaluate_stages": (stewardship_jobs.evaluate_stages, DAY),
    "ask_for_decisions": (stewardship_jobs.ask_for_decisions, DAY),
    "measure_boards": (stewardship_jobs.measure_boards, HOUR),
}
JOBS: Mapping[str, Callable[..., None]] = {name: work for name, (work, _) in _WORK.items()}
CALENDAR: Mapping[str, int] = {name: seconds for name, (_, seconds) in _WORK.items() if seconds}


def register(app: Flask) -> None:
    """Open the addresses."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
