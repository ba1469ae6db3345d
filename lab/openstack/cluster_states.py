"""Stand-in for the Kubernetes control plane that builds Magnum's clusters.

Magnum's conductor calls the Cluster API driver, which would write objects to Kubernetes and read
their progress there. Here the driver's calls that need Kubernetes are replaced: what is asked is
accepted, and complete a second later. A cluster whose name begins with "fail-" ends in
CREATE_FAILED. The driver's checks of a cluster, Magnum's database, certificates and the removal of
deleted clusters are the real ones. No machine, application credential or load balancer is made.
"""

import contextlib
import datetime
import os
import random
import string
import threading
import time

from magnum import objects
from magnum.common import context as magnum_context
from magnum.objects.fields import ClusterStatus
from magnum.service import periodic
from magnum_cluster_api import driver, utils
from oslo_log import log
from oslo_service import loopingcall
from oslo_utils import timeutils

LOG = log.getLogger(__name__)

BUILD_TIME = datetime.timedelta(seconds=1)
FAILING_PREFIX = "fail-"
FAILURE = "Stand-in for Kubernetes: clusters named fail-... fail. InfrastructureReady is False."
API_ADDRESS = os.environ["CLUSTER_API"]


def create_cluster(self, context, cluster, cluster_create_timeout):
    utils.validate_cluster(context, cluster)
    # Named as the driver names its Cluster objects.
    cluster.stack_id = "kube-" + "".join(
        random.choices(string.ascii_lowercase + string.digits, k=5)
    )


def resize_cluster(
    self, context, cluster, resize_manager, node_count, nodes_to_remove, nodegroup=None
):
    utils.validate_cluster(context, cluster)
    utils.validate_nodegroup(nodegroup)


def upgrade_cluster(
    self, context, cluster, cluster_template, max_batch_size, nodegroup,
    scale_manager=None, rollback=False,
):  # fmt: skip
    cluster.cluster_template_id = cluster_template.uuid
    cluster.labels["kube_tag"] = cluster_template.labels["kube_tag"]


def create_nodegroup(self, context, cluster, nodegroup):
    utils.validate_nodegroup(nodegroup)


def delete_nodegroup(self, context, cluster, nodegroup):
    nodegroup.status = ClusterStatus.DELETE_IN_PROGRESS
    nodegroup.save()


def delete_cluster(self, context, cluster):
    pass


def update_cluster_status(self, context, cluster, use_admin_ctx=False):
    cluster.refresh()
    if cluster.status == ClusterStatus.DELETE_IN_PROGRESS:
        finish(cluster, ClusterStatus.DELETE_COMPLETE)
        return
    since = cluster.updated_at or cluster.created_at
    if cluster.stack_id is None or timeutils.utcnow(with_timezone=True) - since < BUILD_TIME:
        return
    if cluster.status == ClusterStatus.CREATE_IN_PROGRESS and cluster.name.startswith(
        FAILING_PREFIX
    ):
        finish(cluster, ClusterStatus.CREATE_FAILED, FAILURE)
        return
    cluster.api_address = API_ADDRESS
    cluster.coe_version = cluster.labels["kube_tag"]
    finish(cluster, cluster.status.replace("_IN_PROGRESS", "_COMPLETE"))


def finish(cluster, status, reason=None):
    outcome = status.rsplit("_", 1)[1]
    for nodegroup in cluster.nodegroups:
        if nodegroup.status == ClusterStatus.DELETE_IN_PROGRESS:
            nodegroup.destroy()
        elif nodegroup.status.endswith("_IN_PROGRESS"):
            nodegroup.status = nodegroup.status.replace("IN_PROGRESS", outcome)
            nodegroup.status_reason = reason
            nodegroup.save()
    cluster.status = status
    cluster.status_reason = reason
    cluster.save()


def sync():
    """Do once what magnum-conductor does every ten seconds."""
    context = magnum_context.make_admin_context(all_tenants=True)
    magnum_context.set_ctx(context)
    under_way = [status for status in ClusterStatus.ALL if status.endswith("_IN_PROGRESS")]
    for cluster in objects.Cluster.list(context, filters={"status": under_way}):
        with contextlib.suppress(loopingcall.LoopingCallDone):
            periodic.ClusterUpdateJob(context, cluster).update_status()


def watch():
    while True:
        try:
            sync()
        except Exception:
            LOG.exception("Status sync failed; trying again")
        time.sleep(0.5)


def start():
    for replacement in (
        create_cluster,
        resize_cluster,
        upgrade_cluster,
        create_nodegroup,
        delete_nodegroup,
        delete_cluster,
        update_cluster_status,
    ):
        setattr(driver.BaseDriver, replacement.__name__, replacement)
    threading.Thread(target=watch, name="cluster states", daemon=True).start()
