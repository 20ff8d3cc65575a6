#!/bin/sh
# Compares a chat room of Fivefold with one of Netty: bench/run-fanout.sh --help
#
# Builds what is missing first. Linux, gcc and taskset(1) are needed, and two descriptors for each member.
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
. "$bench/build.sh"

need gcc taskset
build_fivefold
build_bench
build_c room_load -O2
run_java fivefold.bench.room.RoomComparison "$@"
