#!/usr/bin/env bash
# Runs Golden Nonce: on this machine with an embedded Spark, or on a cluster with the Spark in SPARK_HOME.
set -euo pipefail
# Any failed start ends with 4; 1 is the program's code for an exhausted keyspace.
trap 'exit 4' ERR

usage() {
  cat <<'USAGE'
usage: scripts/submit.sh [--dry-run] [SPARK-SUBMIT OPTIONS] [--] COMMAND [OPTIONS]

  scripts/submit.sh mine --data "hello" --difficulty 24          mine a block here, on all cores
  scripts/submit.sh sql "SELECT height, hash FROM chain"         ask what was mined
  scripts/submit.sh --master yarn --num-executors 20 mine …      the same on a cluster
  scripts/submit.sh --master yarn --deploy-mode cluster --staging hdfs:///tmp/mined mine …   with the driver on the cluster
  scripts/submit.sh --on emr --cluster-id j-… --staging s3://… mine …   a step on EMR, see emr/README.md
  scripts/submit.sh mine --help                                  the options of a command

Builds the job's jar if a source is newer. Options before COMMAND go to spark-submit, except those below;
options after it go to the program.

  --gpus N        request N GPUs per executor of a cluster, one per task, by the settings in conf/gpu.conf
  --staging URI   a folder that this machine and the cluster can both reach; returns the result and the exit code of a
                  driver in cluster mode
  --jar URI       the job's jar on the cluster, such as s3a://… or the same path on all workers; default: the local one
  --on emr        run a step on the EMR cluster --cluster-id; needs --staging s3://BUCKET/PREFIX
  --on emr-serverless   run a job of the application --application-id with the role --execution-role ARN
  --dry-run       print what would run, quoted for a shell, and run nothing; as the first option, also build nothing
  --help          this text and the program's own

environment:
  SPARK_HOME            the Spark to use; default: one that is assembled from Maven into .embedded/, once
  SPARK_LOCAL_IP        the address on which a local run listens, including Spark's UI (default 127.0.0.1)
  SPARK_DRIVER_MEMORY   heap of a local run (default 2g, or half of the memory if there is less than 4 GB)
  GOLDEN_NONCE_CDS      off: neither create nor use the archive of loaded classes that speeds up later local starts
USAGE
}

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." >/dev/null && pwd)
script=${0##*/} # bin/golden-nonce of a release is a link to this
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/jar.sh
. "$root/scripts/jar.sh"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# Without a locale, as in containers, cron and sudo, a JVM reads its arguments and file names as ASCII.
if command -v locale >/dev/null && [[ $(locale charmap 2>/dev/null) == ANSI_X3.4-1968 ]]; then
  for utf8 in C.UTF-8 en_US.UTF-8; do
    if [[ $(LC_ALL=$utf8 locale charmap 2>/dev/null) == UTF-8 ]]; then
      export LC_ALL=$utf8
      break
    fi
  done
fi

# Java parses the options before the command; without any, the program starts directly.
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

# Java prints the command to exec, so that signals and the exit code are that command's. If it prints none, it has more to do.
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

# 2 GB, or half of the memory of this machine or container, as a JVM needs more than its heap. Spark requires 450 MB.
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
  # A query ends before the optimizing compiler would pay off.
  sql | status | restore | replay) options+=(-XX:TieredStopAtLevel=1) ;;
  # The JVM warns of the vector module at each start, so only commands that hash get it. Java 17 has a faster kernel without it.
  bench) options+=(--add-modules=jdk.incubator.vector) ;;
  mine | work | serve-work | grind | solve | plan)
    if ((java_version > 17)) || [[ " $* " == *vector* ]]; then options+=(--add-modules=jdk.incubator.vector); fi
    ;;
esac

# The archive of loaded classes speeds up the start. It is valid for one JVM and one Spark at their paths, and for a jar that
# is not newer; if there is none, the program creates it for the next start.
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

# Only this machine can connect to what listens here, including Spark's UI, unless the user wants otherwise.
export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
start=("$java" "${options[@]}" '-Dspark.master=local[*]' MineJob "$@")
if $dry_run; then
  show "${start[@]}"
  exit
fi
exec "${start[@]}"
