#!/usr/bin/env bash
# Builds the solution once and runs every test project. The last line is always: N passed, N failed, N skipped
set -uo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
configuration=Release
build=yes
setup=yes
filter=

usage() {
  cat <<TEXT
Usage: ./test.sh [--filter EXPRESSION] [--full] [--no-build] [--no-setup] [--help]

Builds EdgeGateway.sln ($configuration) and runs all tests, one project after the other.

  --filter EXPRESSION   only tests whose name contains EXPRESSION, or a filter of "dotnet test" such as FullyQualifiedName~Frame
  --full                random scenarios many times instead of a few: links between layers of gateways cut (60 runs, some 10 minutes)
  --no-build            tests what was built last
  --no-setup            does not call .ci/setup.sh, which installs, as root, what the tests make use of and the machine lacks
  --help                this text

Needs: the .NET 10 SDK; tests that need more, such as a Docker engine, are skipped without it, with the reason.
Exit: 0 when all tests passed, 1 when one failed or a project did not run, 2 when the command line is wrong.
TEXT
}

while [ $# -gt 0 ]; do
  case "$1" in
    --filter) [ $# -ge 2 ] || { echo "test.sh: --filter needs an expression" >&2; exit 2; }; filter="$2"; shift 2 ;;
    --filter=*) filter="${1#*=}"; shift ;;
    --full) export EDGEGATEWAY_FULL=1; shift ;;
    --no-build) build=no; shift ;;
    --no-setup) setup=no; shift ;;
    -h|--help) usage; exit 0 ;;
    *) echo "test.sh: unknown option '$1' (see ./test.sh --help)" >&2; exit 2 ;;
  esac
done

. "$here/.ci/dotnet.sh"
require_dotnet || exit 1
cd "$here" || exit 1
if [ "$setup" = yes ] && ! .ci/setup.sh --tests; then echo "Going on without it; what needs it is skipped." >&2; fi

results="$(mktemp -d "${TMPDIR:-/tmp}/edgegateway-tests-XXXXXX")"
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0

finish() {
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
fi

# Prints "name<TAB>reason" of each skipped test of one result file.
skipped_tests() {
  awk '
    /<UnitTestResult / { name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name); open = ($0 ~ /outcome="NotExecuted"/); reason = "" }
    open && /<(Message|StdOut)>/ { reason = $0; gsub(/.*<(Message|StdOut)>|<\/(Message|StdOut)>.*/, "", reason) }
    open && (/<\/UnitTestResult>/ || /<UnitTestResult .*\/>/) { print name "\t" reason; open = 0 }
  ' "$1" | sed 's/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
}

count() { grep '<UnitTestResult ' "$1" | grep -c "outcome=\"$2\""; }

run_project() {
  local project="$1" name trx log status arguments ok bad left total
  name="$(basename "$project" .csproj)"
  trx="$results/$name.trx"
  log="$results/$name.log"
  arguments=(--no-build -c "$configuration" --nologo -v quiet --results-directory "$results" --logger "trx;LogFileName=$name.trx"
    --blame-hang --blame-hang-timeout 15m --blame-hang-dump-type none)
  if [ -n "$filter" ]; then arguments+=(--filter "$filter"); fi

  dotnet test "$project" "${arguments[@]}" >"$log" 2>&1
  status=$?
  ok=0 bad=0 left=0
  if [ -s "$trx" ]; then
    ok="$(count "$trx" Passed)" left="$(count "$trx" NotExecuted)"
    total="$(grep -c '<UnitTestResult ' "$trx")"
    bad=$((total - ok - left))
  fi

  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
    bad=1
    echo "$name did not run to its end (exit $status):"
    cat "$log"
  elif [ "$bad" -gt 0 ]; then
    cat "$log"
  elif [ $((ok + left)) -eq 0 ]; then
    if [ -n "$filter" ]; then return; fi
    bad=1
    echo "$name ran no test:"
    cat "$log"
  fi

  printf '%-45s %5d passed %4d failed %4d skipped\n' "$name" "$ok" "$bad" "$left"
  if [ "$left" -gt 0 ]; then
    skipped_tests "$trx" | while IFS=$'\t' read -r test reason; do echo "  skipped: $test: ${reason:-no reason given}"; done
  fi
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
}

# One after the other: the tests of one project run in parallel already, and several measure time on paced lines.
while IFS= read -r project; do
  run_project "$project"
done < <(grep -l '<IsTestProject>true' tests/*/*.csproj | sort)

finish
