#!/bin/sh
# Compares a chat room of Fivefold with one of Netty: bench/run-fanout.sh --help
#
# Builds what is missing first. Everything is built and written under bench/target and cli/target.
# Linux, gcc and taskset(1) are needed, and two descriptors for each member.
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
gcc -O2 -o "$bench/target/room_load" "$bench/src/main/c/room_load.c"

# What this starts is not to be built again meanwhile.
export FIVEFOLD_RUNNING=yes
exec "$JDK/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
  -Dbench.root="$root" -cp "$bench/target/dist/lib/*" fivefold.bench.room.RoomComparison "$@"
