"""Magnum in one process: its WSGI application, its conductor's handlers and its status sync.

All of it is Magnum's own code; what stands in for Kubernetes below the driver is in
cluster_states.py. The bus between API and conductor is oslo.messaging's in-process one, so both
must live here. Importing the application also reads the configuration.
"""

import cluster_states
import magnum.conf
import oslo_messaging
from magnum.common import rpc
from magnum.conductor.handlers import (
    ca_conductor,
    cluster_conductor,
    conductor_listener,
    credential_conductor,
    federation_conductor,
    indirection_api,
    nodegroup_conductor,
)
from magnum.objects.base import MagnumObjectSerializer
from magnum.wsgi.api import application  # noqa: F401
from oslo_db.sqlalchemy import enginefacade
from sqlalchemy import event

# SQLite makes nobody wait who has read and wants to write after somebody else wrote: "database is
# locked". So writers take the lock when they begin, and readers have an engine of their own
# ([database]slave_connection), which never asks for it.
enginefacade.configure(synchronous_reader=False)


@event.listens_for(enginefacade.writer.get_engine(), "before_cursor_execute", retval=True)
def begin_with_lock(connection, cursor, statement, parameters, context, executemany):
    return ("BEGIN IMMEDIATE" if statement == "BEGIN" else statement), parameters


def get_rpc_server(*arguments, executor=None, **more):
    """Without the executor of eventlet's that Magnum 22 and before ask for: in uWSGI's threads it
    never gets its turn."""
    return get_rpc_server_of_oslo(*arguments, **more)


get_rpc_server_of_oslo = oslo_messaging.get_rpc_server
oslo_messaging.get_rpc_server = get_rpc_server

conductor = rpc.get_server(
    oslo_messaging.Target(topic=magnum.conf.CONF.conductor.topic, server="in-process"),
    [
        ca_conductor.Handler(),
        cluster_conductor.Handler(),
        conductor_listener.Handler(),
        credential_conductor.Handler(),
        federation_conductor.Handler(),
        indirection_api.Handler(),
        nodegroup_conductor.Handler(),
    ],
    serializer=MagnumObjectSerializer(),
)
conductor.start()
cluster_states.start()
