#!/usr/bin/env bash
# Makes the passwords that compose.yaml hands to the containers, where there are none yet.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/secrets
mkdir -p "$folder"
# The folder keeps other users out; the files must be readable for whatever user a container runs as.
chmod 700 "$folder"
for name in postgres_password redis_password metrics_token grafana_password; do
  [[ -s $folder/$name ]] && continue
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$folder/$name"
  chmod 644 "$folder/$name"
done
