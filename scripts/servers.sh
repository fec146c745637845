#!/usr/bin/env bash
# A PostgreSQL and a Redis of one's own, on loopback, behind passwords and on free ports.
#
#   scripts/servers.sh start DIR [--throwaway]   starts them with their data in DIR; DIR/env then holds how to reach them
#   scripts/servers.sh stop DIR                  stops them; the data stays
#   scripts/servers.sh remove DIR                stops them and removes their data
#
# --throwaway trades durability for speed: for tests, never for data that matters.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/lib.sh
. "$here/lib.sh"

usage() { sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }

# PostgreSQL refuses to run as root, so root runs it as the user that the package made.
as_postgres() {
  if ((EUID == 0)); then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# PostgreSQL's folder lies in DIR. Where its user cannot reach DIR (below /root, for instance), it lies in a private
# folder elsewhere, and DIR/postgres is a link to it.
make_postgres_folder() {
  local place=$dir/postgres
  [[ -e $place ]] && return
  rm -f "$place"
  mkdir "$place" && chmod 700 "$place"
  ((EUID == 0)) || return 0
  chown postgres: "$place"
  as_postgres test -w "$place" && return
  rmdir "$place"
  local elsewhere
  elsewhere=$(mktemp -d /var/tmp/ops-console-postgres.XXXXXX) || fail "no folder could be made in /var/tmp"
  chown postgres: "$elsewhere"
  ln -s "$elsewhere" "$place"
}

# Under another name until it is whole, so that an interrupted start leaves nothing that looks like a cluster.
make_cluster() {
  local data=$1 draft=$1.draft
  as_postgres test -d "$data" && return
  as_postgres rm -rf "$draft"
  # shellcheck disable=SC2016 # $1 belongs to the inner shell
  as_postgres sh -c 'umask 077; cat >"$1"' sh "$data.password" <<<"$password"
  as_postgres "$pg/initdb" --pgdata="$draft" --username=ops --auth=scram-sha-256 --pwfile="$data.password" \
    --encoding=UTF8 --locale=C.UTF-8 --no-instructions >"$dir/log/initdb.log" 2>&1
  local status=$?
  as_postgres rm -f "$data.password"
  ((status == 0)) || { tail -n 20 "$dir/log/initdb.log" >&2; fail "PostgreSQL could not make its data folder $draft"; }
  as_postgres mv "$draft" "$data"
}

# Its own user may not reach it through the link in DIR.
postgres_home() { readlink -f "$dir/postgres"; }
postgres_pid() { as_postgres head -n 1 "$(postgres_home)/data/postmaster.pid" 2>/dev/null; }
redis_pid() { cat "$dir/redis/redis.pid" 2>/dev/null; }
postgres_runs() { owns_process "$(postgres_pid)" "$dir/postgres/data"; }
redis_runs() { owns_process "$(redis_pid)" "$dir/redis"; }

start_postgres() {
  pg=$(postgres_bin)
  [[ -n $pg ]] || fail "PostgreSQL is not installed"
  make_postgres_folder
  local data log
  data=$(postgres_home)/data
  log=$(postgres_home)/postgres.log
  make_cluster "$data"
  local settings="-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c timezone=UTC -c log_timezone=UTC"
  ((throwaway)) && settings+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  for _ in 1 2 3 4 5; do
    postgres_port=$(free_port)
    as_postgres "$pg/pg_ctl" start --silent --wait --timeout=120 --pgdata="$data" --log="$log" \
      --options="-p $postgres_port $settings" </dev/null >/dev/null 2>"$dir/log/pg_ctl.log" && return
    # Another program can take a port between the look and the start; anything else will not get better.
    as_postgres tail -n 20 "$log" | grep -q 'could not bind' || break
  done
  as_postgres tail -n 20 "$log" >&2
  fail "PostgreSQL did not start; its log is $log"
}

# After a crash Redis itself may leave half a transaction in its append-only file, and do that half when it is started the next time.
mend_redis() {
  local manifest
  manifest=$(compgen -G "$dir/redis/appendonlydir/*.manifest") || return 0
  redis-check-aof --fix "$manifest" <<<y >"$dir/log/redis-check-aof.log" 2>&1
}

start_redis() {
  command -v redis-server >/dev/null || fail "Redis is not installed"
  mend_redis
  for _ in 1 2 3 4 5; do
    redis_port=$(free_port)
    secretly tee "$dir/redis/redis.conf" >/dev/null <<END
bind 127.0.0.1
port $redis_port
requirepass $password
dir "$dir/redis"
pidfile "$dir/redis/redis.pid"
logfile "$dir/log/redis.log"
daemonize yes
appendonly yes
save ""
maxmemory-policy noeviction
hash-max-ziplist-value 1024
END
    redis-server "$dir/redis/redis.conf" </dev/null >/dev/null 2>&1
    if wait_for_redis; then return; fi
    tail -n 3 "$dir/log/redis.log" 2>/dev/null | grep -q 'in use' || break
  done
  tail -n 20 "$dir/log/redis.log" >&2
  fail "Redis did not start; its log is $dir/log/redis.log"
}

# An append-only file of some size takes a while to load; until then Redis answers every command with an error.
wait_for_redis() {
  for _ in {1..600}; do
    [[ $(REDISCLI_AUTH=$password redis-cli -p "$redis_port" ping 2>/dev/null) == PONG ]] && redis_runs && return
    sleep 0.05
    redis_runs || { sleep 0.2; redis_runs || return 1; }
  done
  return 1
}

make_database() {
  local psql=("$pg/psql" --host=127.0.0.1 --port="$postgres_port" --username=ops --no-psqlrc --quiet --tuples-only --no-align)
  PGPASSWORD=$password "${psql[@]}" --dbname=postgres --command="select 1 from pg_database where datname = 'ops'" | grep -q 1 ||
    PGPASSWORD=$password "${psql[@]}" --dbname=postgres --command='create database ops' || fail "the database 'ops' could not be made"
}

write_env() {
  secretly tee "$dir/env" >/dev/null <<END
export OPS_REDIS='127.0.0.1:$redis_port,password=$password'
export OPS_POSTGRES='Host=127.0.0.1;Port=$postgres_port;Username=ops;Password=$password;Database=ops'
export OPS_TEST_REDIS="\$OPS_REDIS" OPS_TEST_POSTGRES="\$OPS_POSTGRES"
# For redis-cli -p \$REDIS_PORT and psql.
export REDIS_PORT=$redis_port REDISCLI_AUTH=$password
export PGHOST=127.0.0.1 PGPORT=$postgres_port PGUSER=ops PGPASSWORD=$password PGDATABASE=ops
END
}

start() {
  { secretly mkdir -p "$dir/redis" && mkdir -p "$dir/log"; } || fail "the folder $dir cannot be made"
  if [[ -s $dir/env ]] && postgres_runs && redis_runs; then return; fi
  stop
  [[ -s $dir/password ]] || secretly tee "$dir/password" >/dev/null < <(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
  password=$(<"$dir/password")
  start_postgres
  trap 'stop' EXIT
  start_redis
  make_database
  write_env
  trap - EXIT
}

stop() {
  rm -f "$dir/env"
  # Redis writes its append-only file to disk before it leaves; SIGINT is PostgreSQL's fast shutdown.
  stop_process "$(redis_pid)" "$dir/redis" TERM 30
  stop_process "$(postgres_pid)" "$dir/postgres/data" INT 60
}

remove() {
  stop
  [[ -L $dir/postgres ]] && rm -rf "$(postgres_home)"
  rm -rf "$dir/postgres" "$dir/redis" "$dir/password"
}

(($# >= 2)) || usage
action=$1 dir=$2 throwaway=0
[[ ${3:-} == --throwaway ]] && throwaway=1
case $action in
  start) mkdir -p "$dir" && dir=$(readlink -f "$dir") && start ;;
  stop | remove) [[ -d $dir ]] || exit 0; dir=$(readlink -f "$dir"); "$action" ;;
  *) usage ;;
esac
