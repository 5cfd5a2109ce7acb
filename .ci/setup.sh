#!/usr/bin/env bash
# Installs what EdgeGateway needs and this machine lacks: the one list for ./test.sh, the build server and .devcontainer.
set -uo pipefail

usage() {
  cat <<TEXT
Usage: .ci/setup.sh [--tests | --all] [--check] [--help]

Installs the missing packages of Debian or Ubuntu, as root; else says how. What is there already is left alone, however it came.

  --tests   what ./test.sh makes use of (default): a Docker engine and compose for the tests in containers, ip, curl, nginx
  --all     that, and what development makes use of: C compilers for host and Cortex-M, QEMU, lrzsz for ./bench.sh
  --check   installs nothing, only says what is missing
  --help    this text

Exit: 0 nothing is missing (any more), 1 something is, 2 the command line is wrong.
TEXT
}

# A line for each: what must be there (a command, a file, or docker's compose in one of its forms), and the package that brings it.
for_tests="
dockerd                                     docker.io
iptables                                    iptables
ip                                          iproute2
curl                                        curl
compose                                     docker-compose
nginx                                       nginx-light
"
for_development="
gcc                                         gcc
/usr/include/stdio.h                        libc6-dev
make                                        make
arm-none-eabi-gcc                           gcc-arm-none-eabi
/usr/lib/arm-none-eabi/newlib/libc.a        libnewlib-arm-none-eabi
qemu-system-arm                             qemu-system-arm
qemu-aarch64-static                         qemu-user-static
openssl                                     openssl
sx                                          lrzsz
"

list="$for_tests" check=no
while [ $# -gt 0 ]; do
  case "$1" in
    --tests) list="$for_tests" ;;
    --all) list="$for_tests$for_development" ;;
    --check) check=yes ;;
    -h|--help) usage; exit 0 ;;
    *) echo "setup.sh: unknown option '$1' (see .ci/setup.sh --help)" >&2; exit 2 ;;
  esac
  shift
done

# Administration commands such as dockerd are not on everybody's PATH.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

is_there() {
  case "$1" in
    /*) [ -e "$1" ] ;;
    compose) command -v docker-compose >/dev/null 2>&1 || docker compose version >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

missing() {
  local need package
  while read -r need package; do
    if [ -n "$need" ] && ! is_there "$need"; then echo "$package"; fi
  done <<<"$list"
}

packages="$(missing | tr '\n' ' ')"
packages="${packages% }"
if [ -z "$packages" ]; then exit 0; fi

if [ "$check" = yes ]; then
  echo "setup.sh: missing: $packages" >&2
  exit 1
fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "setup.sh: missing (names of Debian's packages): $packages. This machine has no apt-get; install them its own way." >&2
  exit 1
fi

install=(apt-get install -y -q --no-install-recommends)
if [ "$(id -u)" -ne 0 ]; then
  echo "setup.sh: missing: $packages. As root: ${install[*]} $packages" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
log="$(mktemp "${TMPDIR:-/tmp}/edgegateway-setup-XXXXXX")"
trap 'rm -f "$log"' EXIT
echo "Installing $packages ..."

# The lists of packages may be old or absent; then the first try fails and costs a second.
# shellcheck disable=SC2086 # one argument a package
if ! "${install[@]}" $packages >"$log" 2>&1; then
  if ! { apt-get update -q && "${install[@]}" $packages; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "setup.sh: the packages could not be installed: $packages" >&2
    exit 1
  fi
fi

still="$(missing | tr '\n' ' ')"
if [ -n "$still" ]; then
  echo "setup.sh: installed, but still missing: $still" >&2
  exit 1
fi
