#!/usr/bin/env bash
# Has the worker in this container told Redis within the last minute that it lives? The record that it renews with every
# heartbeat expires after 60 s (docs/protocol.md), so the record's being there is the answer.
# Reads the same settings as the worker: Jobs__Redis (its first host:port), Jobs__Prefix and Worker__Name.
set -uo pipefail
prefix=${Jobs__Prefix:-'{hangfire}:'}
server=${Jobs__Redis:?}
server=${server%%,*}
exec 3<>"/dev/tcp/${server%:*}/${server##*:}" || exit 1

# ask COMMAND: one inline command; its answer, with arrays flattened to one element a line.
ask() {
  local line count
  printf '%s\r\n' "$1" >&3
  read -r -t 5 line <&3 || return 1
  line=${line%$'\r'}
  case $line in
    -*) printf '%s\n' "$line" >&2; return 1 ;;
    \**)
      for ((count = ${line#\*}; count > 0; count--)); do
        read -r -t 5 <&3 && read -r -t 5 line <&3 || return 1
        printf '%s\n' "${line%$'\r'}"
      done ;;
    *) printf '%s\n' "${line#[+:]}" ;;
  esac
}

password=/run/secrets/redis_password
if [[ -r $password ]]; then ask "AUTH $(<"$password")" >/dev/null || exit 1; fi
while read -r id; do
  [[ $(ask "EXISTS ${prefix}ops:worker:$id") == 1 ]] && exit 0
done < <(ask "SMEMBERS ${prefix}servers" | grep "^${Worker__Name:-$HOSTNAME}:")
exit 1
