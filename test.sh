#!/usr/bin/env bash
# Restores, builds, checks the format and runs every test. The last line is "N passed, N failed, N skipped"; a build or
# format check that fails counts as one failure. Exit code 0 only when nothing failed.
#
#   ./test.sh              everything
#   ./test.sh Silo Mail    these test projects only, without the format check
#
# CLOSEDLOOP_SKIP_FORMAT=1 leaves the format check out. With CI set, a test that was skipped for want of a Debian package
# counts against the run: such a package could have been installed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

results="$PWD/artifacts/test-results"

say() { printf '== %s\n' "$*"; }

# Two lanes count, so the sums are in a file: each line is tests passed, failed, skipped, and skipped for want of a package.
count() { printf '%d %d %d %d\n' "$1" "$2" "$3" "${4:-0}" >>"$results/tally"; }

finish() {
  local passed failed skipped avoidable code
  read -r passed failed skipped avoidable < <(awk '{ p += $1; f += $2; s += $3; a += $4 } END { print p + 0, f + 0, s + 0, a + 0 }' "$results/tally")
  [[ -z "$server_was_there" ]] && dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1
  if [[ -n "${CI:-}" ]] && ((avoidable > 0)); then
    printf '%d tests were skipped although a Debian package would have let them run\n' "$avoidable"
    ((failed > 0)) && code=1 || code=3
  else
    ((failed > 0)) && code=1 || code=0
  fi
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  exit "$code"
}

# Whoever runs as root or may become it without a password gets what is missing; others get skipped tests that say what to install.
install_packages() {
  local wanted=() root=()
  [[ -n "$(PATH="$PATH:/usr/sbin" command -v smtp-sink)" ]] || wanted+=(postfix)
  [[ -n "$(PATH="$PATH:/usr/sbin" command -v sshd)" ]] || wanted+=(openssh-server)
  [[ -x /usr/sbin/dovecot ]] || wanted+=(dovecot-core dovecot-pop3d)
  [[ -n "$(PATH="$PATH:/usr/sbin" command -v saslpasswd2)" ]] || wanted+=(sasl2-bin)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || [[ -n "$(command -v initdb)" ]] || wanted+=(postgresql)
  [[ -x /usr/bin/python3 ]] || wanted+=(python3)
  [[ -d /usr/lib/python3/dist-packages/dkim ]] || wanted+=(python3-dkim)
  [[ -d /usr/lib/python3/dist-packages/yaml ]] || wanted+=(python3-yaml)
  [[ -d /usr/lib/python3/dist-packages/nacl ]] || wanted+=(python3-nacl)
  [[ -x /usr/bin/chromium ]] || wanted+=(chromium fonts-dejavu-core)
  ((${#wanted[@]} > 0)) && [[ -n "$(command -v apt-get)" ]] || return 0
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || return 0
    root=(sudo -n)
  fi
  say "installing ${wanted[*]}"
  # Postfix is wanted for smtp-source, smtp-sink and instances of the tests' own: without a configuration it starts no mail service and asks nothing.
  printf 'postfix postfix/main_mailer_type select No configuration\n' | "${root[@]}" debconf-set-selections 2>/dev/null
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null ||
    say "not installed; tests that need it are skipped"
}

# Prints "name<TAB>reason" for each test of a result file with the given outcome.
tests_with_outcome() {
  awk -v outcome="outcome=\"$2\"" '
    function plain(text) { gsub(/&#xD;|&#xA;/, " ", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&amp;/, "\\&", text); return text }
    function element(name,    text, line) {
      text = $0; sub(".*<" name ">", "", text)
      while (text !~ "</" name ">" && (getline line) > 0) text = text "\n      " line
      sub("</" name ">.*", "", text)
      return plain(text)
    }
    /<UnitTestResult / {
      wanted = index($0, outcome) > 0
      name = $0; sub(/.*testName="/, "", name); sub(/".*/, "", name)
      message = output = ""
      if (wanted && $0 ~ /\/>[[:space:]]*$/) { print plain(name) "\t"; wanted = 0 }
    }
    # The output stands before the message in the file; what went wrong is to be read first.
    wanted && /<StdOut>/ { output = element("StdOut") }
    wanted && /<Message>/ { message = element("Message") }
    /<\/UnitTestResult>/ {
      if (message == "") message = output
      else if (output != "") message = message "\n      wrote: " output
      if (wanted) print plain(name) "\t" message
      wanted = 0
    }
  ' "$1"
}

counter() { sed -n "s/.*<Counters.*[ ]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

run_tests() {
  local project="$1" name trx log code total executed ok name_ reason died=0 avoidable=0
  name="$(basename "$project" .csproj)${engine:+ on $engine}${database:+ on $database}"
  trx="$results/$name.trx" log="$results/$name.log"
  timeout 2700 dotnet test "$project" --no-build --nologo --logger "trx;LogFileName=$name.trx" --results-directory "$results" ${engine:+-p:Engine=$engine} ${filter:+--filter "$filter"} >"$log" 2>&1
  code=$?
  if [[ ! -f "$trx" ]]; then
    ((code == 0)) && { say "$name: no tests"; return; }
    say "$name: the run broke off (exit code $code)"
    tail -n 40 "$log"
    count 0 1 0
    return
  fi

  total="$(counter "$trx" total)" executed="$(counter "$trx" executed)" ok="$(counter "$trx" passed)"
  say "$name: $ok passed, $((executed - ok)) failed, $((total - executed)) skipped"
  # A test host that died leaves results of the tests before it only.
  ((code != 0 && executed == ok)) && { tail -n 40 "$log"; died=1; }
  tests_with_outcome "$trx" Failed | sed -e 's/^\([^ ]\)/   FAILED  \1/' -e 's/\t/\n      /'
  ((executed > ok)) && printf '   details: %s\n' "$log"
  while IFS=$'\t' read -r name_ reason; do
    printf '   skipped %s: %s\n' "$name_" "$reason"
    [[ "$reason" == *"apt-get install"* ]] && avoidable=$((avoidable + 1))
  done < <(tests_with_outcome "$trx" NotExecuted)
  count "$ok" $((executed - ok + died)) $((total - executed)) "$avoidable"
}

# The engine contract tests once more, on Orleans itself, and the scenarios of several silos. Where its packages cannot be had they are not run, and said to be so.
# CLOSEDLOOP_ORLEANS_FEED names a folder of packages, CLOSEDLOOP_ORLEANS_VERSION their version.
run_on_orleans() {
  export OrleansFeed="${CLOSEDLOOP_ORLEANS_FEED:-}" OrleansVersion="${CLOSEDLOOP_ORLEANS_VERSION:-}"
  run_one_on_orleans tests/ClosedLoop.Grains.Tests/ClosedLoop.Grains.Tests.csproj
  run_one_on_orleans tests/ClosedLoop.Scenarios/ClosedLoop.Scenarios.csproj FullyQualifiedName~Scenarios.Cluster
}

run_one_on_orleans() {
  local project="$1" filter="${2:-}" name engine=Orleans
  name="$(basename "$project" .csproj)"
  if ! dotnet restore "$project" -v q -p:Engine=Orleans >"$results/orleans.log" 2>&1; then
    say "$name on Orleans: not run, the Orleans packages cannot be restored here"
    count 0 0 1
    return
  fi
  if ! UseSharedCompilation=true dotnet build "$project" -c Debug --no-restore --nologo -v q -p:Engine=Orleans -p:UseSharedCompilation=true >>"$results/orleans.log" 2>&1; then
    grep -E ': (error|warning) ' "$results/orleans.log" | sort -u | head -n 20
    say "$name on Orleans: the build failed"
    count 0 1 0
    return
  fi
  run_tests "$project"
}

# What is exported, what the dashboard and the API read, and the whole loop, once more with PostgreSQL below them. The data tests run on both databases by themselves.
run_on_postgres() {
  local project filter database=PostgreSQL
  for project in tests/ClosedLoop.Responses.Tests/ClosedLoop.Responses.Tests.csproj tests/ClosedLoop.Operations.Tests/ClosedLoop.Operations.Tests.csproj tests/ClosedLoop.Scenarios/ClosedLoop.Scenarios.csproj; do
    filter=""
    # Every screen once is enough here: what is pressed in the browser goes the ways of the API.
    [[ "$project" == *Operations* ]] && filter="FullyQualifiedName!~Browser|FullyQualifiedName~Every_screen_in_light"
    if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && [[ -z "$(command -v initdb)" ]]; then
      say "$(basename "$project" .csproj) on PostgreSQL: not run, PostgreSQL is not installed"
      count 0 0 1 1
      continue
    fi
    CLOSEDLOOP_TEST_DATABASE=postgres run_tests "$project"
  done
}

# A short run of the rig: a few kills at random moments and some of the named points, each with all books compared. The long one is
# dotnet run --project tests/ClosedLoop.Rig (docs/operating.md). Its code 3 says that it could not be run here.
run_rig() {
  local rig=tests/ClosedLoop.Rig/bin/Embedded/Debug/net10.0/ClosedLoop.Rig.dll code
  say "rig"
  timeout 600 dotnet "$rig" --runs 5 --points 4,6,8,12 --steps 1 --recipients 500 >"$results/rig.log" 2>&1
  code=$?
  tail -n 9 "$results/rig.log" | sed 's/^/   /'
  case "$code" in
    0) count 1 0 0 ;;
    3) say "rig: not run"; count 0 0 1 ;;
    *) say "rig: a promise was broken, or the run broke off (exit code $code)"; grep -E 'BROKEN|kept in|^seed' "$results/rig.log"; count 0 1 0 ;;
  esac
}

# How well machines' opens and clicks are told from people's. The bounds are a test's; here the figures are shown.
print_verdicts() {
  say "verdicts"
  dotnet tests/ClosedLoop.Conformance/bin/Embedded/Debug/net10.0/ClosedLoop.Conformance.dll verdicts | sed 's/^/   /'
}

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# A compiler server makes the build several times faster. One that was there before belongs to somebody else and stays.
server_was_there="$(grep -slz VBCSCompiler /proc/[0-9]*/cmdline 2>/dev/null | head -n 1)"

projects=() targets=()
if (($# > 0)); then
  for name in "$@"; do
    project="$(printf '%s\n' "tests/ClosedLoop.$name.Tests/ClosedLoop.$name.Tests.csproj" "tests/ClosedLoop.$name/ClosedLoop.$name.csproj" | while read -r path; do [[ -f "$path" ]] && echo "$path"; done | head -n 1)"
    [[ -n "$project" ]] || { echo "no test project is named $name" >&2; exit 2; }
    projects+=("$project")
  done
  targets=("${projects[@]}")
else
  projects=(tests/*.Tests/*.csproj)
  targets=(ClosedLoop.sln)
fi

install_packages
rm -rf "$results"
mkdir -p "$results"
: >"$results/tally"
for target in "${targets[@]}"; do
  say "restore and build $target"
  if ! { dotnet restore "$target" -v q && UseSharedCompilation=true dotnet build "$target" -c Debug --no-restore --nologo -v q -p:UseSharedCompilation=true; } >"$results/build.log" 2>&1; then
    grep -E ': (error|warning) ' "$results/build.log" | sort -u | head -n 50 | grep . || tail -n 50 "$results/build.log"
    say "the build failed"
    count 0 1 0
    finish
  fi
done

if (($# == 0)) && [[ -z "${CLOSEDLOOP_SKIP_FORMAT:-}" ]]; then
  say "format"
  if ! dotnet format ClosedLoop.sln --verify-no-changes --no-restore --severity warn >"$results/format.log" 2>&1; then
    head -n 50 "$results/format.log"
    say "the format check failed: run dotnet format ClosedLoop.sln"
    count 0 1 0
  fi
fi

engine="" database="" filter=""
if (($# > 0)); then
  for project in "${projects[@]}"; do run_tests "$project"; done
  finish
fi

# Scenarios wait more than they compute, so they have a lane beside everything else.
{
  run_tests tests/ClosedLoop.Scenarios/ClosedLoop.Scenarios.csproj
  run_on_postgres
} &
for project in "${projects[@]}"; do run_tests "$project"; done
print_verdicts
run_on_orleans
run_rig
wait
finish
