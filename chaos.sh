#!/usr/bin/env bash
# Does harm to workers, consoles and servers of its own, and tells what was lost; the last line is one JSON object.
#
#   ./chaos.sh                  lists the experiments
#   ./chaos.sh NAME [--quick]   runs one; --quick takes a minute at most, with fewer faults and without goals of speed
#   ./chaos.sh all [--quick]    runs all of them, one after the other; short forms three beside each other
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/scripts/lib.sh"
cd "$root" || exit 1

chaos=Console.Chaos/bin/Release/net10.0/OpsConsole.Chaos.dll
work=$root/.chaos/$$

build() {
  dotnet build Console.Chaos --configuration Release --disable-build-servers --verbosity quiet >"$work/build.log" 2>&1 </dev/null && return
  grep -E 'error|warning' "$work/build.log" | sort -u | head -n 20 >&2
  fail 'Console.Chaos could not be built'
}

# Workers, consoles and the Redis that is harmed are children of the program, in its process group, and some may be frozen.
finish() {
  local status=$?
  trap '' INT TERM HUP
  [[ -n ${chaos_pid:-} ]] && kill -KILL -- "-$chaos_pid" 2>/dev/null
  scripts/servers.sh remove "$work/servers"
  rm -rf "$work"
  exit "$status"
}

mkdir -p "$work" || exit 1
trap finish EXIT
trap 'exit 130' INT TERM HUP

need_dotnet
need_packages redis-server postgresql tzdata faketime
build
(($#)) || { dotnet "$chaos"; exit; }
# Its Redis holds the ledger; the Redis that is harmed is started by the program.
scripts/servers.sh start "$work/servers" --throwaway || exit 1
. "$work/servers/env"
mkdir "$work/logs"
CHAOS_FOLDER=$work/logs setsid dotnet "$chaos" "$@" </dev/null &
chaos_pid=$!
wait "$chaos_pid"
status=$?
# Kept for whoever wants to know why.
((status)) && [[ -n ${CHAOS_KEEP:-} ]] && cp -r "$work/logs" "$CHAOS_KEEP"
exit "$status"
