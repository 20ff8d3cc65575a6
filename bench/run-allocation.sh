#!/bin/sh
# Counts what a loop allocates over a million requests: bench/run-allocation.sh [MODEL...]
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
. "$bench/build.sh"

build_bench
run_java fivefold.bench.AllocationProof "$@"
