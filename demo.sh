#!/usr/bin/env bash
# Updates a fleet of simulated microcontrollers, each through its own twin. Builds first what is out of date; see ./demo.sh --help
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
demo="$here/artifacts/bin/EdgeGateway.Simulators.Demo/release/EdgeGateway.Simulators.Demo"
stamp="$here/artifacts/demo.built"

. "$here/.ci/dotnet.sh"
require_dotnet

out_of_date() {
  [ -x "$demo" ] && [ -f "$stamp" ] || return 0
  local newer
  newer="$(find "$here/modules" "$here/simulators" "$here"/Directory.*.props "$here"/Directory.*.targets "$here/global.json" \
    -newer "$stamp" -not -path '*/bin/*' -not -path '*/obj/*' -print -quit)"
  [ -n "$newer" ]
}

if out_of_date; then
  echo "Building the gateway and its simulators (Release) ..." >&2
  mkdir -p "$here/artifacts"
  started="$(mktemp "$here/artifacts/demo.XXXXXX")"
  log="$here/artifacts/demo-build.log"
  if ! dotnet build "$here/simulators/Demo" -c Release -v quiet --nologo >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$started"
    echo "The build failed (its output is in $log)." >&2
    exit 1
  fi
  mv "$started" "$stamp"
fi

exec "$demo" "$@"
