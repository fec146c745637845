#!/usr/bin/env bash
# Makes and runs trivial jobs with BullMQ, Sidekiq, Celery and this engine, in turn, on one Redis (append-only file, everysec).
# Called by ./bench.sh peers [--quick], which has started the servers and built the bench.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/lib.sh
. "$here/../../scripts/lib.sh"

jobs=40000 ones=2000 warm=20000 repeats=3
[[ ${1:-} == --quick ]] && jobs=30000 ones=500 warm=15000 repeats=1
# Slots, threads or processes of each; more made none of them faster on two cores.
declare -A slots=([bullmq]=50 [sidekiq]=10 [celery]=2 [console]=50)
declare -A base=([bullmq]=1 [sidekiq]=2 [celery]=3 [console]=0)
peers=(bullmq sidekiq celery console)
results=$PEERS_WORK/results
worker='' keeper=''

install() {
  need_packages redis-server ruby-sidekiq celery python3-redis nodejs npm
  [[ -d $PEERS_MODULES/bullmq ]] && return
  say 'installing bullmq ...'
  mkdir -p "$(dirname "$PEERS_MODULES")" && cp "$here/package.json" "$(dirname "$PEERS_MODULES")/"
  (cd "$(dirname "$PEERS_MODULES")" && npm install --no-audit --no-fund --loglevel=error) >"$PEERS_WORK/npm.log" 2>&1 ||
    { tail -n 20 "$PEERS_WORK/npm.log" >&2; fail 'npm could not install bullmq'; }
}

make_jobs() {
  case $1 in
    bullmq) node "$here/bullmq.mjs" make "$jobs" "$ones" ;;
    sidekiq) ruby "$here/sidekiq.rb" make "$jobs" "$ones" ;;
    celery) (cd "$here" && PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 celery_app.py make "$jobs" "$ones") ;;
    console) dotnet "$BENCH" --make "$PEER_PREFIX" "$jobs" "$ones" ;;
  esac
}

# The engine's worker ends when its input does: a pipe that is held open keeps it.
start_worker() {
  local log=$PEERS_WORK/$1.log
  case $1 in
    bullmq) node "$here/bullmq.mjs" work "${slots[$1]}" >"$log" 2>&1 & ;;
    sidekiq) sidekiq --require "$here/sidekiq.rb" --concurrency "${slots[$1]}" --environment production >"$log" 2>&1 & ;;
    celery) (cd "$here" && PYTHONDONTWRITEBYTECODE=1 C_FORCE_ROOT=1 exec /usr/bin/python3 -m celery -A celery_app worker --concurrency "${slots[$1]}" --loglevel error) >"$log" 2>&1 & ;;
    console)
      mkfifo "$PEERS_WORK/hold" 2>/dev/null
      dotnet "$BENCH" --worker "$PEER_PREFIX" "${slots[$1]}" <"$PEERS_WORK/hold" >"$log" 2>&1 &
      exec {keeper}>"$PEERS_WORK/hold"
      ;;
  esac
  worker=$!
}

stop_worker() {
  [[ -n $keeper ]] && exec {keeper}>&-
  keeper=''
  [[ -n $worker ]] || return 0
  [[ $1 == console ]] || kill -TERM "$worker" 2>/dev/null
  wait_gone "$worker" 20 || kill -KILL "$worker" 2>/dev/null
  wait "$worker" 2>/dev/null
  worker=''
}

run_peer() {
  export PEER_DB=${base[$1]} PEER_PREFIX="{peer-$RANDOM$RANDOM}:"
  redis-cli -h 127.0.0.1 -p "$REDIS_PORT" -n "$PEER_DB" flushdb >/dev/null
  make_jobs "$1" >"$PEERS_WORK/figures" || fail "$1 could not make its jobs"
  start_worker "$1"
  /usr/bin/python3 "$here/watch.py" "$1" "$((jobs + ones))" "$warm" 120 >>"$PEERS_WORK/figures" || { tail -n 5 "$PEERS_WORK/$1.log" >&2; stop_worker "$1"; fail "$1 did not run its jobs"; }
  stop_worker "$1"
  redis-cli -h 127.0.0.1 -p "$REDIS_PORT" -n "$PEER_DB" flushdb >/dev/null
  sed "s/^/$1 /" "$PEERS_WORK/figures" >>"$results"
}

median() { awk -v peer="$1" -v figure="$2" '$1 == peer && $2 == figure { print $3 }' "$results" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
ratio() { awk -v own="$1" -v other="$2" 'BEGIN { printf "%.2f", own / other }'; }

report() {
  local peer one bulk drain own json='{"scenario":"peers"'
  own=$(median console drain)
  printf 'peers: %d jobs each, %d repeats in turn, medians of jobs per second\n' "$jobs" "$repeats"
  printf '  %-10s %6s %12s %12s %12s %22s\n' peer slots 'one by one' bulk drain 'this engine against it'
  for peer in "${peers[@]}"; do
    one=$(median "$peer" one) bulk=$(median "$peer" bulk) drain=$(median "$peer" drain)
    printf '  %-10s %6d %12d %12d %12d %22s\n' "$peer" "${slots[$peer]}" "$one" "$bulk" "$drain" "$(ratio "$own" "$drain")"
    json+=",\"${peer}_one_per_s\":$one,\"${peer}_bulk_per_s\":$bulk,\"${peer}_drain_per_s\":$drain"
    [[ $peer == console ]] || json+=",\"drain_to_$peer\":$(ratio "$own" "$drain")"
  done
  printf '\n%s}\n' "$json"
}

trap 'stop_worker "${peer:-none}"' EXIT
trap 'exit 130' INT TERM HUP
install
: >"$results"
for ((repeat = 0; repeat < repeats; repeat++)); do
  for peer in "${peers[@]}"; do run_peer "$peer"; done
done
report
