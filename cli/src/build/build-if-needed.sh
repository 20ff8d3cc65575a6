# Sourced by ./fivefold, with root, dist and JDK set: build_if_needed makes the distribution when
# there is none, or when another commit is checked out than the one it was built from and sources
# changed with it. Otherwise it reads two small files, starts no process and says nothing.

. "$root/cli/src/build/git-head.sh"

build_if_needed() {
  dist_is_current && return
  # Two first starts at once (serve & time) share one build: the second waits for the first.
  lock_build || return 1
  trap 'unlock_build' EXIT
  trap 'stop_build; exit 130' INT
  trap 'stop_build; exit 143' TERM HUP
  build_status=0
  dist_is_current || build_dist || build_status=1
  trap - EXIT INT TERM HUP
  unlock_build
  return $build_status
}

dist_is_current() {
  [ -r "$dist/complete" ] && read -r built_from <"$dist/complete" || return 1
  git_head "$root"
  [ -z "$GIT_HEAD" ] || [ "$GIT_HEAD" = "$built_from" ] || sources_are_older
}

sources_are_older() {
  [ -z "$(find "$root/pom.xml" "$root"/sys "$root"/net "$root"/services "$root"/lab "$root"/cli \
    -name target -prune -o -type f -newer "$dist/complete" -print 2>/dev/null | head -n 1)" ] || return 1
  echo "$GIT_HEAD" 2>/dev/null >"$dist/complete" || :
}

build_dist() {
  build_log=$root/target/first-build.log
  (
    cd "$root" && JAVA_HOME=$JDK exec ./mvnw -B -Dstyle.color=never -Dquick -pl cli -am package
  ) >"$build_log" 2>&1 </dev/null &
  build_pid=$!
  show_progress
  wait $build_pid && return
  {
    echo "fivefold: the build failed; the end of $build_log:"
    # Without Maven's advice to its own developers, which begins at "[Help 1]".
    sed -e '/-> \[Help 1\]/,$d' -e '/^\[INFO\]/d' "$build_log" | tail -n 20
  } >&2
  return 1
}

# On a terminal one line that is written over and over; elsewhere one line.
show_progress() {
  if [ ! -t 2 ]; then
    echo "fivefold: building, once (log: $build_log)" >&2
    return
  fi
  build_seconds=0
  while kill -0 $build_pid 2>/dev/null; do
    build_step=$(sed -n 's/^\[INFO\] Building \([^ ]*\) .*\[\(.*\)\]$/\2 \1/p' "$build_log" | tail -n 1)
    printf '\r\033[Kfivefold: building, once: %s  %d s' "$build_step" "$build_seconds" >&2
    sleep 1
    build_seconds=$((build_seconds + 1))
  done
  printf '\r\033[K' >&2
}

stop_build() {
  [ -z "${build_pid-}" ] || kill "$build_pid" 2>/dev/null
}

# A directory is made by one process only; the pid inside tells a lock that was left behind.
lock_build() {
  build_lock=$root/target/first-build.lock
  mkdir -p "$root/target" || return 1
  until mkdir "$build_lock" 2>/dev/null; do
    lock_owner=
    [ ! -r "$build_lock/pid" ] || read -r lock_owner <"$build_lock/pid"
    if [ -n "$lock_owner" ] && ! kill -0 "$lock_owner" 2>/dev/null; then
      rm -rf "$build_lock"
    else
      sleep 1
    fi
  done
  echo $$ >"$build_lock/pid"
}

unlock_build() {
  rm -rf "$build_lock"
}
