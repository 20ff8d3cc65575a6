#!/bin/sh
# Measures the small parts: bench/run-jmh.sh [JMH's arguments, such as a pattern or -h]
#
# The JVM's flags are those that ./fivefold runs with.
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
root=${bench%/*}
. "$root/.mvn/find-jdk.sh"
find_jdk

echo "bench: building" >&2
(cd "$root" && JAVA_HOME=$JDK ./mvnw -q -B -Dquick -pl bench -am package)

[ $# -gt 0 ] || set -- -f 3 -wi 5 -w 500ms -i 10 -r 500ms
exec "$JDK/bin/java" --enable-native-access=ALL-UNNAMED -cp "$bench/target/dist/lib/*" org.openjdk.jmh.Main \
  -jvmArgs "--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders" "$@"
