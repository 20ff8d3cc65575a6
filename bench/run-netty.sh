#!/bin/sh
# Compares Fivefold with Netty and, where there is a gcc, with a loop in C: bench/run-netty.sh --help
#
# Builds what is missing first.
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
. "$bench/build.sh"

build_fivefold
build_bench
if command -v gcc >/dev/null; then
  build_c epoll_echo
else
  rm -f "$bench/target/epoll_echo"
  echo "bench: no gcc, so no row for C" >&2
fi
# The load generator stands in this JVM; what it is compared with is started by it.
run_java fivefold.bench.NettyComparison "$@"
