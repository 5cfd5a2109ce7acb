#!/usr/bin/env bash
# Builds the solution once and runs every test project. The last line is always: N passed, N failed, N skipped
set -uo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
configuration=Release
build=yes
setup=yes
filter=
jobs=2
mutants=
seed=1

usage() {
  cat <<TEXT
Usage: ./test.sh [--filter EXPRESSION] [--full] [--jobs N] [--no-build] [--no-setup] [--help]
       ./test.sh --mutants N [--seed S]

Builds EdgeGateway.sln ($configuration) and runs all tests. It shows each test project when it starts and ends, how many tests have ended
meanwhile, and a failed test with its message and stack at once. docs/testing.md describes the kinds of tests.

  --filter EXPRESSION   only tests whose name contains EXPRESSION, or a filter of "dotnet test" such as FullyQualifiedName~Frame
  --full                random scenarios many times instead of a few (60 cuts of links between layers of gateways, some 10 minutes), and
                        1,000,000 executions of each fuzz target
  --jobs N              test projects that run at the same time ($jobs); scenarios, containers and the demo always run alone
  --no-build            tests what was built last
  --no-setup            does not call .ci/setup.sh, which installs, as root, what the tests use and the machine lacks
  --mutants N           instead: changes one line of the product N times and counts the changes that its tests notice; results are kept
                        in artifacts/mutants, and a run that was stopped goes on where it was
  --seed S              the seed that chooses the mutants ($seed)
  --help                this text

Needs: the .NET 10 SDK; tests that need more, such as a Docker engine, are skipped without it, with the reason.
Exit: 0 when all tests passed, 1 when one failed or a project did not run, 2 when the command line is wrong.
TEXT
}

wrong() { echo "test.sh: $1 (see ./test.sh --help)" >&2; exit 2; }
number() { case "$2" in ''|*[!0-9]*) wrong "$1 needs a number, not '$2'" ;; esac; }

while [ $# -gt 0 ]; do
  case "$1" in
    --filter) [ $# -ge 2 ] || wrong "--filter needs an expression"; filter="$2"; shift 2 ;;
    --filter=*) filter="${1#*=}"; shift ;;
    --full) export EDGEGATEWAY_FULL=1; shift ;;
    --jobs) number --jobs "${2:-}"; jobs="$2"; shift 2 ;;
    --mutants) number --mutants "${2:-}"; mutants="$2"; shift 2 ;;
    --seed) number --seed "${2:-}"; seed="$2"; shift 2 ;;
    --no-build) build=no; shift ;;
    --no-setup) setup=no; shift ;;
    -h|--help) usage; exit 0 ;;
    *) wrong "unknown option '$1'" ;;
  esac
done
[ "$jobs" -ge 1 ] || wrong "--jobs needs at least 1"

. "$here/.ci/dotnet.sh"
require_dotnet || exit 1
cd "$here" || exit 1

if [ -n "$mutants" ]; then
  dotnet build .ci/Mutants -c "$configuration" -v quiet --nologo -clp:ErrorsOnly || exit 1
  exec dotnet artifacts/bin/EdgeGateway.Mutants/release/EdgeGateway.Mutants.dll "$mutants" "$seed"
fi

if [ "$setup" = yes ] && ! .ci/setup.sh --tests; then echo "Going on without it; tests that need it are skipped." >&2; fi

results="$(mktemp -d "${TMPDIR:-/tmp}/edgegateway-tests-XXXXXX")"
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0
began=$SECONDS
heartbeat=20
if [ -t 1 ]; then tty=yes; else tty=no; fi

clear_line() { if [ "$tty" = yes ]; then printf '\r\033[K'; fi; }

finish() {
  clear_line
  echo
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

if [ "$build" = yes ]; then
  echo "Building EdgeGateway.sln ($configuration) ..."
  if ! dotnet build EdgeGateway.sln -c "$configuration" -v quiet --nologo >"$results/build.log" 2>&1; then
    cat "$results/build.log"
    echo "The build failed; no test was run."
    failed=1
    finish
  fi
  echo "Built in $((SECONDS - began)) s."
fi

# Prints "name<TAB>reason" of each skipped test of one result file.
skipped_tests() {
  awk '
    /<UnitTestResult / { name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name); open = ($0 ~ /outcome="NotExecuted"/); reason = "" }
    open && /<(Message|StdOut)>/ { reason = $0; gsub(/.*<(Message|StdOut)>|<\/(Message|StdOut)>.*/, "", reason) }
    open && (/<\/UnitTestResult>/ || /<UnitTestResult .*\/>/) { print name "\t" reason; open = 0 }
  ' "$1" | sed 's/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
}

# Passes on each failed test of the console logger, with message and stack, as soon as it is there.
failures() {
  awk -v project="$1" -v tty="$tty" '
    /^ *(Passed|Failed|Skipped) [^ ].*\[[^]]*\]$/ || /^(Test Run|Total tests)/ { show = 0 }
    /^ *Failed [^ ].*\[[^]]*\]$/ { show = 1; if (tty == "yes") printf "\r\033[K"; print project ":" }
    show && !/^\[xUnit\.net / { print; fflush() }
  '
}

count() { grep '<UnitTestResult ' "$1" | grep -c "outcome=\"$2\""; }

ended() { grep -cE '^ *(Passed|Failed|Skipped) [^ ]' "$results/$1.log" 2>/dev/null; }

start() {
  local name="$1" arguments
  arguments=(--logger "trx;LogFileName=$name.trx" --logger "console;verbosity=normal" --results-directory "$results"
    --blame-hang --blame-hang-timeout 15m --blame-hang-dump-type none)
  if [ -n "$filter" ]; then arguments+=(--filter "$filter"); fi
  clear_line
  printf '%4d s  %-41s started\n' $((SECONDS - began)) "$name"
  : >"$results/$name.log"
  (
    dotnet test "artifacts/bin/$name/${configuration,,}/$name.dll" "${arguments[@]}" 2>&1 | tee "$results/$name.log" | failures "$name"
    echo "${PIPESTATUS[0]}" >"$results/$name.exit"
    mv "$results/$name.exit" "$results/$name.status" # whole or not there
  ) &
}

report() {
  local name="$1" status trx log ok bad left total
  trx="$results/$name.trx"
  log="$results/$name.log"
  status="$(cat "$results/$name.status")"
  ok=0 bad=0 left=0
  if [ -s "$trx" ]; then
    ok="$(count "$trx" Passed)" left="$(count "$trx" NotExecuted)"
    total="$(grep -c '<UnitTestResult ' "$trx")"
    bad=$((total - ok - left))
  fi

  clear_line
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
    bad=1
    echo "$name did not run to its end (exit $status):"
    cat "$log"
  elif [ $((ok + left + bad)) -eq 0 ]; then
    if [ -n "$filter" ]; then return; fi
    bad=1
    echo "$name ran no test:"
    cat "$log"
  fi

  printf '%4d s  %-41s %5d passed %4d failed %4d skipped\n' $((SECONDS - began)) "$name" "$ok" "$bad" "$left"
  if [ "$left" -gt 0 ]; then
    skipped_tests "$trx" | while IFS=$'\t' read -r test reason; do echo "        skipped: $test: ${reason:-no reason given}"; done
  fi
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
}

# Runs the projects of the arguments after the first, as many at a time as the first says.
run() {
  local limit="$1" running=() still name line beat=$SECONDS
  shift
  while [ $# -gt 0 ] || [ ${#running[@]} -gt 0 ]; do
    while [ $# -gt 0 ] && [ ${#running[@]} -lt "$limit" ]; do
      start "$1"
      running+=("$1")
      shift
    done

    sleep 1
    still=() line=
    for name in "${running[@]}"; do
      if [ -f "$results/$name.status" ]; then
        report "$name"
      else
        still+=("$name")
        line+="  $name: $(ended "$name") tests"
      fi
    done
    running=(${still[@]+"${still[@]}"})
    if [ -z "$line" ]; then continue; fi
    if [ "$tty" = yes ]; then
      printf '\r\033[K%.*s' "$(($(tput cols 2>/dev/null || echo 80) - 1))" "$((SECONDS - began)) s$line"
    elif [ $((SECONDS - beat)) -ge "$heartbeat" ]; then
      beat=$SECONDS
      printf '%4d s  ...%s\n' $((SECONDS - began)) "$line"
    fi
  done
}

# Whole systems need the machine to themselves; the other projects do not know of each other.
together=() alone=()
while IFS= read -r project; do
  name="$(basename "$project" .csproj)"
  case "$name" in
    *.Scenarios|*.Containers|*.Demo.Tests) alone+=("$name") ;;
    *) together+=("$name") ;;
  esac
done < <(grep -l '<IsTestProject>true' tests/*/*.csproj | sort)

run "$jobs" "${together[@]}"
run 1 "${alone[@]}"
finish
