#!/usr/bin/env bash
# Starts the console, a sample job host, and a PostgreSQL and a Redis of their own. Ctrl-C stops all of it.
#
#   ./run.sh            http://127.0.0.1:5080, or another port with PORT=...; the data stays in .run/ for the next time
#   ./run.sh --fresh    the same, from empty data
#   ./run.sh down       stops a run from elsewhere, and what a killed one left behind
#
# The first start prints a link that makes the first administrator. For unattended use, OPS_ADMIN_EMAIL and
# OPS_ADMIN_PASSWORD make one without it.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/scripts/lib.sh"
cd "$root" || exit 1

run=$root/.run
servers=$run/servers
app=$run/app
logs=$run/logs
port=${PORT:-5080}
address=http://127.0.0.1:$port

main() {
  case ${1:-} in
    '' | --fresh) start "${1:-}" ;;
    down) down ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$root/run.sh" >&2; exit 2 ;;
  esac
}

start() {
  if [[ ! $port =~ ^[0-9]{1,5}$ ]] || ((10#$port < 1 || 10#$port > 65535)); then
    fail "PORT must be a number from 1 to 65535; it is '$port'"
  fi
  mkdir -p "$logs" || fail "the folder $run cannot be made"
  take_lock || fail "it is already running, from process $(cat "$run/pid" 2>/dev/null); './run.sh down' stops it"
  echo $$ >"$run/pid"
  stop_leftovers
  port_is_taken "$port" && fail "port $port is taken by another program. Choose another one: PORT=$((port + 1)) ./run.sh"
  need_dotnet
  need_packages redis-server postgresql tzdata
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  trap 'stop_all' EXIT
  [[ $1 == --fresh ]] && empty_data
  build
  scripts/servers.sh start "$servers" 9>&- || exit 1
  . "$servers/env"
  start_programs
  wait_until_ready
  announce
  watch
}

# The lock ends with the process that holds it, however that ends. Children are started without it.
take_lock() {
  exec 9>>"$run/lock"
  flock --nonblock 9
}

empty_data() {
  scripts/servers.sh remove "$servers" 9>&-
  rm -rf "$run/data" "${logs:?}"/*
}

# Everything that the programs are made from, by content: a second start builds nothing.
sources() {
  {
    dotnet --version </dev/null 2>/dev/null
    find Console.Jobs Console.Data Console.Web samples ./*.props .editorconfig \
      \( -name bin -o -name obj \) -prune -o -type f -print0 | sort -z | xargs -0 sha1sum
  } | sha1sum
}

build() {
  local now
  now=$(sources)
  [[ -d $app && $(cat "$app/sources" 2>/dev/null) == "$now" ]] && return
  say 'building ...'
  rm -rf "$app"
  publish Console.Web console && publish samples/Reports reports && printf '%s\n' "$now" >"$app/sources"
}

# In the background, because bash would attend to a signal only after the build.
publish() {
  dotnet publish "$1" --configuration Release --output "$app/$2" --disable-build-servers --verbosity quiet \
    >"$logs/build-$2.log" 2>&1 </dev/null 9>&- &
  echo $! >"$run/build.pid"
  wait $! && rm -f "$run/build.pid" && return
  grep -E 'error|warning' "$logs/build-$2.log" | sort -u | head -n 20 >&2
  fail "$1 could not be built; the whole output is in $logs/build-$2.log"
}

start_programs() {
  export Jobs__Redis=$OPS_REDIS Log__Folder=$logs
  Database__ConnectionString=$OPS_POSTGRES ASPNETCORE_URLS=$address launch console OpsConsole.Web.dll
  # Work that never ends, and waits between attempts that one can sit through.
  Reports__DataFolder=$run/data Traffic__Enabled=${Traffic__Enabled:-true} Traffic__PartnerPort=$(partner_port) \
    Demo__ShortenRetries=${Demo__ShortenRetries:-true} launch reports OpsConsole.Samples.Reports.dll
}

# The same as last time if it can be had, because waiting jobs have the address in their arguments.
partner_port() {
  local port
  port=$(cat "$run/partner-port" 2>/dev/null)
  if [[ -z $port ]] || port_is_taken "$port"; then port=$(free_port); fi
  printf '%s\n' "$port" | tee "$run/partner-port"
}

# launch NAME DLL: in a session of its own, so that Ctrl-C reaches only this script, which then stops things in order.
launch() {
  (umask 077 && rm -f "$logs/$1.log" && cd "$app/$1" && exec setsid dotnet "$2" </dev/null >>"$logs/$1.log" 2>&1 9>&-) &
  echo $! >"$run/$1.pid"
}

stop_program() {
  stop_process "$(cat "$run/$1.pid" 2>/dev/null)" "$app/$1" TERM 30
  rm -f "$run/$1.pid"
}

# The host first: it gives unfinished jobs back while Redis is still there.
stop_leftovers() {
  stop_process "$(cat "$run/build.pid" 2>/dev/null)" "$root" TERM 10
  rm -f "$run/build.pid"
  stop_program reports
  stop_program console
  scripts/servers.sh stop "$servers" 9>&-
}

stop_all() {
  trap '' INT TERM HUP
  say 'stopping ...'
  stop_leftovers
  rm -f "$run/pid"
  say 'stopped'
}

down() {
  [[ -d $run ]] || return 0
  if ! take_lock; then
    local pid
    pid=$(cat "$run/pid" 2>/dev/null)
    owns_process "$pid" "$root" && kill -TERM "$pid"
    flock --timeout 120 9 || fail "process $pid did not stop within 120 s"
  fi
  stop_leftovers
  rm -f "$run/pid"
}

wait_until_ready() {
  for _ in {1..600}; do
    bash scripts/ready.sh "$port" 9>&- && return
    runs console || give_up console
    sleep 0.1
  done
  give_up console
}

give_up() {
  tail -n 25 "$logs/$1.log" >&2
  fail "the program '$1' is not ready or has ended; its log is $logs/$1.log"
}

# The console says where it is, and how to make the first administrator while there is none. That link stands nowhere
# but here and in a log that only this user can read.
announce() {
  local line
  for _ in {1..100}; do
    line=$(grep -m 1 -o 'Ops Console is at .*' "$logs/console.log") && break
    sleep 0.1
  done
  grep -h 'OPS_ADMIN_' "$logs/console.log" >&2
  printf '%s\n' "${line:-Ops Console is at $address}"
  say 'Ctrl-C stops it.'
}

watch() {
  while runs console && runs reports; do
    sleep 1
    keep_small "$logs/console.log"
    keep_small "$logs/reports.log"
  done
  runs console || give_up console
  give_up reports
}

runs() { jobs -pr | grep -qxF "$(cat "$run/$1.pid")"; }

# What programs print is for the eye; the JSON files beside it rotate by themselves.
keep_small() {
  (($(stat -c %s "$1") > 20000000)) && tail -c 1000000 "$1" >"$1.old" && : >"$1"
}

main "$@"
