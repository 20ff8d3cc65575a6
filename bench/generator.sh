#!/bin/sh
# Compares the load generator of Fivefold with one in C: bench/generator.sh --help
#
# Builds what is missing first. Linux, gcc, taskset(1) and two processors are needed.
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
. "$bench/build.sh"

need gcc taskset
build_fivefold
build_bench
build_c epoll_echo
build_c echo_load
# Pinned, so that JIT and collector take the load's core.
taskset -cp 1 $$ >/dev/null
run_java -XX:CompileCommand=quiet -XX:CompileCommand=inline,jdk.internal.misc.Unsafe::convEndian \
  fivefold.bench.generator.GeneratorComparison "$@"
