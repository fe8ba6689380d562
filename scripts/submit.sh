#!/usr/bin/env bash
# Runs Golden Nonce anywhere: on this machine with a Spark of its own, or on a cluster with the Spark that is there.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: scripts/submit.sh [--dry-run] [SPARK-SUBMIT OPTIONS] [--] COMMAND [OPTIONS]

  scripts/submit.sh mine --data "hello" --difficulty 24          mine a block here, on all cores
  scripts/submit.sh sql "SELECT height, hash FROM chain"         ask what was mined
  scripts/submit.sh --master yarn --num-executors 20 mine …      the same on a cluster
  scripts/submit.sh --master yarn --deploy-mode cluster --staging hdfs:///tmp/mined mine …   the driver there, too
  scripts/submit.sh --on emr --cluster-id j-… --staging s3://… mine …   a step on EMR; scripts/emr.sh --help says more
  scripts/submit.sh mine --help                                  the options of a command

Builds the job's jar when a source is newer than it. Options before COMMAND go to spark-submit, all after it to the
program.

  --staging URI   a folder that this machine and the cluster both reach: by it the result and the exit code of a driver
                  in cluster mode come back
  --jar URI       the job's jar where the cluster has it, such as s3a://… or the same path on all workers; default: this one
  --dry-run       print what would run, quoted for a shell, and run nothing
  --help          this text and the program's own

environment:
  SPARK_HOME            the Spark to submit to; without it one is assembled from Maven into .embedded/, once
  SPARK_LOCAL_IP        where a local start listens, Spark's UI included (default 127.0.0.1)
  SPARK_DRIVER_MEMORY   heap of a local start (default 2g)
  GOLDEN_NONCE_CDS      off: neither make nor use the archive of loaded classes that makes later local starts faster
USAGE
}

fail() {
  printf 'submit.sh: %s\n' "$1" >&2
  exit "${2:-2}"
}

say() { printf '%s\n' "$1" >&2; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$root/job/target/golden-nonce-$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$root/pom.xml").jar
embedded=$root/.embedded
vector=--add-modules=jdk.incubator.vector
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
dry_run=false


# Becomes a command, so that signals and the exit code are its own, or shows it.
become() {
  if $dry_run; then
    show "$@"
    exit
  fi
  exec "$@"
}

show() {
  local line
  printf -v line '%q ' "$@"
  printf '%s\n' "${line% }"
}

# --- options ---------------------------------------------------------------------------------------------------------

spark_options=()
emr_options=()
program=()
deploy_mode=
staging=
cluster_jar=
properties_file=
driver_java_options=
driver_java_options_from=
executor_java_options=
executor_java_options_from=

# The JVM options are taken out of the list, because spark-submit knows only the last ones it is given.
spark_option() {
  local name=$1 value=$2
  case $name in
    --driver-java-options)
      driver_java_options=$value
      driver_java_options_from=option
      ;;
    --conf | -c)
      case $value in
        spark.driver.extraJavaOptions=*)
          if [[ $driver_java_options_from != option ]]; then
            driver_java_options=${value#*=}
            driver_java_options_from=conf
          fi
          ;;
        spark.executor.extraJavaOptions=*)
          executor_java_options=${value#*=}
          executor_java_options_from=conf
          ;;
        spark.submit.deployMode=*)
          deploy_mode=${deploy_mode:-${value#*=}}
          spark_options+=("$name" "$value")
          ;;
        *) spark_options+=("$name" "$value") ;;
      esac
      ;;
    *)
      case $name in
        --properties-file) properties_file=$value ;;
        --deploy-mode) deploy_mode=$value ;;
      esac
      spark_options+=("$name" "$value")
      ;;
  esac
}

own_option() {
  case $1 in
    --staging) staging=${2%/} ;;
    --jar) cluster_jar=$2 ;;
  esac
}

help=false
if (($# == 0)); then
  help=true
fi
while (($# > 0)); do
  case $1 in
    --)
      shift
      program=("$@")
      break
      ;;
    --dry-run) dry_run=true ;;
    -h | --help)
      help=true
      break
      ;;
    --master | --deploy-mode | --class | --name | --jars | --packages | --exclude-packages | --repositories | \
      --py-files | --files | --archives | --conf | -c | --properties-file | --driver-memory | \
      --driver-java-options | --driver-library-path | --driver-class-path | --executor-memory | --proxy-user | \
      --driver-cores | --total-executor-cores | --executor-cores | --num-executors | --principal | --keytab | \
      --queue | --remote)
      (($# > 1)) || fail "$1 needs a value"
      spark_option "$1" "$2"
      shift
      ;;
    --on | --cluster-id | --application-id | --execution-role)
      (($# > 1)) || fail "$1 needs a value"
      emr_options+=("$1" "$2")
      shift
      ;;
    --staging | --jar)
      (($# > 1)) || fail "$1 needs a value"
      own_option "$1" "$2"
      shift
      ;;
    --staging=* | --jar=*) own_option "${1%%=*}" "${1#*=}" ;;
    --*=*) spark_option "${1%%=*}" "${1#*=}" ;;
    --supervise | --verbose | -v | --load-spark-defaults) spark_options+=("$1") ;;
    -*) fail "spark-submit has no option $1; what belongs to a command stands after it" ;;
    *)
      program=("$@")
      break
      ;;
  esac
  shift
done

$help || ((${#program[@]} > 0)) || fail "no command after the options; see --help"

# --- what must be there ----------------------------------------------------------------------------------------------

release=
if java_path=$(command -v "$java"); then
  java_path=$(readlink -f "$java_path")
  release=${java_path%/bin/java}/release
else
  fail "no Java: install JDK 17 or later, or set JAVA_HOME" 4
fi
if [[ -r $release && $(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release") -lt 17 ]]; then
  fail "$java is older than Java 17: set JAVA_HOME to JDK 17 or later" 4
fi

jar_is_stale() {
  [[ ! -f $jar || -n $(find "$root/pom.xml" "$root/job/pom.xml" "$root/job/src/main" "$root/job/src/build" -newer "$jar" -print -quit) ]]
}

# Gives the jar the time at which its build began, so that what is saved meanwhile is built next time.
build() {
  command -v mvn >/dev/null || fail "Maven is needed to build the job: install it" 4
  local began=$embedded/build-began
  : >"$began"
  # Even when quiet, Maven prints control characters: only a failure shows what it said.
  if ! mvn -q -B -ntp -f "$root/pom.xml" -Dmaven.test.skip=true package -pl job -am </dev/null >"$embedded/build.log" 2>&1; then
    cat "$embedded/build.log" >&2
    fail "the build failed (see above)" 4
  fi
  touch -r "$began" "$jar"
}

build_when_stale() {
  jar_is_stale || return 0
  if $dry_run; then
    show mvn -q -B -ntp -f "$root/pom.xml" -Dmaven.test.skip=true package -pl job -am
    return
  fi
  mkdir -p "$embedded"
  (
    # Two starts at once build once.
    if command -v flock >/dev/null; then
      exec 9>"$embedded/build.lock"
      flock 9
    fi
    if jar_is_stale; then
      say "Building the job (once; first time Maven fetches what it needs)"
      build
    fi
  )
}

embedded_home() {
  if $dry_run; then
    "$root/scripts/spark-home.sh" --dry-run 2>/dev/null
  else
    "$root/scripts/spark-home.sh"
  fi
}

if $help; then
  usage
  home=${SPARK_HOME:-$(dry_run=true embedded_home)}
  if [[ -d $home/jars ]] && ! jar_is_stale; then
    printf '\n'
    exec "$java" -XX:TieredStopAtLevel=1 -cp "$jar:$home/jars/*" MineJob --help
  fi
  exit
fi

build_when_stale

if ((${#emr_options[@]} > 0)); then
  [[ -z $cluster_jar ]] || fail "--jar is not for --on, which uploads the jar itself"
  if $dry_run; then
    emr_options+=(--dry-run)
  fi
  if [[ -n $staging ]]; then
    emr_options+=(--staging "$staging")
  fi
  exec "$root/scripts/emr.sh" "${emr_options[@]}" --jar "$jar" \
    --driver-jvm "$driver_java_options" --executor-jvm "$executor_java_options" ${spark_options[@]+"${spark_options[@]}"} \
    -- "${program[@]}"
fi

# --- a grind server that is warm --------------------------------------------------------------------------------------

# Only its owner can enter the directory. A server of another build is passed over.
export GOLDEN_NONCE_SOCKET=${GOLDEN_NONCE_SOCKET:-${XDG_RUNTIME_DIR:-$embedded/run}/golden-nonce-$({
  printf '%s\n' "$jar"
  [[ ! -f $jar ]] || date -r "$jar" +%s
} | cksum | tr ' ' -).sock}

# The same output and exit code as without a server; 69 where there is none, or where it does not do such calls.
call_server() {
  local call code interrupted=false
  "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -cp "$jar" io.goldennonce.cli.GrindCall \
    "$GOLDEN_NONCE_SOCKET" "${program[@]}" </dev/null &
  call=$!
  trap 'interrupted=true; kill "$call" 2>/dev/null || true' INT TERM HUP
  while :; do
    code=0
    wait "$call" || code=$?
    kill -0 "$call" 2>/dev/null || break
  done
  trap - INT TERM HUP
  ! $interrupted || code=130
  return "$code"
}

if [[ ${program[0]} == grind && -S $GOLDEN_NONCE_SOCKET && -O $GOLDEN_NONCE_SOCKET ]] && ! $dry_run &&
  ((${#spark_options[@]} == 0)) && [[ -z $driver_java_options_from$executor_java_options_from ]]; then
  code=0
  call_server || code=$?
  ((code == 69)) || exit "$code"
fi

# --- spark-submit ----------------------------------------------------------------------------------------------------

# The value of a key in the properties that spark-submit will read; what this script sets would hide it.
spark_default() {
  local file=${properties_file:-${SPARK_CONF_DIR:-$1/conf}/spark-defaults.conf}
  if [[ -r $file ]]; then
    awk -v key="$2" '
      { sub(/^[ \t]+/, ""); sub(/[ \t\r]+$/, "") }
      index($0, key) == 1 && substr($0, length(key) + 1) ~ /^[ \t]*[ \t=:]/ {
        value = substr($0, length(key) + 1)
        sub(/^[ \t]*[=:]?[ \t]*/, "", value)
      }
      END { print value }' "$file"
  fi
}

# A user's JVM options with the vector module among them.
with_vector() {
  case " $1 " in
    *jdk.incubator.vector*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "${1:+$1 }$vector" ;;
  esac
}

# The options by which a program on this machine reaches what one on the cluster does.
reaching_options=()
set_reaching_options() {
  while (($# > 0)); do
    case $1 in
      --supervise) ;;
      --verbose | -v | --load-spark-defaults) reaching_options+=("$1") ;;
      --conf | -c)
        [[ $2 == spark.submit.deployMode=* || $2 == spark.master=* ]] || reaching_options+=("$1" "$2")
        shift
        ;;
      --properties-file | --jars | --packages | --exclude-packages | --repositories | --principal | --keytab | --proxy-user)
        reaching_options+=("$1" "$2")
        shift
        ;;
      *) shift ;;
    esac
    shift
  done
}

# Runs a command to its end, or shows it.
run() {
  if $dry_run; then
    show "$@"
  else
    "$@"
  fi
}

# In cluster mode spark-submit prints nothing of the driver's, and ends with 1 for whatever is not 0: the driver leaves a
# transcript, and a second, small start on this machine prints it and ends as the driver did.
submit_to_cluster() {
  local home=$1 name transcript
  shift
  [[ $staging != *[[:space:]\"\'\\]* ]] || fail "--staging can't hold spaces or quotes, got '$staging'"
  name=golden-nonce-$(date -u +%Y%m%dT%H%M%SZ)-$$
  if $dry_run; then
    name=golden-nonce-RUN
  fi
  transcript=$staging/$name.json
  # A standalone master would be waited for only until it has taken the driver in. YARN would begin a driver anew that
  # ends with 1 for an exhausted keyspace, or 3 for a deadline.
  run ${before[@]+"${before[@]}"} "$home/bin/spark-submit" --class MineJob \
    --driver-java-options "$(with_vector "$1") -Dgolden.nonce.transcript=$transcript" \
    --conf "spark.executor.extraJavaOptions=$(with_vector "$2")" \
    --conf spark.standalone.submit.waitAppCompletion=true --conf spark.yarn.maxAppAttempts=1 --conf "spark.yarn.tags=golden-nonce,$name" \
    ${spark_options[@]+"${spark_options[@]}"} "${cluster_jar:-$jar}" "${program[@]}" || say "spark-submit ended with $?; see $transcript"
  set_reaching_options ${spark_options[@]+"${spark_options[@]}"}
  become ${before[@]+"${before[@]}"} "$home/bin/spark-submit" --class MineJob ${reaching_options[@]+"${reaching_options[@]}"} \
    --master 'local[1]' --deploy-mode client "$jar" replay "$transcript"
}

submit() {
  local home=$1
  shift
  local before=("$@")
  local driver=$driver_java_options executor=$executor_java_options
  [[ -n $driver_java_options_from ]] || driver=$(spark_default "$home" spark.driver.extraJavaOptions)
  [[ -n $executor_java_options_from ]] || executor=$(spark_default "$home" spark.executor.extraJavaOptions)
  if [[ $deploy_mode == cluster ]]; then
    if [[ -n $staging ]]; then
      submit_to_cluster "$home" "$driver" "$executor"
    fi
    say "The result stays in the driver's log on the cluster; with --staging URI it comes back"
  fi
  become "$@" "$home/bin/spark-submit" --class MineJob \
    --driver-java-options "$(with_vector "$driver")" \
    --conf "spark.executor.extraJavaOptions=$(with_vector "$executor")" \
    ${spark_options[@]+"${spark_options[@]}"} "${cluster_jar:-$jar}" "${program[@]}"
}

if [[ -n ${SPARK_HOME:-} ]]; then
  [[ -x $SPARK_HOME/bin/spark-submit ]] ||
    fail "SPARK_HOME has no bin/spark-submit: $SPARK_HOME; unset it to use an embedded Spark"
  submit "$SPARK_HOME"
fi

home=$(embedded_home)
if ((${#spark_options[@]} > 0)) || [[ -n $driver_java_options_from$executor_java_options_from ]]; then
  export SPARK_CONF_DIR=${SPARK_CONF_DIR:-$root/conf}
  submit "$home" env "SPARK_CONF_DIR=$SPARK_CONF_DIR"
fi

# --- straight into the JVM -------------------------------------------------------------------------------------------

local_java=(
  "$java" "@$root/conf/jvm.options" "-Xmx${SPARK_DRIVER_MEMORY:-2g}" -cp "$jar:$home/jars/*"
  "-Dlog4j2.configurationFile=$root/conf/log4j2.properties"
)

# An archive belongs to a JVM, a Spark and the place they lie in, and to no jar that is newer.
archives=$embedded/cds
archive=$archives/$({ printf '%s\n' "$java_path" "$home" "$jar" && cat "$release"; } 2>/dev/null | cksum | tr ' ' -).jsa

# Makes the archive from a small search of its own, at the lowest priority; it gets its name when it is whole.
archive_classes() {
  if command -v flock >/dev/null; then
    exec 9>"$archives/lock"
    flock -n 9 || return 0
    rm -rf "$archives"/search.* "$archives"/*.jsa.* # What a killed one left.
  fi
  local draft=$archive.$BASHPID scratch
  scratch=$(mktemp -d "$archives/search.XXXXXX")
  cd "$scratch"
  nice -n 19 "${local_java[@]}" -XX:TieredStopAtLevel=1 "-XX:ArchiveClassesAtExit=$draft" \
    '-Dspark.master=local[1]' -Dspark.ui.port=0 \
    MineJob mine --data "class archive" --difficulty 8 --warehouse "$scratch/warehouse" || true
  cd "$archives"
  find "$archives" -name '*.jsa' ! -newer "$jar" -exec rm -f {} +
  # A JVM trusts an archive blindly, so one that a full disk cut short must not get the name.
  if "$java" "@$root/conf/jvm.options" -cp "$jar:$home/jars/*" -Xshare:on -XX:+VerifySharedSpaces \
    "-XX:SharedArchiveFile=$draft" "-XX:ErrorFile=$scratch/error" -version; then
    mv -f "$draft" "$archive"
  fi
  rm -rf "$draft" "$scratch"
}

if [[ ${GOLDEN_NONCE_CDS:-on} != off ]]; then
  if [[ $archive -nt $jar && $archive -nt $root/conf/jvm.options ]]; then
    local_java+=("-XX:SharedArchiveFile=$archive")
  elif ! $dry_run; then
    mkdir -p "$archives"
    archive_classes </dev/null >/dev/null 2>&1 &
  fi
fi

# Spark's UI, and all else that listens, is for this machine alone unless the user says otherwise; Spark asks only the
# environment.
export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}

become "${local_java[@]}" '-Dspark.master=local[*]' MineJob "${program[@]}"
