"""Pages and API: `granian --interface wsgi campaign_dashboard.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_dashboard.settings")
application = get_wsgi_application()
