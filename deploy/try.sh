#!/usr/bin/env bash
# Builds the image, starts what the compose files describe under names and ports of its own, takes files through it into the sink, and removes all of it.
#
#   deploy/try.sh                        one process, its first administrator from a file, then the cluster
#   deploy/try.sh one | admin | cluster  one of them
#   deploy/try.sh --no-build ...   with the images that are there
#
# Needs Docker or Podman with Compose 2 (docker compose, podman compose), curl and the OpenSSH client. The last line is "N passed, N failed"; exit code 0 when nothing failed, 77 when no engine runs here.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

engine=''
for one in docker podman; do
  "$one" info >/dev/null 2>&1 && "$one" compose version >/dev/null 2>&1 && engine=$one && break
done
[[ -n "$engine" ]] || { echo "no engine: neither docker nor podman answers here with compose"; exit 77; }
for program in curl sftp ssh-keygen; do
  [[ -n "$(command -v "$program")" ]] || { echo "$program is not installed"; exit 77; }
done

build=1
[[ "${1:-}" == --no-build ]] && build=0 && shift
(($# > 0)) || set -- one admin cluster

work=$(mktemp -d)
export HTTP_PORT=${HTTP_PORT:-18080} DASHBOARD_PORT=${DASHBOARD_PORT:-18081} SFTP_PORT=${SFTP_PORT:-127.0.0.1:12222}
export DASHBOARD_URL="http://localhost:$DASHBOARD_PORT" TRACKING_URL="http://localhost:$HTTP_PORT" SECRETS="$work/secrets"
passed=0 failed=0 files=()

say() { printf '== %s\n' "$*"; }
compose() { "$engine" compose -p closedloop-try "${files[@]/#/--file=}" "$@"; }
program() { local service="$1"; shift; compose exec -T "$service" dotnet /app/closedloop.dll "$@"; }
container() { compose ps -a -q "$1" | head -n 1; }
state() { "$engine" inspect --format "$2" "$(container "$1")"; }

check() {
  local what="$1"; shift
  if "$@" >"$work/said" 2>&1; then
    passed=$((passed + 1)); printf '✓ %s\n' "$what"
  else
    failed=$((failed + 1)); printf '✗ %s\n' "$what"; tail -n 20 "$work/said" | sed 's/^/    /'
  fi
}

# Asks again until it is so, for at most the seconds given.
within() {
  local end=$((SECONDS + $1)); shift
  until "$@"; do ((SECONDS < end)) || return 1; sleep 0.5; done
}

down() {
  ((${#files[@]} > 0)) || return 0
  ((failed == 0)) || { compose logs --no-color >"${TMPDIR:-/tmp}/closedloop-try.log" 2>&1; say "logs of the containers: ${TMPDIR:-/tmp}/closedloop-try.log"; }
  compose down --volumes --timeout 20 >/dev/null 2>&1
  files=()
}
trap 'down; rm -rf "$work"' EXIT

start() {
  files=("$@")
  compose config --quiet || return 1
  ((build == 0)) || compose build || return 1
  compose up --detach --no-build
}

is_healthy() { [[ "$(state "$1" '{{.State.Health.Status}}')" == healthy ]]; }

# What the kernel says of the first process: nobody's user, no capabilities, no way to more, nothing to write but the volume and /tmp.
is_confined() {
  local status
  status=$(compose exec -T "$1" cat /proc/1/status) || return 1
  grep -q '^Uid:[[:space:]]*1654[[:space:]]1654' <<<"$status" && grep -q '^CapBnd:[[:space:]]*0*$' <<<"$status" && grep -q '^CapEff:[[:space:]]*0*$' <<<"$status" &&
    grep -q '^NoNewPrivs:[[:space:]]*1' <<<"$status" &&
    compose exec -T "$1" cat /proc/mounts | grep -q '^[^ ]* / [^ ]* ro,' && compose exec -T "$1" touch /data/x /tmp/x
}

# The link of the log leads to a page with a button, and that signs in; without it, or by another name, there is no dashboard.
signs_in() {
  local link page token
  link=$(compose logs --no-log-prefix "$1" | sed -n 's/.*dashboard, once: //p' | tail -n 1)
  [[ "$link" == "$DASHBOARD_URL/login?token="* ]] || { echo "link: $link"; return 1; }
  [[ "$(curl -s -o /dev/null -w '%{http_code}' "$DASHBOARD_URL/files")" == 302 && "$(curl -s -o /dev/null -w '%{http_code}' -H 'Host: example.org' "$DASHBOARD_URL/files")" == 421 ]] || { echo "the door is open"; return 1; }
  page=$(curl -s -c "$work/cookies" "$link")
  token=$(sed -n 's/.*name="__RequestVerificationToken" value="\([^"]*\)".*/\1/p' <<<"$page" | head -n 1)
  curl -s -o /dev/null -b "$work/cookies" -c "$work/cookies" --data-urlencode "token=${link#*token=}" --data-urlencode "__RequestVerificationToken=$token" "$DASHBOARD_URL/login/link"
  [[ "$(curl -s -o /dev/null -w '%{http_code}' -b "$work/cookies" "$DASHBOARD_URL/files")" == 200 ]]
}

# Behind a proxy with TLS: the link signs nobody in, the password of the file does.
signs_in_by_password() {
  local page token cookies here="http://localhost:$DASHBOARD_PORT" name=(-H "Host: ${DASHBOARD_URL#https://}")
  page=$(curl -s -D "$work/head" "${name[@]}" "$here/login")
  token=$(sed -n 's/.*name="__RequestVerificationToken" value="\([^"]*\)".*/\1/p' <<<"$page" | head -n 1)
  cookies=$(sed -n 's/^set-cookie: \([^;]*\).*/\1/Ip' "$work/head")
  curl -s -o /dev/null -D "$work/head" "${name[@]}" -H "Cookie: $cookies" --data-urlencode "name=admin" --data-urlencode "password=$1" --data-urlencode "__RequestVerificationToken=$token" "$here/login"
  cookies=$(sed -n 's/^set-cookie: \([^;]*\).*/\1/Ip' "$work/head" | paste -sd ';')
  [[ "$(curl -s -o /dev/null -w '%{http_code}' "${name[@]}" -H "Cookie: $cookies" "$here/files")" == 200 ]]
}

# Definitions of the demonstration, for the folder given.
definitions() {
  rm -rf "$work/definitions" && mkdir -p "$work/definitions" && cp -r ../src/ClosedLoop.Silo/Demo/Content "$work/definitions/demo"
  [[ -z "${1:-}" ]] || sed -i "s|\"key\": \"demo\",|\"key\": \"demo\", \"folders\": { \"root\": \"$1\" },|" "$work/definitions/demo/client.json"
}

apply() { tar -C "$work" -c definitions | compose exec -T "$1" tar -x -C /data && program "$1" apply /data/definitions; }
rows() { for ((i = 1; i <= $2; i++)); do printf '%s%d@example.org;71000000000;501;Ms;Anna;Berg;Gent;%d\n' "$1" "$i" "$i"; done; }
lines() { compose exec -T "$1" cat /data/sink/ledger.jsonl 2>/dev/null | wc -l; }
has_lines() { (($(lines "$1") >= $2)); }
has_ended() { program "$1" mailings ls --json | grep -qE '"(waiting|sending)": ?[1-9]' && return 1; program "$1" status; }
asks_readers() { [[ "$(curl -s -o /dev/null -w '%{http_code}' "$TRACKING_URL/o/nobody")" == 404 && "$(curl -s -o /dev/null -w '%{http_code}' "$TRACKING_URL/readyz")" == 200 ]]; }

one() {
  say "one process, compose.yaml, $engine"
  check "image is built and container starts" start compose.yaml
  check "engine calls it healthy" within 120 is_healthy closedloop
  check "it is confined" is_confined closedloop
  check "readers are answered" asks_readers
  check "link of the log opens the dashboard" signs_in closedloop
  definitions
  check "definitions are applied" apply closedloop
  rows a 200 | compose exec -T closedloop sh -c 'cat > /data/first.csv'
  check "a file goes to its end" program closedloop drop /data/first.csv --client demo --wait --timeout 120
  check "the sink has all of it" test "$(lines closedloop)" -eq 200

  check "the demonstration adds up in a container of its own" "$engine" run --rm --read-only --tmpfs /tmp --tmpfs /data:uid=1654,mode=700 "closedloop:${CLOSEDLOOP_VERSION:-latest}" demo --exit --recipients 20

  rows b 30000 | compose exec -T closedloop sh -c 'cat > /data/second.csv'
  check "a large file is taken in" program closedloop drop /data/second.csv --client demo --timeout 120
  check "and is being sent" within 60 has_lines closedloop 1000
  check "it stops within its time while it sends" stops closedloop 120
  check "and starts again" compose start closedloop
  check "and is healthy" within 120 is_healthy closedloop
  check "the rest goes out" within 240 has_lines closedloop 30200
  check "and everything adds up" within 60 has_ended closedloop
  check "nobody twice, nobody in doubt" test "$(lines closedloop) $(unknown closedloop)" = "30200 0"
  down
}

admin() {
  local DASHBOARD_URL=https://dashboard.example.org
  say "the first administrator, compose.admin.yaml, $engine"
  secrets
  check "container starts" start compose.yaml compose.admin.yaml
  check "engine calls it healthy" within 120 is_healthy closedloop
  check "a wrong password opens nothing" fails signs_in_by_password wrong
  check "the password of the file does" signs_in_by_password "$(cat "$SECRETS/admin")"
  down
}

fails() { ! "$@"; }

# Ends by itself, code 0, before the engine would kill it (137).
stops() {
  local began=$SECONDS
  compose stop "$1" && [[ "$(state "$1" '{{.State.ExitCode}}')" == 0 ]] && ((SECONDS - began < $2)) && echo "$((SECONDS - began)) s"
}

unknown() { program "$1" mailings ls --json | grep -oE '"unknown": ?[0-9]+' | awk -F: '{ sum += $2 } END { print sum + 0 }'; }

secrets() {
  install -d -m 0700 "$SECRETS"
  printf '%s' "try$RANDOM$RANDOM$RANDOM" >"$SECRETS/database"
  printf 'Host=database;Database=closedloop;Username=closedloop;Password=%s\n' "$(cat "$SECRETS/database")" >"$SECRETS/connection"
  printf 'first %s' "$RANDOM$RANDOM$RANDOM" >"$SECRETS/admin"
  chmod 0644 "$SECRETS"/*
}

account() {
  ssh-keygen -q -t ed25519 -N '' -f "$work/key" && compose cp "$work/key.pub" sftp:/tmp/demo.pub && compose exec -T sftp add-client.sh demo /tmp/demo.pub
}

# As a customer's program does: under another name first, renamed when it is there.
upload() {
  printf 'put %s /in/x.tmp\nrename /in/x.tmp /in/%s\n' "$1" "$2" |
    sftp -q -b - -i "$work/key" -P "${SFTP_PORT##*:}" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes demo@127.0.0.1
}

# How much a silo has sent, as it says itself.
sent_by() {
  compose exec -T "$1" bash -c 'exec 3<>/dev/tcp/127.0.0.1/8080 && printf "GET /metrics HTTP/1.0\r\n\r\n" >&3 && cat <&3' | awk '/^closedloop_.*sent.*total/ { sum += $NF } END { print sum + 0 }'
}

cluster() {
  local before
  say "three silos, compose.cluster.yaml, $engine"
  secrets
  check "images are built and containers start" start compose.cluster.yaml
  for silo in database relay ingest deliver gateway; do check "engine calls $silo healthy" within 180 is_healthy "$silo"; done
  for silo in ingest deliver gateway relay; do check "$silo is confined" is_confined "$silo"; done
  check "readers are answered" asks_readers
  check "link of the log opens the dashboard" signs_in ingest
  check "a customer gets an account" account
  definitions /srv/closedloop/demo
  check "definitions are applied" apply ingest

  rows c 60000 >"$work/large.csv"
  check "the customer uploads a file" upload "$work/large.csv" 20260302091000_subscribers.csv
  check "it is being sent" within 120 has_lines relay 2000
  check "one silo sends" within 60 has_sent deliver
  check "and another" within 60 has_sent gateway
  check "one is killed" compose kill -s KILL deliver
  before=$(lines relay)
  check "there is work left" test "$before" -lt 60000
  check "the others go on" within 300 everybody_has_an_outcome ingest
  check "nobody twice" test "$(sent_twice)" -eq 0
  say "sent $(lines relay) of 60000, in doubt $(unknown ingest), at the kill $before"
  check "what is missing is in doubt" test "$(($(lines relay) + $(unknown ingest)))" -ge 60000
  check "the killed one comes back" compose start deliver
  check "and is healthy" within 120 is_healthy deliver
  check "everything adds up" program ingest status
  for silo in ingest deliver gateway; do check "$silo stops within its time" stops "$silo" 90; done
  down
}

has_sent() { (($(sent_by "$1") > 0)); }
everybody_has_an_outcome() { has_lines relay 50000 && has_ended "$1"; }
sent_twice() { compose exec -T relay cat /data/sink/ledger.jsonl | grep -oE '"c[0-9]+@example\.org"' | sort | uniq -d | wc -l; }

for part in "$@"; do
  case $part in
    one | admin | cluster) "$part" ;;
    *) echo "try.sh: '$part'; expected one, admin or cluster" >&2; exit 2 ;;
  esac
done

printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
