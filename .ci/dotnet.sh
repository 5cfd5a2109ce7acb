# Sourced by the scripts at the root: finds the .NET 10 SDK, or says how to get it.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1

require_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1 && [ -x "$HOME/.dotnet/dotnet" ]; then
    export PATH="$HOME/.dotnet:$PATH" DOTNET_ROOT="$HOME/.dotnet"
  fi
  if command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    return 0
  fi

  cat >&2 <<'TEXT'
EdgeGateway needs the .NET 10 SDK, which is not here. Ways to get it:
  - Debian and Ubuntu: https://learn.microsoft.com/dotnet/core/install/linux, then: apt-get install dotnet-sdk-10.0
  - any Linux, without root: https://dotnet.microsoft.com/download/dotnet/10.0, unpacked into ~/.dotnet
  - an editor with dev containers: open this folder in .devcontainer, which has it
TEXT
  return 1
}
