#!/usr/bin/env bash
# Does harm to workers, consoles and servers of its own, and tells what was lost; the last line is one JSON object.
#
#   ./chaos.sh                  lists the experiments
#   ./chaos.sh NAME [--quick]   runs one; --quick takes a minute at most, with fewer faults and without goals of speed
#   ./chaos.sh mix --seed N     repeats the mix of a seed
#   ./chaos.sh all [--quick]    runs all of them, one after the other; short forms three beside each other
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/scripts/lib.sh"
cd "$root" || exit 1

chaos=Console.Chaos/bin/Release/net10.0/OpsConsole.Chaos.dll
begin_work "$root/.chaos/$$"
need_dotnet
need_packages redis-server postgresql tzdata faketime
build_release Console.Chaos
(($#)) || { dotnet "$chaos"; exit; }
# Its Redis holds the ledger; the Redis that is harmed is started by the program.
scripts/servers.sh start "$work/servers" --throwaway || exit 1
. "$work/servers/env"
mkdir "$work/logs"
export CHAOS_FOLDER=$work/logs
run_program dotnet "$chaos" "$@"
status=$?
# Kept for whoever wants to know why.
((status)) && [[ -n ${CHAOS_KEEP:-} ]] && cp -r "$work/logs" "$CHAOS_KEEP"
exit "$status"
