"""Which addresses may be connected to, and the connection that goes to a checked address and ends on time.

A name is looked up once, every answer is checked, and the socket goes to one of the answers that were checked, so that
a name which changes its answer between the check and the connection gains nothing.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address, ip_network
from typing import Any

from ssrfguard import DEFAULT_DENIED, AddressTable, Block, Policy, Reach
from ssrfguard.requests import SafeAdapter
from urllib3.connection import HTTPConnection

from timeline.ingest.addresses import Address

PUBLIC_PORTS = frozenset({80, 443, 8000, 8080, 8443})

# The table follows the registries of special addresses; a reader of feeds can do without more than they do.
_STRICTER = {
    "2002::/16": "6to4, a tunnel",
    "2001::/23": "Teredo and other protocol assignments",
    "::/96": "IPv4-compatible",
    "192.0.0.0/24": "protocol assignments",
    "192.31.196.0/24": "AS112",
    "192.52.193.0/24": "AMT",
    "192.175.48.0/24": "AS112",
    "168.63.129.16/32": "metadata of a cloud",
    "::/0": "outside global unicast",
}
_INSIDE = [ip_network(cidr) for cidr in _STRICTER if cidr != "::/0"]


def _table() -> AddressTable:
    kept = [
        block
        for block in DEFAULT_DENIED.blocks
        if block.reach is Reach.DENIED
        or not any(inner.version == block.network.version and block.network.subnet_of(inner) for inner in _INSIDE)  # type: ignore[arg-type]
    ]
    stricter = [Block(ip_network(cidr), name, "own", Reach.DENIED) for cidr, name in _STRICTER.items()]
    networks = {block.network for block in stricter}
    unicast = Block(ip_network("2000::/3"), "global unicast", "RFC4291", Reach.PERMITTED)
    return AddressTable((*(block for block in kept if block.network not in networks), *stricter, unicast))


TABLE = _table()
PUBLIC = Policy(denied_networks=TABLE, allowed_ports=PUBLIC_PORTS)


def policy_for(address: Address, *, allow: frozenset[str]) -> Policy:
    """What may be connected to for this one address: public hosts, or exactly the `host:port` that `allow` names."""
    if address.host_port not in allow:
        return PUBLIC
    try:
        networks = [ip_network(ip_address(address.host))]
    except ValueError:  # a name that the operator vouches for, wherever it leads
        networks = [ip_network("0.0.0.0/0"), ip_network("::/0")]
    return Policy(allowed_networks=tuple(networks), allowed_ports=frozenset({address.port}))


class Deadline:
    """Cuts every socket that was opened under it when the time is up, whatever the other side is doing.

    A timeout of the socket alone starts again with each byte, so that a source could hold a worker for ever.
    """

    def __init__(self) -> None:
        self.passed = False
        self._sockets: list[socket.socket] = []

    def watch(self, opened: socket.socket) -> None:
        # A duplicate stays usable when TLS takes the socket over or the response closes its own.
        self._sockets.append(opened.dup())
        if self.passed:  # opened in the very moment in which the time was up
            self.cut()

    def cut(self) -> None:
        self.passed = True
        for watched in list(self._sockets):
            with suppress(OSError):  # closed by the other side in the same moment
                watched.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for watched in self._sockets:
            watched.close()


@contextmanager
def deadline(seconds: float) -> Iterator[Deadline]:
    """At most `seconds` for all that is opened under the Deadline given."""
    limit = Deadline()
    timer = threading.Timer(seconds, limit.cut)
    timer.daemon = True
    timer.start()
    try:
        yield limit
    finally:
        timer.cancel()
        limit.close()


class Adapter(SafeAdapter):
    """One guarded connection under a deadline; used once and closed."""

    def __init__(self, *, policy: Policy, limit: Deadline, seconds: float) -> None:
        self._limit = limit
        super().__init__(policy=policy, resolver=_lookup_within(seconds), pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        for pool in self.poolmanager.pool_classes_by_scheme.values():
            pool.ConnectionCls = _watched(pool.ConnectionCls, self._limit)


def _watched(connection: type[HTTPConnection], limit: Deadline) -> type[HTTPConnection]:
    class Watched(connection):  # type: ignore[misc, valid-type]
        def _new_conn(self) -> socket.socket:
            opened: socket.socket = super()._new_conn()
            limit.watch(opened)
            return opened

    return Watched


def _lookup_within(seconds: float) -> Callable[..., Any]:
    """`getaddrinfo`, which knows no timeout, in a thread that is left behind when the time is up."""

    def lookup(*args: Any) -> Any:
        answer: list[Any] = []

        def ask() -> None:
            try:
                answer.append(socket.getaddrinfo(*args))
            except OSError as error:
                answer.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(seconds)
        if not answer:
            raise TimeoutError("the name was not found in time")
        if isinstance(answer[0], OSError):
            raise answer[0]
        return answer[0]

    return lookup
