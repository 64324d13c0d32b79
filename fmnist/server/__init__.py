"""What stands between the network and the app: what ``st.App`` is given in ``app.py``.

A request passes the middleware from first to last. Only Streamlit's own paths are known here, not
the pages; ``limits.py`` beside this room says how much anybody may take.
"""

from starlette.middleware import Middleware

from fmnist.server.closed import Closed
from fmnist.server.headers import SecurityHeaders
from fmnist.server.health import HEALTH
from fmnist.server.hosts import HostCheck
from fmnist.server.lifespan import lifespan
from fmnist.server.uploads import UploadCap
from fmnist.server.visitors import VisitorCookie
from fmnist.server.visits import VisitCap

MIDDLEWARE = [
    Middleware(each)
    for each in (SecurityHeaders, HostCheck, Closed, VisitCap, UploadCap, VisitorCookie)
]
ROUTES = [HEALTH]

__all__ = ["MIDDLEWARE", "ROUTES", "lifespan"]
