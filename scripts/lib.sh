# What run.sh, test.sh, bench.sh, chaos.sh and servers.sh share. Sourced, never run.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }
fail() { say "${0##*/}: $*"; exit 1; }

# Files that only their owner may read are made with this around them.
secretly() { (umask 077; "$@"); }

# owns_process PID FOLDER: is PID alive, and does it work in FOLDER or below? A number in a pid file is reused by the system
# sooner or later; the working directory tells whether the process is still the one that wrote it.
owns_process() {
  local pid=$1 folder=$2 where
  [[ $pid =~ ^[0-9]+$ ]] && kill -0 "$pid" 2>/dev/null || return 1
  where=$(readlink "/proc/$pid/cwd" 2>/dev/null) && [[ $where/ == "$(readlink -f "$folder")"/* ]]
}

# wait_gone PID SECONDS: waits until the process has ended.
wait_gone() {
  local pid=$1 tenths=$(($2 * 10))
  while kill -0 "$pid" 2>/dev/null; do
    # An ended child that nobody has waited for yet still answers kill -0.
    [[ $(sed 's/.*) \(.\).*/\1/' "/proc/$pid/stat" 2>/dev/null) == Z ]] && return 0
    ((tenths-- > 0)) || return 1
    sleep 0.1
  done
}

# stop_process PID FOLDER SIGNAL SECONDS: asks first, and insists after SECONDS.
stop_process() {
  local pid=$1 folder=$2 signal=$3 seconds=$4
  owns_process "$pid" "$folder" || return 0
  kill "-$signal" "$pid" 2>/dev/null
  wait_gone "$pid" "$seconds" && return 0
  say "process $pid did not stop within $seconds s; it is ended by force"
  kill -KILL "$pid" 2>/dev/null
  wait_gone "$pid" 5
}

port_is_taken() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the range from which the system takes ports for outgoing connections.
free_port() {
  local port
  for _ in {1..50}; do
    port=$((20000 + RANDOM % 12000))
    port_is_taken "$port" || { printf '%s\n' "$port"; return; }
  done
  fail "no free port was found between 20000 and 32000"
}

postgres_bin() {
  local bin
  bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)
  [[ -n $bin && -x $bin/initdb ]] && { printf '%s\n' "$bin"; return; }
  bin=$(command -v initdb) && dirname "$(readlink -f "$bin")"
}

# need_packages NAME...: installs what is missing of these packages; tzdata holds the time zones of schedules.
need_packages() {
  local missing=() name
  for name in "$@"; do
    case $name in
      postgresql) [[ -n $(postgres_bin) ]] ;;
      tzdata) [[ -e ${TZDIR:-/usr/share/zoneinfo}/Europe/Paris ]] ;;
      ruby-sidekiq) command -v sidekiq >/dev/null ;;
      python3-redis) /usr/bin/python3 -c 'import redis' 2>/dev/null ;;
      nodejs) command -v node >/dev/null ;;
      *) command -v "$name" >/dev/null ;;
    esac || missing+=("$name")
  done
  ((${#missing[@]})) || return 0
  local command="apt-get install --no-install-recommends ${missing[*]}" log
  command -v apt-get >/dev/null || fail "missing: ${missing[*]}. Install that with this system's package manager and start again."
  ((EUID == 0)) || fail "missing: ${missing[*]}. Install that and start again: sudo $command"
  say "installing ${missing[*]} ..."
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update && $command --yes; } </dev/null >"$log" 2>&1 && rm -f "$log" && return
  tail -n 20 "$log" >&2
  fail "apt could not install ${missing[*]}; its whole output is in $log"
}

need_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing: no program 'dotnet' on the PATH"
  dotnet --list-sdks </dev/null 2>/dev/null | grep -q '^10\.' || fail "the .NET 10 SDK is missing; 'dotnet --list-sdks' lists: $(dotnet --list-sdks 2>&1 | tr '\n' ' ')"
}

# build_release PROJECT: builds it quietly, and says why when it cannot be built. For scripts that have called begin_work.
build_release() {
  dotnet build "$1" --configuration Release --disable-build-servers --verbosity quiet >"$work/build.log" 2>&1 </dev/null && return
  grep -E 'error|warning' "$work/build.log" | sort -u | head -n 20 >&2
  fail "$1 could not be built"
}

# begin_work FOLDER: makes it, as $work; it goes when the script ends, with the servers in it and what run_program has started.
begin_work() {
  work=$1 program_pid=''
  mkdir -p "$work" || exit 1
  trap end_work EXIT
  trap 'exit 130' INT TERM HUP
}

end_work() {
  local status=$?
  trap '' INT TERM HUP
  if [[ -n $program_pid ]]; then
    kill -TERM "$program_pid" 2>/dev/null && wait_gone "$program_pid" 20
    # Its children are in its process group, and some may be frozen.
    kill -KILL -- "-$program_pid" 2>/dev/null
  fi
  local servers
  for servers in "$work"/servers*; do [[ -d $servers ]] && scripts/servers.sh remove "$servers"; done
  rm -rf "$work"
  exit "$status"
}

# run_program COMMAND...: runs it in a session of its own, so that Ctrl-C reaches the script first, and returns its exit code.
run_program() {
  setsid "$@" </dev/null &
  program_pid=$!
  wait "$program_pid"
}
