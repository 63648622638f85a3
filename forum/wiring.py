"""The forum on one page: who answers which addresses, which jobs exist and when they run. Who hears which event stands
in `hearing.py`.

Nothing registers itself by being imported. To add a capability, add its lines here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, Flask

from forum import rerendering
from forum.accounts import jobs as account_jobs
from forum.accounts import views as account_views
from forum.admin import views as admin_views
from forum.backstage import views as backstage_views
from forum.boards import views as board_views
from forum.bookmarks import jobs as bookmark_jobs
from forum.bookmarks import views as bookmark_views
from forum.caretakers import jobs as caretaker_jobs
from forum.caretakers import views as caretaker_views
from forum.conversations import views as conversation_views
from forum.drafts import jobs as draft_jobs
from forum.drafts import views as draft_views
from forum.following import views as following_views
from forum.gatherings import views as gathering_views
from forum.groups import jobs as group_jobs
from forum.groups import views as group_views
from forum.holds import jobs as hold_jobs
from forum.importers import views as import_views
from forum.mail import jobs as mail_jobs
from forum.moderation import jobs as moderation_jobs
from forum.moderation import views as moderation_views
from forum.moderation.views import spam as spam_views
from forum.notifications import jobs as notice_jobs
from forum.notifications import views as notification_views
from forum.openness import views as openness_views
from forum.organization import jobs as organization_jobs
from forum.organization import views as organization_views
from forum.pages import views as page_views
from forum.people import views as people_views
from forum.polls import actions as poll_actions
from forum.polls import forms as poll_forms
from forum.polls import jobs as poll_jobs
from forum.polls import views as poll_views
from forum.popularity import jobs as popularity_jobs
from forum.popularity import views as popularity_views
from forum.posts import jobs as post_jobs
from forum.posts import views as post_views
from forum.posts.companions import Companion
from forum.recognition import jobs as recognition_jobs
from forum.recognition import views as recognition_views
from forum.reporting import jobs as reporting_jobs
from forum.reporting import views as reporting_views
from forum.sanctions import jobs as sanction_jobs
from forum.sanctions import views as sanction_views
from forum.scheduling import actions as later
from forum.scheduling import forms as scheduling_forms
from forum.scheduling import jobs as scheduling_jobs
from forum.scheduling import views as scheduling_views
from forum.scorecard import jobs as scorecard_jobs
from forum.scorecard import views as scorecard_views
from forum.search import jobs as search_jobs
from forum.search import views as search_views
from forum.seeding import jobs as seeding_jobs
from forum.seeding import views as seeding_views
from forum.shields import jobs as shield_jobs
from forum.shields import views as shield_views
from forum.site import views as site_views
from forum.standing import jobs as standing_jobs
from forum.standing import views as standing_views
from forum.statements import jobs as statement_jobs
from forum.statements import views as statement_views
from forum.stewardship import jobs as stewardship_jobs
from forum.stewardship import views as stewardship_views
from forum.suggestions import views as suggestion_views
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
    moderation_views.blueprint,
    people_views.blueprint,
    organization_views.blueprint,
    caretaker_views.blueprint,
    suggestion_views.blueprint,
    backstage_views.blueprint,
    poll_views.blueprint,
    search_views.blueprint,
    notification_views.blueprint,
    page_views.blueprint,
    standing_views.blueprint,
    sanction_views.blueprint,
    gathering_views.blueprint,
    bookmark_views.blueprint,
    statement_views.blueprint,
    seeding_views.blueprint,
    recognition_views.blueprint,
    stewardship_views.blueprint,
    scorecard_views.blueprint,
    scheduling_views.blueprint,
    conversation_views.blueprint,
    following_views.blueprint,
    popularity_views.blueprint,
    shield_views.blueprint,
    reporting_views.blueprint,
    spam_views.blueprint,
    openness_views.blueprint,
    *admin_views.BLUEPRINTS,
    import_views.blueprint,
)

# What may come along with a post, in the order in which its form offers it.
COMPANIONS: Sequence[Companion] = (
    Companion(
        "poll",
        poll_forms.PollForm,
        "polls/ask.html",
        poll_actions.attach_poll,
        poll_forms.typed,
        poll_forms.said,
        addable=True,
    ),
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
    "forget_decided": (hold_jobs.forget_decided, DAY),
    "carry_out_answers": (account_jobs.carry_out_answers, MINUTE),
    "remind_of_waiting": (account_jobs.remind_of_waiting, 15 * MINUTE),
    "finish_rendering": (rerendering.finish, MINUTE),
    "tell_of_doubts": (post_jobs.tell_of_doubts, HOUR),
    "settle_confirmations": (post_jobs.settle_confirmations, 0),
    "close_solved_topics": (post_jobs.close_solved_topics, HOUR),
    "tell_sanctions_over": (sanction_jobs.tell_over, 5 * MINUTE),
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
    "forget_old_runs": (post_jobs.forget_old_runs, DAY),
    "turn_due_topics": (post_jobs.turn_due_topics, MINUTE),
    "remind": (bookmark_jobs.remind, MINUTE),
    "publish_due": (scheduling_jobs.publish_due, MINUTE),
    "turn_stand_bys": (post_jobs.turn_stand_bys, MINUTE),
    "post_due_seeds": (seeding_jobs.post_due_seeds, MINUTE),
    "review_seeds": (seeding_jobs.review_seeds, HOUR),
    "complete_thanks": (recognition_jobs.complete_thanks, 10 * MINUTE),
    "remind_of_cases": (moderation_jobs.remind_of_cases, HOUR),
    "lapse_emergencies": (moderation_jobs.lapse_emergencies, 5 * MINUTE),
    "remind_of_shifts": (organization_jobs.remind_of_shifts, 15 * MINUTE),
    "keep_terms": (caretaker_jobs.keep_terms, HOUR),
    "tell_backups": (notice_jobs.tell_backups, 5 * MINUTE),
    "ask_what_is_due": (statement_jobs.ask_what_is_due, HOUR),
    "evaluate_stages": (stewardship_jobs.evaluate_stages, DAY),
    "ask_for_decisions": (stewardship_jobs.ask_for_decisions, DAY),
    "measure_boards": (stewardship_jobs.measure_boards, HOUR),
    "make_scorecards": (scorecard_jobs.make_scorecards, HOUR),
    "forget_addresses": (shield_jobs.forget_addresses, DAY),
    "forget_senders": (reporting_jobs.forget_senders, DAY),
    "remove_spam": (moderation_jobs.remove_spam, 0),
    "forget_removed": (moderation_jobs.forget_removed, HOUR),
}
JOBS: Mapping[str, Callable[..., None]] = {name: work for name, (work, _) in _WORK.items()}
CALENDAR: Mapping[str, int] = {name: seconds for name, (_, seconds) in _WORK.items() if seconds}


def register(app: Flask) -> None:
    """Open the addresses."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
