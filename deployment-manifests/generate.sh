#!/usr/bin/env bash
# Makes deployment manifests from the templates: ./generate.sh --help
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
. "$here/../.ci/dotnet.sh"
require_dotnet

dotnet build "$here/Generator" -c Release -v quiet --nologo >&2
exec dotnet "$here/../artifacts/bin/EdgeGateway.Manifests/release/EdgeGateway.Manifests.dll" "$@"
