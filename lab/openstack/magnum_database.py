"""Create Magnum's database in SQLite: the tables of its models, marked as the newest schema.

Magnum's migrations alter constraints, which SQLite cannot; its own unit tests do as is done here.
"""

import sqlite3
import sys

import magnum.conf
from magnum.common import service
from magnum.db import migration
from magnum.db.sqlalchemy import models
from oslo_db.sqlalchemy import enginefacade
from sqlalchemy.engine import make_url

service.prepare_service(sys.argv)

# Write-ahead logging lets readers and a writer work side by side. It is a property of the file.
connection = sqlite3.connect(make_url(magnum.conf.CONF.database.connection).database)
connection.execute("PRAGMA journal_mode=WAL")
connection.close()

models.Base.metadata.create_all(enginefacade.writer.get_engine())
migration.stamp("head")
