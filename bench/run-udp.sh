#!/bin/sh
# CPU time of a UDP echo per datagram: Fivefold batched and one by one, io_uring, Netty's epoll.
#
# usage: bench/run-udp.sh [ROUNDS [MILLIS [DATAGRAMS_IN_FLIGHT [1]]]]; 1: every datagram of another size
#
# Builds what is missing first. Everything is built and written under bench/target.
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
root=${bench%/*}
. "$root/.mvn/find-jdk.sh"
find_jdk

echo "bench: building" >&2
(cd "$root" && JAVA_HOME=$JDK ./mvnw -q -B -Dquick -pl bench -am package)

exec "$JDK/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
  -cp "$bench/target/dist/lib/*" fivefold.bench.UdpComparison "$@"
