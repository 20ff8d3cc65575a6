#!/bin/sh
# Measures the small parts: bench/run-jmh.sh [JMH's arguments, such as a pattern or -h]
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
. "$bench/build.sh"

build_bench
[ $# -gt 0 ] || set -- -f 3 -wi 5 -w 500ms -i 10 -r 500ms
run_java org.openjdk.jmh.Main -jvmArgs "$JVM_FLAGS" "$@"
