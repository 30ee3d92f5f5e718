# shellcheck shell=sh disable=SC2154
# Sourced by ./serf-handler: builds the program where it was never built or a source is newer.
# Wants $home, $target, $stamp and environment.sh.

build() {
  require jdk:default-jdk-headless mvn:maven serf:serf
  find_java jdk
  mkdir -p "$target"
  # Two first starts at once (cron beside a person) must not build into one folder.
  exec 9>"$target/build.lock"
  flock 9
  if [ -f "$stamp" ] && [ -z "$(newer_sources)" ]; then
    exec 9>&-
    return 0
  fi
  say "building (the first time it also fetches libraries; a minute or two)"
  build_log=$target/build.log
  rm -f "$stamp"
  # Maven writes into the jar that is there, under a process that runs on it. That one keeps its own.
  rm -f "$target/serf-handler.jar"
  # From now on: a source that is saved while the build runs is newer.
  : >"$stamp.new"
  started=$(date +%s)
  # The status travels beside the pipe: POSIX sh has no pipefail.
  {
    code=0
    JAVA_HOME=$java_home mvn -B -Dstyle.color=never -Dquick -Dmaven.test.skip=true -f "$home/pom.xml" -pl app -am package 2>&1 9>&- || code=$?
    echo "status $code"
  } |
    tee "$build_log" | build_progress
  # Maven may leave its last line without an end.
  if [ ! -f "$target/serf-handler.jar" ] || ! tail -n 1 "$build_log" | grep -q 'status 0$'; then
    grep -E '^\[ERROR\]' "$build_log" | head -n 5 >&2 || true
    say "the build failed; the whole log is $build_log"
    exit 1
  fi
  mv "$stamp.new" "$stamp"
  exec 9>&-
  # Of use, not of need. A failure shows in start-up times alone.
  if find_java jre; then
    "$home/scripts/make-archive" "$target" "$java_home" "$java_version" "$java_build" >/dev/null 2>&1 </dev/null || :
  fi
  say "built in $(($(date +%s) - started)) s"
}

newer_sources() {
  find "$home/pom.xml" "$home"/*/pom.xml "$home/client/src/main" "$home/core/src/main" "$home/app/src/main" \
    -newer "$stamp" -print -quit 2>/dev/null
}

# One line on a terminal, rewritten as the build goes on; one line a module elsewhere.
build_progress() {
  downloads=0
  while IFS= read -r line; do
    case $line in
      '[INFO] Building serf-handler '[a-z]*' ['*) step=${line#'[INFO] Building serf-handler '} ;;
      *Downloaded\ from*)
        downloads=$((downloads + 1))
        [ -t 2 ] || continue
        ;;
      *) continue ;;
    esac
    module=${step:-}
    module=${module%% *}
    if [ -t 2 ]; then
      printf '\r\033[K  %s (%s files fetched)' "${module:-start}" "$downloads" >&2
    elif [ -n "$module" ]; then
      printf '  %s\n' "$module" >&2
    fi
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}
