#!/usr/bin/env bash
# Measures one thing on servers of its own and prints a table; the last line is one JSON object.
#
#   ./bench.sh                  lists the scenarios
#   ./bench.sh NAME [--quick]   runs one; --quick takes less time and is less exact
#   ./bench.sh peers [--quick]  BullMQ, Sidekiq and Celery beside this engine; installs them
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/scripts/lib.sh"
cd "$root" || exit 1

bench=Console.Bench/bin/Release/net10.0/OpsConsole.Bench.dll
work=$root/.bench/$$

build() {
  dotnet build Console.Bench --configuration Release --disable-build-servers --verbosity quiet >"$work/build.log" 2>&1 </dev/null && return
  grep -E 'error|warning' "$work/build.log" | sort -u | head -n 20 >&2
  fail 'Console.Bench could not be built'
}

finish() {
  local status=$?
  trap '' INT TERM HUP
  [[ -n ${bench_pid:-} ]] && { kill -TERM "$bench_pid" 2>/dev/null; wait_gone "$bench_pid" 20 || kill -KILL "$bench_pid"; }
  scripts/servers.sh remove "$work/servers"
  rm -rf "$work"
  exit "$status"
}

mkdir -p "$work" || exit 1
trap finish EXIT
trap 'exit 130' INT TERM HUP

need_dotnet
need_packages redis-server postgresql tzdata
build
(($#)) || { dotnet "$bench"; exit; }
# What is said about schedules holds on a disk that keeps what it says it keeps.
[[ $1 == schedule* ]] && keep="" || keep=--throwaway
scripts/servers.sh start "$work/servers" $keep || exit 1
. "$work/servers/env"
if [[ $1 == peers ]]; then
  export BENCH=$root/$bench PEERS_WORK=$work PEERS_MODULES=$root/.bench/peers/node_modules
  set -- bench/peers/run.sh "${@:2}"
else
  set -- dotnet "$bench" "$@"
fi
setsid "$@" </dev/null &
bench_pid=$!
wait "$bench_pid"
status=$?
bench_pid=''
exit "$status"
