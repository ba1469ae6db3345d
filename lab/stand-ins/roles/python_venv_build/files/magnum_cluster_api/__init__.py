# Stands in for the Python package magnum-cluster-api: of it only the proxy and its privsep-helper.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
