"""Signing in and out, a new password, and what to do when it is lost."""

from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy

login = auth.LoginView.as_view(redirect_authenticated_user=False)
logout = auth.LogoutView.as_view()
password = auth.PasswordChangeView.as_view(success_url=reverse_lazy("password_changed"))
password_changed = auth.PasswordChangeDoneView.as_view()


def password_forgotten(request: HttpRequest) -> HttpResponse:
    """There is no mail server to rely on: a fresh password is made where the product runs."""
    return render(request, "registration/password_forgotten.html")
