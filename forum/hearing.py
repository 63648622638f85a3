"""Who hears which event, in this order, in the transaction of the verb that announces it: one table.

Nothing hears by being imported. To let somebody hear, add a line here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from forum.accounts import events as accounts
from forum.backstage import events as backstage
from forum.boards import events as boards
from forum.bookmarks import events as bookmarks
from forum.bookmarks import subscribers as bookmarks_hear
from forum.caretakers import events as caretakers
from forum.caretakers import subscribers as caretakers_hear
from forum.conversations import events as conversations
from forum.core.events import Subscriber
from forum.following import events as following
from forum.following import subscribers as following_hears
from forum.gatherings import events as gatherings
from forum.gatherings import subscribers as gatherings_hear
from forum.groups import events as groups
from forum.groups import subscribers as groups_hear
from forum.holds import events as holds
from forum.holds import subscribers as holds_hear
from forum.importers import queries as import_queries
from forum.jobs import events as jobs
from forum.mail import subscribers as mail
from forum.moderation import events as moderation
from forum.moderation import subscribers as moderation_hears
from forum.notifications import (
    alarms,
    announcing,
    at_the_door,
    caretaking,
    circles,
    judged,
    judging,
    on_duty,
    queueing,
    removed,
    suggested,
    thanked,
)
from forum.notifications import events as notifications
from forum.notifications import holds as notices_of_holds
from forum.notifications import seeds as seeds_told
from forum.notifications import subscribers as notices
from forum.organization import events as organization
from forum.organization import subscribers as organization_hears
from forum.pages import events as pages
from forum.pages import subscribers as pages_hear
from forum.people import events as people
from forum.polls import events as polls
from forum.popularity import subscribers as popularity_hears
from forum.posts import events as posts
from forum.posts import subscribers as posts_hear
from forum.recognition import events as recognition
from forum.recognition import subscribers as recognition_hears
from forum.reporting import events as reporting
from forum.sanctions import events as sanctions
from forum.scheduling import events as scheduling
from forum.scorecard import events as scorecard
from forum.search import subscribers as search_hears
from forum.seeding import events as seeding
from forum.shields import events as shields
from forum.site import events as site
from forum.standing import events as standing
from forum.standing import subscribers as standing_hears
from forum.statements import events as statements
from forum.statements import subscribers as statements_hear
from forum.stewardship import events as stewardship
from forum.stewardship import subscribers as stewardship_hears
from forum.suggestions import events as suggestions

_note_links = partial(search_hears.note_links, old=import_queries.old_topics)  # old addresses name topics, too
_note_relocated = partial(search_hears.note_relocated, old=import_queries.old_topics)
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
    posts.AnswerWithdrawn, posts.ConfirmationWithdrawn, posts.StillTrue, posts.FoundOutdated, posts.TopicBacked,
    posts.BackingWithdrawn, posts.InvitationHandedOn, posts.InvitationDeclined,
    posts.TopicFollowed, posts.WikiSet,
    holds.WatchedWordsChanged, holds.HoldSet,
    following.BoardFollowed, following.TagFollowed, following.BoardDefaultSet, following.BoardDefaultApplied,
    following.BoardDefaultUndone,
    gatherings.AttendanceAnswered,
    statements.StatementChanged, statements.PledgeMade,
    recognition.Recognized, recognition.RecognitionTakenBack, recognition.RecognitionAnswered,
    recognition.AwardsChanged,
    moderation.Flagged, moderation.CaseOpened, moderation.Mended, moderation.AppealWithdrawn,
    scheduling.TopicScheduled, scheduling.ScheduledTopicCancelled, scheduling.ScheduledTopicPublished,
    polls.PollAttached, polls.PollEdited, polls.Voted, polls.VoteWithdrawn,
    notifications.NoticesMade, notifications.ChannelsChosen,
    standing.StandingHeld, sanctions.MemberNoted,
    stewardship.BoardPromoted, stewardship.DriftFound, scorecard.ScorecardMade,
    seeding.SeedPlanned, seeding.LessonLearned,
    organization.HostNamed, organization.AffiliationBegan, organization.AffiliationEnded,
    organization.PartnerAdded, organization.OrganizationDescribed, organization.ListingChosen,
    organization.CharterSaved, organization.DecisionEntered, organization.GuardDegraded, organization.StandByKept,
    organization.IncidentBegan, organization.IncidentEnded, organization.BannerRaised, organization.BannerEnded,
    organization.BannerPutAway, organization.DecisionAsked,
    organization.StandByReworded, organization.TurnWaived, organization.WaiverTakenBack, organization.TurnTaken,
    organization.TurnGivenBack, organization.SeenByOrganization,
    shields.BlockSet, shields.AddressesSeen, moderation.SpammerForgotten,
    organization.PerksSet, organization.SavedReplyChanged, backstage.AssignmentEnded,
)  # fmt: skip

# Event → who hears it, in this order, in the transaction of the verb.
SUBSCRIBERS: Mapping[type, Sequence[Subscriber]] = {
    **dict.fromkeys(_UNHEARD, ()),
    site.SettingChanged: (posts_hear.settle_anew,),
    accounts.ProfileReworded: (holds_hear.read_profile,),
    accounts.AccountCreated: (following_hears.begin, groups_hear.follow_person, pages_hear.remember_joining),
    accounts.TokenIssued: (mail.send_secret,),
    accounts.PasswordChanged: (mail.tell_password_changed,),
    accounts.AddressChanged: (mail.tell_address_changed, groups_hear.follow_person),
    accounts.AddressMoved: (mail.tell_address_moved, groups_hear.follow_person),
    accounts.AccountsMerged: (stewardship_hears.count_merged,),
    accounts.PlaceholderClaimed: (mail.greet_claimed, following_hears.begin, groups_hear.follow_person),
    accounts.IgnoringChanged: (circles.stop_ringing,),
    accounts.SignUpWaiting: (moderation_hears.open_sign_up, circles.tell_of_waiting),
    accounts.SignUpWaitsLong: (circles.tell_of_waiting,),
    accounts.SignUpAnswered: (moderation_hears.close_sign_up,),
    accounts.SignUpReopened: (moderation_hears.open_sign_up,),
    accounts.SignUpApproved: (mail.tell_approved,),
    accounts.SignUpDeclined: (moderation_hears.forget_sign_up, mail.tell_declined),
    accounts.GroupJoined: (organization_hears.begin_with_group, groups_hear.follow_standing, circles.tell_entrusted),
    accounts.GroupLeft: (
        organization_hears.end_with_group,
        groups_hear.follow_standing,
        caretakers_hear.note_taken_out,
    ),
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
    posts.PostEdited: (moderation_hears.mend, stewardship_hears.count_edited, notices.tell_of_edit, _note_links),
    posts.PostDeleted: (posts_hear.end_stand_by_with_post, stewardship_hears.recount_post, notices.forget_deleted),
    conversations.MessageSent: (circles.tell_of_message,),
    conversations.InvitedToConversation: (circles.tell_brought_in,),
    conversations.ConversationRead: (circles.see_conversation,),
    conversations.MessageReported: (moderation_hears.open_report, circles.tell_of_report),
    conversations.ReportClosed: (moderation_hears.close_report,),
    conversations.ReportReopened: (moderation_hears.open_report,),
    moderation.CaseWaitsLong: (queueing.tell_waits_long,),
    posts.PostTaken: (posts_hear.end_stand_by_with_post, stewardship_hears.recount_post),
    posts.PostRestored: (stewardship_hears.recount_post,),
    posts.PostUndeleted: (stewardship_hears.recount_post, notices.tell_again),
    posts.AnswerAccepted: (posts_hear.end_stand_by, stewardship_hears.count_edited, notices.tell_of_answer),
    posts.AnswerConfirmed: (posts_hear.end_stand_by, notices.tell_of_confirmation),
    posts.ConfirmedByPeers: (posts_hear.end_stand_by, notices.tell_of_confirmation),
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
    posts.TopicStateChanged: (posts_hear.end_stand_by, stewardship_hears.count_pins),
    posts.TopicMoved: (moderation_hears.follow_topic, popularity_hears.follow_the_topic, stewardship_hears.count_moved),
    posts.PostsRelocated: (
        bookmarks_hear.follow_the_posts,
        stewardship_hears.count_relocated,
        notices.follow_the_posts,
        _note_relocated,
    ),
    organization.StandBySettled: (at_the_door.tell_what_became,),
    organization.RoleGranted: (at_the_door.tell_role,),
    organization.RoleEnded: (at_the_door.tell_role_ended,),
    organization.HostAsked: (at_the_door.tell_hosts,),
    organization.HostAnswered: (at_the_door.tell_answer,),
    organization.ShiftsGiven: (on_duty.tell_of_shifts,),
    organization.ShiftChanged: (on_duty.tell_of_change,),
    organization.ShiftRemoved: (on_duty.tell_of_removal,),
    organization.ShiftNears: (on_duty.remind,),
    caretakers.CaretakerAsked: (caretaking.tell_asked,),
    caretakers.CaretakerAnswered: (caretaking.tell_answer,),
    caretakers.CaretakingEnded: (caretaking.tell_end,),
    caretakers.TermNears: (caretaking.remind,),
    suggestions.EditSuggested: (moderation_hears.open_suggestion, suggested.tell_author),
    suggestions.SuggestionAccepted: (moderation_hears.close_suggestion, suggested.tell_accepted),
    suggestions.SuggestionDeclined: (moderation_hears.close_suggestion, suggested.tell_declined),
    suggestions.SuggestionWithdrawn: (moderation_hears.close_suggestion,),
    suggestions.SuggestionReopened: (moderation_hears.open_suggestion, suggested.tell_reopened),
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
    seeding.SeedReworded: (seeds_told.tell_reworded,),
    seeding.SeedDropped: (seeds_told.tell_dropped,),
    seeding.SeedHeldBack: (seeds_told.tell_held,),
    seeding.SeedPosted: (seeds_told.tell_there,),
    seeding.SeedReviewed: (seeds_told.tell_reviewed,),
    scheduling.ScheduledTopicRefused: (notices.tell_of_refusal,),
    scheduling.ScheduledTopicHeld: (notices_of_holds.tell_waits,),
    holds.HeldForReview: (moderation_hears.open_held,),
    holds.HeldReworded: (moderation_hears.reword_held,),
    holds.HeldWithdrawn: (moderation_hears.close_held,),
    holds.ReleaseUndone: (moderation_hears.open_held, notices_of_holds.tell_waits_again),
    holds.RejectionUndone: (moderation_hears.open_held, notices_of_holds.tell_waits_again),
    holds.FlagAsked: (moderation_hears.flag_words,),
    holds.ProfileFlagAsked: (moderation_hears.flag_profile,),
    holds.SilenceAsked: (moderation_hears.silence,),
    holds.HeldReleased: (
        moderation_hears.close_held,
        notices_of_holds.tell_released,
    ),
    holds.HeldRejected: (
        moderation_hears.close_held,
        notices_of_holds.tell_rejected,
    ),
    polls.PollClosed: (notices.tell_of_closed_poll,),
    notifications.AnnouncementDue: (mail.send_announcement,),
    moderation.Decided: (judging.tell_decided, mail.tell_decided),
    moderation.DecisionUndone: (judging.tell_undone, mail.tell_undone),
    moderation.Proposed: (judging.tell_peers,),
    moderation.ProposalRefused: (judging.tell_proposer,),
    moderation.CaseClosed: (judging.tell_flaggers,),
    moderation.Appealed: (judging.tell_judges,),
    moderation.AppealDecided: (judging.tell_answer, mail.tell_objector),
    moderation.AppealReopened: (judging.tell_reopened,),
    standing.StandingChanged: (groups_hear.follow_person,),
    sanctions.SanctionImposed: (judged.tell_sanctioned, mail.tell_sanctioned),
    sanctions.SanctionRevoked: (judged.forget_sanction, mail.tell_taken_back),
    sanctions.SanctionLifted: (judged.tell_over, mail.tell_lifted),
    sanctions.SanctionOver: (judged.tell_over,),
    sanctions.WarningRead: (judged.see_warning,),
    shields.SignUpRushBegan: (alarms.tell_of_rush,),
    reporting.IllegalContentReported: (moderation_hears.open_notice, mail.acknowledge_report, alarms.tell_of_illegal),
    reporting.IllegalReportAnswered: (
        moderation_hears.close_notice,
        mail.tell_report_answered,
    ),
    reporting.IllegalReportReopened: (moderation_hears.open_notice, mail.tell_report_reopened, alarms.tell_of_illegal),
    moderation.SpammerLeaving: (removed.put_away,),
    moderation.SpammerReturned: (removed.bring_back,),
}
