#!/bin/sh
# Compares Fivefold with Netty, both by the JDK's TLS: bench/run-tls.sh --help
#
# Builds what is missing first.
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
. "$bench/build.sh"

build_fivefold
build_bench
# The load generator stands in this JVM; what it is compared with is started by it.
run_java fivefold.bench.TlsComparison "$@"
