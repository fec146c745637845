#!/usr/bin/env bash
# Runs every check: build with warnings as errors, format, scripts, and all tests against servers of their own.
#
#   ./test.sh                                  everything; the last line is "N passed, N failed": tests and short experiments
#   ./test.sh --filter-class '*QueueBoard*'    only the tests that match; any option of the test runner may stand here
#
# Works with nothing running before it, and leaves nothing running.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/scripts/lib.sh"
cd "$root" || exit 1

work=$root/.test/$$
# Everything started from here inherits this; what still runs at the end is found by it.
export OPS_TEST_RUN=$root/$$
# They end what hangs; a machine with half the speed must still come through.
limit_seconds=1200
chaos_limit_seconds=900
passed=0 failed=0 skipped=0

finish() {
  trap '' INT TERM HUP
  end_strays
  [[ -d $work ]] && OPS_TEST_RUN='' scripts/servers.sh remove "$work/servers"
  ((failed == 0 && passed > 0)) && rm -rf "$work"
  ((passed + failed == 0)) && failed=1
  printf '%d passed, %d failed%s\n' "$passed" "$failed" "$( ((skipped)) && printf ', %d skipped' "$skipped")"
  exit $((failed > 0))
}

# Browsers and servers that a crashed test left behind, in whatever process group they put themselves.
end_strays() {
  local environ pid
  for environ in /proc/[0-9]*/environ; do
    pid=${environ//[!0-9]/}
    ((pid == $$ || pid == BASHPID)) && continue
    grep -qzxF "OPS_TEST_RUN=$OPS_TEST_RUN" "$environ" 2>/dev/null || continue
    # The servers started here are stopped in their own way, afterwards.
    [[ $(readlink "/proc/$pid/cwd") == "$work/servers"/* ]] || kill -KILL "$pid" 2>/dev/null
  done
}

# step NAME COMMAND...: runs a check that is not a test. Its output is shown only when it fails.
step() {
  local name=$1 log=$work/step.log start=$SECONDS
  shift
  if "$@" >"$log" 2>&1 </dev/null; then
    say "$name: ok ($((SECONDS - start)) s)"
  else
    cat "$log" >&2
    say "$name: FAILED ($((SECONDS - start)) s): $*"
    failed=$((failed + 1))
    return 1
  fi
}

check_scripts() {
  local script
  for script in *.sh .ci/run scripts/*.sh docker/*.sh; do
    bash -n "$script" || return 1
  done
}

# Without the analyzers, which the build has run already.
check_format() {
  dotnet format whitespace Console.sln --verify-no-changes --no-restore --verbosity quiet &&
    dotnet format style Console.sln --verify-no-changes --no-restore --verbosity quiet
}

# The images cannot be built where no engine runs; that the composition holds together can be checked. Compose 1, which
# Debian packages, knows all of the file but its name.
check_compose() {
  if docker compose version >/dev/null 2>&1; then
    step 'compose' docker compose --file docker/compose.yaml config --quiet
  elif command -v docker-compose >/dev/null; then
    sed '/^name:/d' docker/compose.yaml >"$work/compose.yaml"
    step 'compose' docker-compose --file "$work/compose.yaml" --project-directory docker config --quiet
  else
    say 'compose: not checked, because neither docker compose nor docker-compose is installed'
  fi
}

run_tests() {
  local report=$work/results.xml
  scripts/servers.sh start "$work/servers" --throwaway || { failed=$((failed + 1)); return; }
  . "$work/servers/env"
  say 'tests: running'
  # In a session of its own, so that Ctrl-C reaches this script first. The runner minds the time limit itself and then
  # still reports; timeout is there for a runner that hangs.
  setsid timeout --kill-after=20 $((limit_seconds + 30)) dotnet Console.Tests/bin/Release/net10.0/OpsConsole.Tests.dll \
    --no-ansi --no-progress --results-directory "$work" --report-xunit --report-xunit-filename results.xml \
    --timeout "${limit_seconds}s" --xunit-diagnostics on "$@" </dev/null >"$work/tests.log" 2>&1 &
  wait $!
  local status=$?
  without_logs <"$work/tests.log"
  count "$report" "$status"
}

# What the runner says, without what the consoles and workers under test print and log meanwhile.
without_logs() {
  awk '/^(failed|skipped) |^Test run summary|^\[Long Running|^  In process file/ {show = 1}
       /^[0-9:.]+ (INF|WRN|ERR|FTL) |^Ops Console is at |^(info|warn|fail|crit): / {show = 0}
       BEGIN {show = 1} show'
}

# The figures are the runner's own, from its report. A runner that left no report, or whose exit code says more than its
# report does, counts as a failure.
count() {
  local report=$1 status=$2 totals
  totals=$(grep -o '<assembly [^>]*>' "$report" 2>/dev/null)
  if [[ -n $totals ]]; then
    passed=$(figure passed) failed=$((failed + $(figure failed) + $(figure errors))) skipped=$(figure skipped)
  fi
  ((status == 3 || status == 124 || status == 137)) && say "the tests were ended: they took longer than $limit_seconds s, or were interrupted"
  if ((status != 0 && failed == 0)); then
    say "the test runner ended with exit code $status$([[ -n $totals ]] || printf ' and left no report')"
    failed=1
  fi
}

# The short form of every experiment of chaos.sh. Each counts as one test, by the program's own JSON; the line about 'all' says
# whether it came to its end.
run_experiments() {
  local log=$work/chaos.log start=$SECONDS ok broken
  mkdir "$work/chaos"
  CHAOS_FOLDER=$work/chaos setsid timeout --kill-after=20 "$chaos_limit_seconds" \
    dotnet Console.Chaos/bin/Release/net10.0/OpsConsole.Chaos.dll all --quick </dev/null >"$log" 2>&1 &
  wait $!
  local status=$?
  ok=$(grep '^{"experiment":' "$log" | grep -v '^{"experiment":"all"' | grep -c '"ok":true')
  broken=$(grep '^{"experiment":' "$log" | grep -v '^{"experiment":"all"' | grep -c '"ok":false')
  grep -q "^{\"experiment\":\"all\".*\"experiments\":$((ok + broken))," "$log" || status=$((status ? status : 1))
  ((status != 0 && broken == 0)) && { say "the experiments ended with exit code $status before their end"; broken=1; }
  passed=$((passed + ok)) failed=$((failed + broken))
  ((broken)) && cat "$log" >&2
  say "experiments: $ok passed, $broken failed ($((SECONDS - start)) s)"
}

figure() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$totals" | awk '{sum += $1} END {print sum + 0}'; }

# Reports of failed runs stay until the next one.
remove_old_reports() {
  local old
  for old in .test/[0-9]*/; do
    owns_process "$(basename "$old")" "$root" || rm -rf "$old"
  done
}

remove_old_reports
mkdir -p "$work" || exit 1
trap finish EXIT
trap 'failed=$((failed + 1)); exit 130' INT TERM HUP

need_dotnet
need_packages redis-server postgresql tzdata chromium faketime
step 'scripts' check_scripts
check_compose
step 'build' dotnet build Console.sln --configuration Release --disable-build-servers -warnaserror --verbosity quiet || exit 1
step 'format' check_format
run_tests "$@"
# Afterwards, not beside the tests; and not when only some of the tests were asked for.
(($#)) || run_experiments
