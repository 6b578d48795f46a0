"""What stands before and around the pages under WSGI."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string


@pytest.mark.parametrize("path", settings.MIDDLEWARE)
def test_no_middleware_makes_each_request_hop_between_threads(path: str) -> None:
    assert getattr(import_string(path), "sync_capable", True)
