#!/usr/bin/env bash
# Measures one thing on servers of its own and prints a table; the last line is one JSON object.
#
#   ./bench.sh                  lists the scenarios
#   ./bench.sh NAME [--quick]   runs one; --quick takes less time and is less exact
#   ./bench.sh NAME --profile   also records where the processor time of workers, console and Redis goes, and says where the recordings
#                               are kept (.bench/profiles); the figures of such a run are not to be quoted
#   ./bench.sh peers [--quick]  BullMQ, Sidekiq and Celery beside this engine; installs them
#
# Exit code: 0 when every goal is met, 1 when one is missed or the run failed, 2 when the command line is wrong.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/scripts/lib.sh"
cd "$root" || exit 1

bench=Console.Bench/bin/Release/net10.0/OpsConsole.Bench.dll
begin_work "$root/.bench/$$"
need_dotnet
build_release Console.Bench
(($#)) || { dotnet "$bench"; exit; }
if [[ $1 == peers ]]; then
  [[ $# -eq 1 || ($# -eq 2 && $2 == --quick) ]] || { say "peers takes --quick and nothing else, not: ${*:2}"; exit 2; }
else
  dotnet "$bench" --check "$@" || exit
fi
need_packages redis-server postgresql tzdata
for name; do [[ $name == -* ]] || break; done
[[ $name =~ ^(viewers|event-to-page|first-load)$ ]] && need_packages chromium
# What is said about schedules holds on a disk that keeps what it says it keeps.
[[ $name == schedule* ]] && keep="" || keep=--throwaway
scripts/servers.sh start "$work/servers" $keep || exit 1
if [[ $name == two-fleets ]]; then
  scripts/servers.sh start "$work/servers-2" $keep || exit 1
  . "$work/servers-2/env"
  export OPS_REDIS_2=$OPS_REDIS
fi
. "$work/servers/env"
# A build leaves styles and scripts as they are; what goes over the wire in earnest is made by a publish.
if [[ $name == first-load ]]; then
  dotnet publish Console.Web --configuration Release --output "$work/console" --disable-build-servers --verbosity quiet >"$work/build.log" 2>&1 </dev/null || fail 'Console.Web could not be published'
  export OPS_BENCH_CONSOLE=$work/console
fi
if [[ $name == peers ]]; then
  export BENCH=$root/$bench PEERS_WORK=$work PEERS_MODULES=$root/.bench/peers/node_modules
  set -- bench/peers/run.sh "${@:2}"
else
  set -- dotnet "$bench" "$@"
fi
run_program "$@"
