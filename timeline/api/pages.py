"""Cursor pagination over `place`, which no two rows share, so that each row comes exactly once."""

from typing import Any

from django.core.exceptions import ValidationError as InvalidValue
from django.db import DataError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from timeline.api.problems import InvalidParameter


class Pages(CursorPagination):
    """`size` was read by the view; a cursor that was made up is refused by name."""

    def __init__(self, *, size: int, ordering: str) -> None:
        self.size = size
        self.ordering = ordering

    def get_page_size(self, request: Request) -> int:
        return self.size

    def read(self, rows: QuerySet[Any], request: Request) -> list[Any]:
        """The rows of the page asked for. Raises InvalidParameter for a cursor that leads nowhere."""
        try:
            return self.paginate_queryset(rows, request) or []
        except (NotFound, ValueError, InvalidValue, DataError) as error:
            message = _("This cursor was not made by us, or is damaged; start again without it.")
            raise InvalidParameter(self.cursor_query_param, message) from error
