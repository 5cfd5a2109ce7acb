#!/usr/bin/env bash
# Updates a fleet of simulated microcontrollers, each through its own twin. Builds first what is out of date; see ./demo.sh --help
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
demo="$here/artifacts/bin/EdgeGateway.Simulators.Demo/release/EdgeGateway.Simulators.Demo"
stamp="$here/artifacts/demo.built"

usage() {
  cat <<'TEXT'
Usage: ./demo.sh [options]

Starts a hub, a firmware origin, the gateway and microcontrollers as real processes on this machine, creates the identities and
a deployment through the hub's REST API, and follows it. Exit: 0 only if every microcontroller runs the new image and every twin
says so, 1 if not, 2 when the command line is wrong, 130 when interrupted.

  --mcus N          microcontrollers in the fleet (1 to 1000; default 4)
  --image FILE      image to roll out (default: one is made, of 64 KiB, with layers of 256 KiB)
  --baud B          speed of the lines (default 115200)
  --latency MS      turnaround of the lines in milliseconds (default 2)
  --noise BER       share of bits that noise turns over, such as 1e-6 (default 0)
  --bus N           microcontrollers on each line; more than 1 makes it a half-duplex bus (default 1)
  --layers N        gateways behind gateways (1 to 5; default 1); the microcontrollers are on the last, content comes down link by link
  --kill-gateway    kill the gateway (kill -9) in mid-transfer, then start it again; with layers the last one
  --compose         in containers, by docker-compose.yml: starts it and takes it down again; if it runs already, takes it as it is and leaves it
  --plain           plain lines instead of a live picture; also where there is no terminal
  --report FILE     write a report, as JSON (docs/demo.md explains it)
  --seed S          seed of the image that is made and of the noise (default 1)
  --keep            keep logs and state after success too, and with --compose the containers
  --timeout S       longest time of the update in seconds (default: derived from size, speed and fleet)
  --help            this text

Needs: the .NET 10 SDK; --compose needs Docker and its compose too. Builds first what is out of date.
TEXT
}

for argument in "$@"; do
  case "$argument" in
    -h|--help) usage; exit 0 ;;
  esac
done

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
