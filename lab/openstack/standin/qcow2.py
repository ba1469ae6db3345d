"""An empty disk in the qcow2 format, small enough to be made for each request."""

import struct

CLUSTER_BITS = 9
CLUSTER = 1 << CLUSTER_BITS
DISK = 1 << 20
# The first cluster is the header; one cluster each for the refcount table, its block, the L1 table.
REFCOUNT_TABLE, REFCOUNT_BLOCK, L1_TABLE, CLUSTERS = 1, 2, 3, 4


def empty_disk():
    l2_entries = CLUSTER // 8
    l1_entries = DISK // (l2_entries * CLUSTER)
    header = struct.pack(
        ">4sIQIIQIIQQIIQ",
        b"QFI\xfb",
        2,  # version
        0,  # backing file's name: offset
        0,  # and length
        CLUSTER_BITS,
        DISK,
        0,  # no encryption
        l1_entries,
        L1_TABLE * CLUSTER,
        REFCOUNT_TABLE * CLUSTER,
        1,  # clusters of the refcount table
        0,  # snapshots
        0,
    )
    table = struct.pack(">Q", REFCOUNT_BLOCK * CLUSTER)
    block = struct.pack(f">{CLUSTERS}H", *[1] * CLUSTERS)
    return b"".join(part.ljust(CLUSTER, b"\0") for part in (header, table, block, b""))
