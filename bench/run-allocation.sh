#!/bin/sh
# Counts what a loop allocates over a million requests: bench/run-allocation.sh [MODEL...]
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
root=${bench%/*}
. "$root/.mvn/find-jdk.sh"
find_jdk

echo "bench: building" >&2
(cd "$root" && JAVA_HOME=$JDK ./mvnw -q -B -Dquick -pl bench -am package)
exec "$JDK/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
  -cp "$bench/target/dist/lib/*" fivefold.bench.AllocationProof "$@"
