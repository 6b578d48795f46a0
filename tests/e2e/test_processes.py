"""The product's processes over the test database: the ground that the browser tests stand on."""

import json
import re
import time
import urllib.error
import urllib.request

import redis
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from tests.e2e.conftest import Site


def get(url: str) -> tuple[int, dict[str, object]]:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as answer:
        return answer.code, json.load(answer)


def test_product_becomes_ready_with_worker_and_beat(live_site: Site) -> None:
    deadline = time.monotonic() + 40
    while (found := get(f"{live_site.url}/readyz"))[0] != 200 and time.monotonic() < deadline:
        time.sleep(0.5)

    assert found[0] == 200, (found, live_site.log("worker")[-3000:])


def test_processes_see_what_the_test_entered(live_site: Site) -> None:
    User.objects.create_user("dora", password="a-long-password-for-dora")
    session = Client()
    session.force_login(User.objects.get(username="dora"))
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.cookies[settings.SESSION_COOKIE_NAME].value}"

    request = urllib.request.Request(f"{live_site.url}/admin/", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=5) as answer:
        page = answer.read().decode()

    assert "dora" in page


def test_bell_of_the_test_is_heard_by_the_live_server(live_site: Site) -> None:
    with redis.Redis.from_url(settings.LIVE_REDIS_URL) as bell:
        bell.xadd("live:heard", {"revision": 5})

    with urllib.request.urlopen(f"{live_site.live_url}/live/campaigns/heard?revision=4", timeout=5) as answer:
        said = [answer.readline() for _ in range(5)]

    assert b"data: 5\n" in said


def test_static_files_are_kept_for_ever_under_names_with_a_hash(live_site: Site) -> None:
    with urllib.request.urlopen(f"{live_site.url}/", timeout=10) as page:
        style = re.search(r"/static/css/base\.[0-9a-f]{12}\.css", page.read().decode())
    assert style

    with urllib.request.urlopen(live_site.url + style[0], timeout=10) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
