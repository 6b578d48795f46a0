"""Errors as RFC 9457 problem details, wherever below /api/ they arise."""

from http import HTTPStatus
from typing import Any, TypedDict

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.utils.translation import gettext as _
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework.exceptions import APIException, NotFound, ParseError, ValidationError
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"


class Wrong(TypedDict):
    """One thing that was wrong with a request."""

    parameter: str | None
    code: str
    detail: str


class Problem(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    errors: list[Wrong]


class InvalidParameter(ValidationError):
    """A parameter of the address was not understood; the answer names it."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__({name: [message]}, code="invalid_parameter")


class ProblemHandler(ExceptionHandler):
    """Turns every exception of a view into a problem; what was not foreseen becomes a 500 without details."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, SuspiciousOperation | BadRequest):
            return ParseError(_("The request was malformed or too large to be read; nothing was changed."))
        return super().convert_known_exceptions(exc)

    def convert_unhandled_exceptions(self, exc: Exception) -> APIException:
        if isinstance(exc, APIException):
            return exc
        return APIException(_("Something failed on our side and has been logged. Try again; if it stays, report it."))

    def get_response(self, exc: APIException, data: dict[str, Any]) -> Response:
        headers = self.get_headers(exc)
        return Response(data, status=exc.status_code, headers=headers, content_type=MEDIA_TYPE)


class ProblemFormatter(ExceptionFormatter):
    """The body of a problem."""

    def format_error_response(self, error_response: ErrorResponse) -> Problem:
        status = self.exc.status_code
        found: list[Wrong] = [
            {"parameter": error.attr, "code": error.code, "detail": error.detail} for error in error_response.errors
        ]
        request = self.context.get("request")
        return {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": " ".join(wrong["detail"] for wrong in found),
            "instance": request.path if request else "",
            "code": found[0]["code"] if found else "error",
            "errors": found if isinstance(self.exc, ValidationError) else [],
        }


def nothing_here() -> NotFound:
    return NotFound(_("There is nothing at this address. /api/v1/ lists what there is."))
