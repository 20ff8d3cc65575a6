#!/bin/sh
# CPU time of a UDP echo per datagram: Fivefold batched and one by one, io_uring, Netty's epoll.
#
# usage: bench/run-udp.sh [ROUNDS [MILLIS [DATAGRAMS_IN_FLIGHT [1]]]]; 1: every datagram of another size
#
# Builds what is missing first.
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
. "$bench/build.sh"

build_bench
run_java fivefold.bench.UdpComparison "$@"
