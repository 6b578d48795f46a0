"""Every setting in one file; every option from the environment, with a default that is safe and needs no services.

docs/operations.md has the table of options, and a test holds it against this file.
"""

import secrets
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from campaign_dashboard import addresses, env
from campaign_dashboard.embedded import places
from campaign_dashboard.release import release

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()

# --- Addresses -------------------------------------------------------------------------------------------------------
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, least=1, most=65534)
WEB_PROCESSES = env.number("WEB_PROCESSES", 2, least=1, most=64)
LIVE_PORT = env.number("LIVE_PORT", PORT + 1, least=1, most=65535)
PUBLIC_URL = env.origin("PUBLIC_URL", f"http://127.0.0.1:{PORT}")
HTTPS = PUBLIC_URL.startswith("https://")
_public_host = urlsplit(PUBLIC_URL).hostname or ""
_is_loopback = _public_host in {"localhost", "127.0.0.1", "::1"}
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS", [*LOOPBACK, _public_host])
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []
LIVE_URL = env.origin("LIVE_URL", PUBLIC_URL if HTTPS else f"http://{_public_host}:{LIVE_PORT}")
LIVE_ORIGINS = env.origins(
    "LIVE_ORIGINS", [f"http://{host}:{PORT}" for host in LOOPBACK] if _is_loopback and not HTTPS else [PUBLIC_URL]
)
# How many proxies stand in front and append to X-Forwarded-For; 0: the header is not believed.
PROXIES = env.number("PROXIES", 0, least=0, most=5)

# --- Safety ----------------------------------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG", False)
if DEBUG and (HOST not in {"localhost", "127.0.0.1", "::1"} or not _is_loopback):
    raise env.SettingError(
        "DEBUG=true shows the program's insides to every visitor, so it is refused unless HOST and PUBLIC_URL are "
        "loopback addresses; unset DEBUG, or set HOST=127.0.0.1 and unset PUBLIC_URL."
    )


def _secret_key() -> str:
    """The given key, else one made at the first start and kept in VAR_DIR for its owner only."""
    given = env.text("SECRET_KEY", "", secret=True)
    if given:
        if len(given) < 40 or len(set(given)) < 8:
            raise env.SettingError(
                "SECRET_KEY is too easy to guess; give at least 40 random characters, for example the output of "
                "`openssl rand -base64 48`, or unset it to have one made."
            )
        return given
    kept = VAR_DIR / "secret_key"
    try:
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        try:
            with open(kept, "x", opener=places.open_private) as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
        return kept.read_text().strip()
    except OSError as error:
        raise env.SettingError(
            f"SECRET_KEY is not set and none can be kept in VAR_DIR ({error}); set SECRET_KEY or make VAR_DIR writable."
        ) from None


SECRET_KEY = _secret_key()
SECURE_SSL_REDIRECT = env.flag("HTTPS_REDIRECT", True) and HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Browsers take a cookie with this prefix only over HTTPS, from this very host, for all of it.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", LIVE_URL],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

# --- Application -----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "axes",
    "rest_framework",
    "drf_standardized_errors",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "timeline.apps.TimelineConfig",
    "campaign_dashboard",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
RELEASE = partial(release, BASE_DIR)  # a part of every ETag
ROOT_URLCONF = "campaign_dashboard.urls"
WSGI_APPLICATION = "campaign_dashboard.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Data ------------------------------------------------------------------------------------------------------------
_database = env.database("DATABASE_URL", places.database_url(VAR_DIR))
_statement_seconds = env.number("DATABASE_STATEMENT_TIMEOUT", 30, least=0, most=3600)
_database["OPTIONS"] = {
    "connect_timeout": 5,
    "options": f"-c statement_timeout={_statement_seconds * 1000}",
    **_database.get("OPTIONS", {}),
}
# A connection a request costs four times the request; one that died is noticed and replaced.
DATABASES = {"default": {**_database, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}}
REDIS_URL = env.redis("REDIS_URL", places.redis_url(VAR_DIR))
REDIS_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 2}
# Two numbered databases: REDIS_URL's own for the broker and the live events, the next one for the cache.
LIVE_REDIS_URL = REDIS_URL
CACHES = {
    "default": {
        "BACKEND": "campaign_dashboard.cache.ForgivingRedisCache",
        "LOCATION": addresses.beside(REDIS_URL, 1),
        "KEY_PREFIX": "timeline",
        "OPTIONS": REDIS_OPTIONS,
    }
}
# Where the worker's heartbeat and beat's ring leave the time (seconds since 1970) in the cache, for /readyz.
HEALTH_WORKER_KEY, HEALTH_BEAT_KEY = "health:worker", "health:beat"

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "campaign_dashboard" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files ----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
# Names with a hash need `collectstatic` first, so that unit tests switch them off.
_storage = "CompressedManifestStaticFilesStorage" if env.flag("STATIC_HASHED", True) else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": f"servestatic.storage.{_storage}"
        if _storage
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "media"

# --- Signing in ------------------------------------------------------------------------------------------------------
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"  # by name: in the language of the page
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = env.number("LOGIN_FAILURES", 8, least=1, most=1000)
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_IPWARE_PROXY_COUNT = PROXIES
AXES_VERBOSE = False

# --- API -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 100,
    "DEFAULT_SCHEMA_CLASS": "drf_standardized_errors.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": f"{env.number('API_RATE_ANONYMOUS', 600, least=1, most=1_000_000)}/min",
        "user": f"{env.number('API_RATE_SIGNED_IN', 3000, least=1, most=1_000_000)}/min",
    },
    "NUM_PROXIES": PROXIES,
    "URL_FORMAT_OVERRIDE": None,
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "timeline.api.problems.ProblemHandler",
    "EXCEPTION_FORMATTER_CLASS": "timeline.api.problems.ProblemFormatter",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Campaign Timeline",
    "DESCRIPTION": "Campaigns of governments on a timeline: every fact with its source.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "POSTPROCESSING_HOOKS": ["timeline.api.schema.add_components"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- Fetching from sources -------------------------------------------------------------------------------------------
# Exact host:port entries that may be fetched although their address is not public.
FETCH_ALLOW = env.host_ports("FETCH_ALLOW", [f"127.0.0.1:{PORT}"])
FETCH_TIMEOUT = env.number("FETCH_TIMEOUT", 30, least=1, most=90)
FETCH_MAX_BYTES = env.number("FETCH_MAX_BYTES", 15_000_000, least=1_000, most=100_000_000)
FETCH_MAX_REDIRECTS = env.number("FETCH_MAX_REDIRECTS", 5, least=0, most=10)
FETCH_USER_AGENT = env.text("FETCH_USER_AGENT", f"CampaignTimeline/1 (+{PUBLIC_URL})")

# --- Celery ----------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = addresses.for_celery(REDIS_URL)
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.number("WORKER_PROCESSES", 2, least=1, most=64)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 120, 150
# Above the hard limit, or a task that still runs is handed out a second time.
CELERY_VISIBILITY_TIMEOUT = 180
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "visibility_timeout": CELERY_VISIBILITY_TIMEOUT,
    # Kombu looks for lost messages each hundred seconds otherwise, whatever the timeout is.
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 2,
    "global_keyprefix": "timeline:",
}
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY = CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A page that rings while the broker is away gives up at once: the sweep finds the row later.
CELERY_TASK_PUBLISH_RETRY = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.2}
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_TIMEZONE = "UTC"

# --- Log -------------------------------------------------------------------------------------------------------------
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "campaign_dashboard.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "axes": {"level": "WARNING"},
        # Each ring would be two lines otherwise, ten a minute.
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
