#!/bin/sh
# Compares the load generator of Fivefold with one in C: bench/generator.sh --help
#
# Builds what is missing first. Everything is built and written under bench/target and cli/target.
# Linux, gcc, taskset(1) and two processors are needed.
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
root=${bench%/*}
. "$root/.mvn/find-jdk.sh"
find_jdk

for tool in gcc taskset; do
  command -v "$tool" >/dev/null || { echo "bench: $tool is missing; install it" >&2; exit 1; }
done
"$root/fivefold" --version >/dev/null
echo "bench: building" >&2
(cd "$root" && JAVA_HOME=$JDK ./mvnw -q -B -Dquick -pl bench -am package)
gcc -O3 -o "$bench/target/epoll_echo" "$bench/src/main/c/epoll_echo.c"
gcc -O3 -o "$bench/target/echo_load" "$bench/src/main/c/echo_load.c"

# What this starts is not to be built again meanwhile.
export FIVEFOLD_RUNNING=yes
# The flags of ./fivefold that bear on speed; pinned, so that JIT and collector take the load's core.
exec taskset -c 1 "$JDK/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
  -XX:CompileCommand=quiet -XX:CompileCommand=inline,jdk.internal.misc.Unsafe::convEndian \
  -Dbench.root="$root" -cp "$bench/target/dist/lib/*" fivefold.bench.generator.GeneratorComparison "$@"
