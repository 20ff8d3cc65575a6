#!/bin/sh
# Maven runs this when dist/lib is full: finish-dist.sh DIST JAVA_HOME. It adds what ./fivefold
# starts faster with, and the stamp that says the distribution is whole.
set -eu
dist=$1
java=$2/bin/java
build=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$build/../../.." && pwd -P)
. "$build/git-head.sh"

cp "$build/jvm.options" "$dist/jvm.options"

for jar in "$dist"/lib/picocli-*.jar; do
  "$java" "$build/ModernClassFiles.java" "$jar"
done

# Without the cache everything works, only slower: a JDK that cannot make one is no reason to fail.
# The worker processes of the model process get one of their own, in the same run.
"$java" @"$dist/jvm.options" -XX:AOTCacheOutput="$dist/fivefold.aot" \
  -Dfivefold.worker.aotCacheOutput="$dist/worker.aot" \
  -p "$dist/lib" -m fivefold.cli/fivefold.cli.AotTraining >"$dist/training.log" 2>&1 </dev/null ||
  echo "fivefold: no AOT cache was made, starts will be slower: see $dist/training.log" >&2

git_head "$root"
echo "$GIT_HEAD" >"$dist/complete"
