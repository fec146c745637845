#!/usr/bin/env bash
# start.sh DLL: puts the secrets, which come as files, into the options, and becomes the program.
set -euo pipefail
secrets=/run/secrets
if [[ -r $secrets/redis_password ]]; then
  Jobs__Redis+=",password=$(<"$secrets/redis_password")"
fi
if [[ -r $secrets/postgres_password ]]; then
  Database__ConnectionString+=";Password=$(<"$secrets/postgres_password")"
fi
if [[ -r $secrets/metrics_token ]]; then
  export Telemetry__Token=$(<"$secrets/metrics_token")
fi
exec dotnet "$@"
