"""Stand-in for Glance, Nova and Neutron: what Magnum and the functional test ask of them.

Images, flavors, key pairs, networks and subnets can be created, shown, listed, changed and deleted;
nothing is built from them. Tokens are checked by the real Keystone. What it does not know (a path,
an attribute, a filter) is answered with 501 and logged, never guessed.
"""
