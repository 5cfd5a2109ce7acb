#!/usr/bin/env bash
# Measures EdgeGateway on this machine: ./bench.sh serial [--json FILE] | ./bench.sh fleet | ./bench.sh content | ./bench.sh --help
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
. "$here/.ci/dotnet.sh"
require_dotnet

if [ "${1:-}" = "serial" ] && ! command -v sz >/dev/null; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "The serial benchmark compares with lrzsz, which is not installed: sudo apt-get install lrzsz" >&2
    exit 2
  fi
  echo "Installing lrzsz, to compare with ..." >&2
  apt-get update -qq && apt-get install -y -qq --no-install-recommends lrzsz >/dev/null
fi

if [ "${1:-}" = "content" ] && ! { command -v nginx && command -v wrk; } >/dev/null; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "The content benchmark compares with nginx by means of wrk, which are not installed: sudo apt-get install nginx-light wrk" >&2
    exit 2
  fi
  echo "Installing nginx and wrk, to compare with ..." >&2
  apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light wrk >/dev/null
fi

echo "Building (Release) ..." >&2
dotnet build "$here/benchmarks" -c Release -v quiet --nologo >&2
dotnet build "$here/simulators/Demo" -c Release -v quiet --nologo >&2
exec "$here/artifacts/bin/EdgeGateway.Benchmarks/release/EdgeGateway.Benchmarks" "$@"
