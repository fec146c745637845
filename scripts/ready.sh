#!/usr/bin/env bash
# scripts/ready.sh PORT [PATH]: does the program on 127.0.0.1:PORT answer PATH (/health/ready) with 200?
# Speaks HTTP by itself: neither a fresh Debian nor the runtime image of the console has curl.
port=$1 path=${2:-/health/ready}
{ exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || exit 1
printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$path" >&3
read -r -t 10 status <&3
[[ $status == HTTP/*\ 200\ * ]]
