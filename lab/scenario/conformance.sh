# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh
# Sonobuoy's stand-in against the control plane, by both playbooks, and when a test fails.

must conformance control_plane_conformance_test -vvv
check "root on the utility host has a private kubeconfig" equals "root root 600" \
  on utility1 "stat -c '%U %G %a' /root/.kube/config"
must sonobuoy-check sonobuoy --check -e sonobuoy_kubeconfig_file=/root/.kube/config
must sonobuoy sonobuoy -e sonobuoy_kubeconfig_file=/root/.kube/config

on utility1 "mkdir -p /var/lib/sonobuoy-stand-in && touch /var/lib/sonobuoy-stand-in/fail"
check "a failed conformance test fails the playbook" fails \
  play sonobuoy-failing sonobuoy -e sonobuoy_kubeconfig_file=/root/.kube/config
on utility1 "rm /var/lib/sonobuoy-stand-in/fail"
