#!/usr/bin/env bash
# Runs Golden Nonce anywhere: on this machine with a Spark of its own, or on a cluster with the Spark that is there.
set -euo pipefail
# A start that fails ends with 4, whatever failed; 1 is the program's "exhausted".
trap 'exit 4' ERR

usage() {
  cat <<'USAGE'
usage: scripts/submit.sh [--dry-run] [SPARK-SUBMIT OPTIONS] [--] COMMAND [OPTIONS]

  scripts/submit.sh mine --data "hello" --difficulty 24          mine a block here, on all cores
  scripts/submit.sh sql "SELECT height, hash FROM chain"         ask what was mined
  scripts/submit.sh --master yarn --num-executors 20 mine …      the same on a cluster
  scripts/submit.sh --master yarn --deploy-mode cluster --staging hdfs:///tmp/mined mine …   the driver there, too
  scripts/submit.sh --on emr --cluster-id j-… --staging s3://… mine …   a step on EMR, see emr/README.md
  scripts/submit.sh mine --help                                  the options of a command

Builds the job's jar when a source is newer than it. Options before COMMAND go to spark-submit, but for
those below; all after it go to the program.

  --gpus N        N GPUs for each executor of a cluster, one a task: the settings of conf/gpu.conf
  --staging URI   a folder that this machine and the cluster both reach: by it the result and the exit code of a driver
                  in cluster mode come back
  --jar URI       the job's jar where the cluster has it, such as s3a://… or the same path on all workers; default: this one
  --on emr        a step on the running EMR cluster --cluster-id; with --staging s3://BUCKET/PREFIX
  --on emr-serverless   a job run of the application --application-id, as --execution-role ARN
  --dry-run       print what would run, quoted for a shell, and run nothing; as the first option it builds nothing either
  --help          this text and the program's own

environment:
  SPARK_HOME            the Spark to submit to; without it one is assembled from Maven into .embedded/, once
  SPARK_LOCAL_IP        where a local start listens, Spark's UI included (default 127.0.0.1)
  SPARK_DRIVER_MEMORY   heap of a local start (default 2g, and half of the memory where there is less than 4 GB)
  GOLDEN_NONCE_CDS      off: neither make nor use the archive of loaded classes that makes later local starts faster
USAGE
}

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." >/dev/null && pwd)
script=${0##*/} # bin/golden-nonce of a release is a link to this
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/jar.sh
. "$root/scripts/jar.sh"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# Without a locale, as in containers, cron and sudo, a JVM takes its arguments and file names for ASCII.
if command -v locale >/dev/null && [[ $(locale charmap 2>/dev/null) == ANSI_X3.4-1968 ]]; then
  for utf8 in C.UTF-8 en_US.UTF-8; do
    if [[ $(LC_ALL=$utf8 locale charmap 2>/dev/null) == UTF-8 ]]; then
      export LC_ALL=$utf8
      break
    fi
  done
fi

# What stands before the command is for Java to read; without any the program starts right here.
typed=("$@")
dry_run=false
straight=true
while [[ ${1:-} == --dry-run ]]; do
  dry_run=true
  shift
done
help=false
case ${1:-} in
  '') ((${#typed[@]} == 0)) && help=true ;;
  -h | --help) help=true ;;
  --) shift ;;
  -*) straight=false ;;
esac
[[ -z ${SPARK_HOME:-} ]] || straight=false
$help || (($# > 0)) || fail "no command after the options; see --help"

# --- Java, the jar, Spark ------------------------------------------------------------------------------------------------

java_path=$(command -v "$java") || fail "no Java: install JDK 17 or later, or set JAVA_HOME" 4
java_path=$(readlink -f "$java_path")
release=${java_path%/bin/java}/release
java_version=
[[ ! -r $release ]] || java_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
((${java_version:=99} >= 17)) || fail "$java is older than Java 17: set JAVA_HOME to JDK 17 or later" 4

embedded_home() {
  if $dry_run; then
    "$root/scripts/spark-home.sh" --dry-run 2>/dev/null
  else
    "$root/scripts/spark-home.sh"
  fi
}

if $help; then
  if [[ $script == golden-nonce ]]; then usage | sed "s:scripts/submit\.sh:$script:"; else usage; fi
  home=${SPARK_HOME:-$(dry_run=true embedded_home)}
  if [[ -d $home/jars ]] && ! jar_is_stale; then
    printf '\n'
    exec "$java" -XX:TieredStopAtLevel=1 -cp "$jar:$home/jars/*" MineJob --help
  fi
  exit
fi

build_when_stale

if [[ -z ${SPARK_HOME:-} ]]; then
  whose=embedded
  home=$(embedded_home)
else
  whose=own
  home=$SPARK_HOME
  [[ -x $home/bin/spark-submit ]] || fail "SPARK_HOME has no bin/spark-submit: $home; unset it to use an embedded Spark"
fi

# --- by spark-submit, or to EMR ------------------------------------------------------------------------------------------

# Java says which command to become, so that signals and the exit code are its own. Where it says none, it has more to do.
if ! $straight; then
  parts=("$jar" "$home"/jars/spark-{launcher,core}_*.jar "$home"/jars/jackson-{annotations,core,databind}-*.jar)
  for part in "${parts[@]}"; do
    [[ -f $part ]] || fail "options before the command need $part, which is missing$(! $dry_run || printf '; start once without --dry-run')" 4
  done
  submit=("$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(IFS=: && printf '%s' "${parts[*]}")" io.goldennonce.submit.Submit)
  typed=("$root" "$jar" "$home" "$whose" "${typed[@]}")
  words=()
  while IFS= read -r -d '' word; do
    words+=("$word")
  done < <(
    code=0
    "${submit[@]}" command "${typed[@]}" || code=$?
    printf '%s' "$code"
  )
  [[ $word == 0 ]] || exit "$word"
  ((${#words[@]} > 0)) || words=("${submit[@]}" run "${typed[@]}")
  exec "${words[@]}"
fi

# --- straight into the JVM -----------------------------------------------------------------------------------------------

# 2 GB, or half of the memory that this machine or its container has, as a JVM is more than its heap. Spark asks for 450 MB.
heap() {
  local file size kilobytes least=$((1 << 40))
  for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes /proc/meminfo; do
    file=${GOLDEN_NONCE_TEST_ROOT:-}$file # a test reads files of its own
    size=
    [[ ! -r $file ]] || read -r size kilobytes _ <"$file" || true
    [[ $size != MemTotal: ]] || size=$((kilobytes * 1024))
    if [[ $size =~ ^[0-9]{1,18}$ ]] && ((size < least)); then least=$size; fi
  done
  local half=$((least / 2097152))
  printf '%sm\n' $((half >= 2000 ? 2048 : half > 480 ? half : 480))
}

options=(
  "@$root/conf/jvm.options" "-Xmx${SPARK_DRIVER_MEMORY:-$(heap)}" -cp "$jar:$home/jars/*"
  "-Dlog4j2.configurationFile=$root/conf/log4j2.properties"
)
case $1 in
  # A question is answered before the optimising compiler has paid for itself.
  sql | status | restore | replay) options+=(-XX:TieredStopAtLevel=1) ;;
  # The JVM warns of the vector module in each start: it is there where it computes. Java 17 has a faster kernel without it.
  bench) options+=(--add-modules=jdk.incubator.vector) ;;
  mine | work | serve-work | grind | solve | plan)
    if ((java_version > 17)) || [[ " $* " == *vector* ]]; then options+=(--add-modules=jdk.incubator.vector); fi
    ;;
esac

# The archive of loaded classes makes a start faster. It belongs to a JVM, a Spark, and the place they lie in, and to no jar
# that is newer; where there is none, the program makes it for the next start.
if [[ ${GOLDEN_NONCE_CDS:-on} != off ]]; then
  name=$({ printf '%s\n' "$java_path" "$home" "$jar" && cat "$release"; } 2>/dev/null | cksum | tr ' ' -) || name=none
  archives=("$root/.embedded/cds/$name.jsa")
  cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
  [[ -z $cache ]] || archives+=("$cache/golden-nonce/cds/$name.jsa")
  found=
  for archive in "${archives[@]}"; do
    if [[ -z $found && $archive -nt $jar && $archive -nt $root/conf/jvm.options ]]; then found=$archive; fi
  done
  if [[ -n $found ]]; then
    options+=("-XX:SharedArchiveFile=$found")
  else
    options+=("-Dgolden.nonce.class-archives=$(IFS=: && printf '%s' "${archives[*]}")")
  fi
fi

# What listens on this machine, Spark's UI among it, is for this machine alone unless the user says otherwise.
export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
start=("$java" "${options[@]}" '-Dspark.master=local[*]' MineJob "$@")
if $dry_run; then
  show "${start[@]}"
  exit
fi
exec "${start[@]}"
