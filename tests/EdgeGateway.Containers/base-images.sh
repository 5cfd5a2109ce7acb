#!/usr/bin/env bash
# Makes stand-ins for the images that the Dockerfiles build on, under the same names, from the .NET and the libraries of this machine:
# for an engine of the tests' own on a machine that reaches no registry. Like Microsoft's chiseled images they have no shell.
set -euo pipefail

usage() {
  cat <<TEXT
Usage: base-images.sh TOP [--help]

  TOP   root of the repository; the packages that the module and the simulators were restored from are those that a restore in the SDK image finds

Needs: docker and the engine that DOCKER_HOST names, the .NET 10 SDK, GNU tar and ldd.
TEXT
}

case "${1:-}" in
  -h|--help) usage; exit 0 ;;
  "") usage >&2; exit 2 ;;
esac

cd "$1"
registry=mcr.microsoft.com/dotnet
dotnet="$(dirname "$(readlink -f "$(command -v dotnet)")")"
work="$(mktemp -d "${TMPDIR:-/tmp}/edgegateway-images-XXXXXX")"
trap 'rm -rf "$work"' EXIT

newest() { find "$dotnet/$1" -mindepth 1 -maxdepth 1 -name '10.*' -printf "dotnet/$1/%P\n" | sort -V | tail -n 1; }
core="$(newest shared/Microsoft.NETCore.App)"
runtime=(dotnet/dotnet "$(newest host/fxr)" "$core" "$(newest shared/Microsoft.AspNetCore.App)")
sdk=("dotnet/sdk/$(dotnet --version)" dotnet/packs)
if [ -d "$dotnet/sdk-manifests" ]; then sdk+=(dotnet/sdk-manifests); fi

# What the runtime is linked with, and what it loads by name.
tls="$(/sbin/ldconfig -p | awk '/libssl\.so\.3 / { print $NF; exit }')"
libraries="$({ echo "$tls"; ldd "$dotnet/dotnet" "$tls" "$dotnet/${core#dotnet/}"/*.so 2>/dev/null; } | grep -o '/[^ :]*\.so[^ :)]*' | grep -v "^$dotnet" | sort -u)"

root="$work/root"
mkdir -p "$root/etc" "$root/tmp" "$root/home/app" "$root/root/.nuget/NuGet" "$work/feed/feed"
chmod 1777 "$root/tmp"
printf '%s\n' 'root:x:0:0::/root:/sbin/nologin' 'app:x:1654:1654::/home/app:/sbin/nologin' >"$root/etc/passwd"
printf '%s\n' 'root:x:0:' 'dialout:x:20:' 'app:x:1654:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
# shellcheck disable=SC2086 # one argument a library
cp -L --parents $libraries "$root"
ln -s "$dotnet" "$work/dotnet"

cat >"$root/root/.nuget/NuGet/NuGet.Config" <<'XML'
<configuration><packageSources><clear /><add key="feed" value="/feed" /></packageSources></configuration>
XML
packages="$(dotnet nuget locals global-packages --list | sed 's/^global-packages: *//')"
sed -n 's/^ *"path": "\([^"]*\)",\{0,1\}$/\1/p' artifacts/obj/EdgeGateway.{Module,Simulators.{IotHub,Origin,Mcu,Demo}}/project.assets.json | sort -u \
  | while IFS= read -r package; do
      if [ -d "$packages/$package" ]; then (cd "$packages" && cp -r --parents "$package" "$work/feed/feed"); fi
    done

# pack NAME... : the files of every image, and those, as its one layer.
mkdir "$work/image"
pack() { tar -c --owner=0 --group=0 --numeric-owner --transform='s,^dotnet/,usr/share/dotnet/,' -C "$root" . -C "$work" "$@" >"$work/image/layer.tar"; }

# load TAG ARCHITECTURE SETTINGS : what was packed becomes an image. ("docker import" knows no other processor than this machine's.)
load() {
  printf '{"architecture":"%s","os":"linux","config":{%s},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$2" "$3" "$(sha256sum "$work/image/layer.tar" | cut -d ' ' -f 1)" >"$work/image/config.json"
  printf '[{"Config":"config.json","RepoTags":["%s/%s"],"Layers":["layer.tar"]}]' "$registry" "$1" >"$work/image/manifest.json"
  tar -c -C "$work/image" . | docker load --quiet >/dev/null
}

everywhere='"PATH=/usr/share/dotnet","DOTNET_ROOT=/usr/share/dotnet","DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true"'
pack "${runtime[@]}" "${sdk[@]}" -C "$work/feed" feed
load sdk:10.0-noble "$(docker version --format '{{.Server.Arch}}')" \
  "\"Env\":[$everywhere,\"HOME=/root\",\"DOTNET_CLI_TELEMETRY_OPTOUT=1\",\"DOTNET_NOLOGO=1\",\"NUGET_CERT_REVOCATION_MODE=offline\"]"

# Nothing runs in the final stages, so for a build the same files do for another processor.
pack "${runtime[@]}"
for platform in amd64:amd64 arm64:arm64v8; do
  load "aspnet:10.0-noble-chiseled-${platform#*:}" "${platform%:*}" \
    "\"User\":\"1654\",\"Env\":[$everywhere,\"HOME=/home/app\",\"APP_UID=1654\",\"ASPNETCORE_HTTP_PORTS=8080\",\"DOTNET_RUNNING_IN_CONTAINER=true\"]"
done
