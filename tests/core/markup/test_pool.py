"""Helpers come, work, are stopped, end and are replaced, and whoever asked never notices more than a plain text."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from forum.core.markup import close, pool, render
from tests.core.markup.processes import environment, helpers, lives

ROOT = Path(__file__).resolve().parents[3]
SLOW = "<b>" * 30_000
"""Takes the sanitiser longer than it may."""


@pytest.fixture(autouse=True)
def _a_fresh_pool():
    close()
    render("warm")


def test_a_post_is_written_while_the_helper_was_just_killed():
    (helper,) = helpers()
    os.kill(helper, signal.SIGKILL)
    assert render("*one*").html == "<p><em>one</em></p>"
    assert helper not in helpers()


def test_a_helper_killed_at_work_costs_one_post_its_markup_at_most():
    with ThreadPoolExecutor() as threads:
        slow = threads.submit(render, "a\n=\n" * 8_000)
        time.sleep(0.1)
        for process in helpers():
            os.kill(process, signal.SIGKILL)
        assert slow.result().words > 0
    assert render("*one*").html == "<p><em>one</em></p>"


def test_after_a_text_that_was_stopped_the_next_one_is_rendered():
    assert render(SLOW, pool.SourceKind.HTML).bounded
    assert render("*one*").html == "<p><em>one</em></p>"


def test_eight_people_at_once_get_each_their_own():
    def several(person: int) -> list[str]:
        return [render(f"*{person}* and **{number}**" + " x" * 5_000).html[:40] for number in range(4)]

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(several, range(8)))
    for person, shown in enumerate(results):
        for number, html in enumerate(shown):
            assert html.startswith(
                (f"<p><em>{person}</em> and <strong>{number}</strong>", f"<p>*{person}* and **{number}**")
            )
    assert len(helpers()) <= pool.HELPERS


def test_a_forked_server_process_starts_helpers_of_its_own():
    program = (
        "import os\n"
        "from forum.core.markup import render\n"
        "render('a')\n"
        "child = os.fork()\n"
        "shown = render('*b*').html\n"
        "if child == 0: os._exit(0 if shown == '<p><em>b</em></p>' else 1)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "0 <p><em>b</em></p>\n"
    assert done.stderr == ""


def test_when_the_server_is_killed_its_helpers_end_too():
    program = "import time\nfrom forum.core.markup import render\nrender('a')\nprint(flush=True)\ntime.sleep(60)\n"
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        server.stdout.readline()
        (helper,) = helpers(server.pid)
        server.kill()
    deadline = time.monotonic() + 3
    while lives(helper):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_helper_knows_no_secret_and_loads_neither_the_web_nor_the_database():
    os.environ["FORUM_SECRET_KEY"] = "not for helpers"
    try:
        close()
        render("a")
        (helper,) = helpers()
        assert "PYTHONPATH" in environment(helper)
        assert "FORUM_SECRET_KEY" not in environment(helper)
    finally:
        del os.environ["FORUM_SECRET_KEY"]
    program = "import sys, forum.core.markup.helper; print({'flask', 'sqlalchemy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_web_process_does_not_load_the_renderer_itself():
    program = "import sys, forum.core.markup; print({'markdown', 'bleach', 'pygments'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
