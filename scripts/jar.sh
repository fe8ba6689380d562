# shellcheck shell=bash
# The job's jar: a release has it in lib/; in a checkout it is built when a source is newer than it. Sourced by the scripts
# that start the job, with the release or checkout in $root. With dry_run=true the command is shown only.

# shellcheck disable=SC2154 # the sourcing script sets root and script
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$root/pom.xml")
jar=$root/lib/golden-nonce-$version.jar
[[ -f $jar ]] || jar=$root/job/target/golden-nonce-$version.jar

jar_is_stale() {
  [[ $jar != "$root"/lib/* ]] || return 1
  [[ ! -f $jar || -n $(find "$root/pom.xml" "$root/job/pom.xml" "$root/job/src/main" "$root/job/src/build" -newer "$jar" -print -quit) ]]
}

# Why a jar that is there is not built anew, if there is a reason.
unbuildable() {
  [[ -f $jar ]] || return 0
  if ! command -v mvn >/dev/null; then
    printf 'Maven is not installed'
  elif [[ ! -w $root || (-e $root/job/target && ! -w $root/job/target) ]]; then
    printf '%s is read-only' "$root"
  fi
}

# Gives the jar the time at which its build began, so that what is saved meanwhile is built next time.
build() {
  command -v mvn >/dev/null || fail "Maven is needed to build the job: install it" 4
  local start=$root/.embedded/build-start
  : >"$start"
  # Even when quiet, Maven prints control characters: only a failure shows what it said.
  if ! mvn -q -B -ntp -f "$root/pom.xml" -Dmaven.test.skip=true package -pl job -am </dev/null >"$root/.embedded/build.log" 2>&1; then
    cat "$root/.embedded/build.log" >&2
    fail "the build failed (see above)" 4
  fi
  touch -r "$start" "$jar"
}

build_when_stale() {
  jar_is_stale || return 0
  if $dry_run; then
    show mvn -q -B -ntp -f "$root/pom.xml" -Dmaven.test.skip=true package -pl job -am
    return
  fi
  # Copying a checkout makes its sources as new as its jar.
  local reason
  reason=$(unbuildable)
  if [[ -n $reason ]]; then
    say "$script: sources are newer than the jar, which is used as it is ($reason)"
    return
  fi
  mkdir -p "$root/.embedded"
  (
    # Two starts at once build once.
    if command -v flock >/dev/null; then
      exec 9>"$root/.embedded/build.lock"
      flock 9
    fi
    if jar_is_stale; then
      say "Building the job (once; first time Maven fetches what it needs)"
      build
    fi
  )
}
