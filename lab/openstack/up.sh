#!/bin/bash
# Start the lab's OpenStack: Keystone and Magnum, which are real, and a stand-in for the services
# Magnum asks. Restarts what runs already. --fresh forgets all resources, users and clusters first.
set -euo pipefail
# shellcheck source=settings.sh
. "$(dirname "$(readlink -f "$0")")/settings.sh"

fail() {
  echo "lab/openstack/up.sh: $*" >&2
  exit 1
}

# A Keystone with a lab's care for secrets must never listen on a real network.
case $OPENSTACK_ADDRESS in
  127.* | 198.18.* | 198.19.*) ;;
  *) fail "OPENSTACK_ADDRESS=$OPENSTACK_ADDRESS is neither loopback nor of 198.18.0.0/15" ;;
esac
case $OPENSTACK_NETNS in
  '') enter=() ;;
  /*) enter=(nsenter "--net=$OPENSTACK_NETNS") ;;
  *) enter=(nsenter "--net=/run/netns/$OPENSTACK_NETNS") ;;
esac

"$openstack_room/install.sh"
"$openstack_room/down.sh"
if [ "${1-}" = --fresh ]; then rm -rf "$OPENSTACK_STATE"; fi
mkdir -p "$OPENSTACK_STATE"/{run,log,keystone,magnum}
chmod 0700 "$OPENSTACK_STATE"

bin=$OPENSTACK_VENV/bin
keystone=http://$OPENSTACK_ADDRESS:$openstack_keystone_port
magnum=http://$OPENSTACK_ADDRESS:$openstack_magnum_port
standin=http://$OPENSTACK_ADDRESS:$openstack_standin_port

# --- configuration. One random password serves every account.
umask 077
secret_file=$OPENSTACK_STATE/secret
[ -s "$secret_file" ] || "$bin/python" -c 'import secrets; print(secrets.token_hex(12))' >"$secret_file"
secret=$(cat "$secret_file")
render() {
  state=$OPENSTACK_STATE venv=$OPENSTACK_VENV secret=$secret address=$OPENSTACK_ADDRESS \
    region=$OPENSTACK_REGION keystone=$keystone magnum_port=$openstack_magnum_port \
    keystone_endpoint=http://$OPENSTACK_ENDPOINT:$openstack_keystone_port \
    "$bin/python" -c 'import os, string, sys
print(string.Template(sys.stdin.read()).substitute(os.environ), end="")' <"$openstack_room/config/$1" >"$2"
}
render keystone.conf "$OPENSTACK_STATE/keystone/keystone.conf"
render magnum.conf "$OPENSTACK_STATE/magnum/magnum.conf"

# --- databases, the first time
if [ ! -e "$OPENSTACK_STATE/keystone/ready" ]; then
  keystone_manage() {
    "$bin/keystone-manage" --config-file "$OPENSTACK_STATE/keystone/keystone.conf" "$@" \
      >>"$OPENSTACK_STATE/log/keystone-manage.out" 2>&1 ||
      fail "keystone-manage $1 failed: see $OPENSTACK_STATE/log/keystone-manage.out"
  }
  keystone_manage db_sync
  keystone_manage fernet_setup --keystone-user "$(id -un)" --keystone-group "$(id -gn)"
  OS_BOOTSTRAP_PASSWORD=$secret keystone_manage bootstrap
  touch "$OPENSTACK_STATE/keystone/ready"
fi
if [ ! -e "$OPENSTACK_STATE/magnum/ready" ]; then
  "$bin/python" -W ignore "$openstack_room/magnum_database.py" \
    --config-file "$OPENSTACK_STATE/magnum/magnum.conf" \
    >>"$OPENSTACK_STATE/log/magnum-database.out" 2>&1 ||
    fail "no Magnum database: see $OPENSTACK_STATE/log/magnum-database.out"
  touch "$OPENSTACK_STATE/magnum/ready"
fi

# --- services
for url in "$keystone" "$magnum" "$standin"; do
  "${enter[@]}" "$bin/python" "$openstack_room/answers.py" "$url" || continue
  fail "somebody else answers at $url already; OPENSTACK_PORT chooses other ports"
done
start() {
  local name=$1
  shift
  (
    # Who waits for what this script has opened, or was given open, must not wait for a service.
    for descriptor in "/proc/$BASHPID/fd"/*; do
      descriptor=${descriptor##*/}
      if ((descriptor > 2 && descriptor < 255)); then eval "exec $descriptor>&-"; fi
    done
    exec setsid "${enter[@]}" "$@" >>"$OPENSTACK_STATE/log/$name.out" 2>&1 </dev/null
  ) &
  echo $! >"$OPENSTACK_STATE/run/$name.pid"
}
# uWSGI's http-socket closes after each answer without saying so; a client that keeps connections
# then runs into a reset. Deployments send the same header for it.
uwsgi=("$bin/uwsgi" --need-app --enable-threads --die-on-term --buffer-size 65535
  --virtualenv "$OPENSTACK_VENV" --add-header "Connection: close"
  --log-format "%(method) %(uri) %(status) %(msecs)ms %(uagent)")

start standin env PYTHONUNBUFFERED=1 "PYTHONPATH=$openstack_room" "$bin/python" -m standin \
  --address "$OPENSTACK_ADDRESS" --port "$openstack_standin_port" --keystone "$keystone" \
  --state "$OPENSTACK_STATE/standin.json"
# One thread: Keystone's transactions read before they write, which SQLite refuses to two at once.
start keystone env "OS_KEYSTONE_CONFIG_FILES=$OPENSTACK_STATE/keystone/keystone.conf" \
  "OS_KEYSTONE_CONFIG_DIR=$OPENSTACK_STATE/keystone" "${uwsgi[@]}" --threads 1 \
  --http-socket "$OPENSTACK_ADDRESS:$openstack_keystone_port" --module keystone.wsgi.api:application
start magnum env "KUBECONFIG=$openstack_room/config/kubeconfig" PYTHONWARNINGS=ignore \
  "CLUSTER_API=$OPENSTACK_CLUSTER_API" "${uwsgi[@]}" --threads 4 \
  --http-socket "$OPENSTACK_ADDRESS:$openstack_magnum_port" --pythonpath "$openstack_room" \
  --module magnum_service:application --pyargv "--config-file $OPENSTACK_STATE/magnum/magnum.conf"

await() { # name url: until it answers, but no longer than its process lives
  local pid
  pid=$(cat "$OPENSTACK_STATE/run/$1.pid")
  until "${enter[@]}" "$bin/python" "$openstack_room/answers.py" "$2"; do
    kill -0 "$pid" 2>/dev/null || fail "$1 died: see $OPENSTACK_STATE/log/$1.out"
    sleep 0.2
  done
}
await keystone "$keystone/v3"
"${enter[@]}" env "OS_PASSWORD=$secret" "$bin/python" -W ignore "$openstack_room/identity.py" \
  --keystone "$keystone" --region "$OPENSTACK_REGION" --clouds "$OPENSTACK_STATE/clouds.yaml" \
  --endpoint "identity=http://$OPENSTACK_ENDPOINT:$openstack_keystone_port/v3" \
  --endpoint "container-infra=http://$OPENSTACK_ENDPOINT:$openstack_magnum_port/v1" \
  --endpoint "image=http://$OPENSTACK_ENDPOINT:$openstack_standin_port/image" \
  --endpoint "compute=http://$OPENSTACK_ENDPOINT:$openstack_standin_port/compute/v2.1" \
  --endpoint "network=http://$OPENSTACK_ENDPOINT:$openstack_standin_port/network"
await standin "$standin/image"
await magnum "$magnum/"
echo "OpenStack answers at $keystone/v3: OS_CLIENT_CONFIG_FILE=$OPENSTACK_STATE/clouds.yaml OS_CLOUD=default"
