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
  scripts/submit.sh --on emr --cluster-id j-… --staging s3://… mine …   a step on EMR; scripts/emr.sh --help says more
  scripts/submit.sh mine --help                                  the options of a command

Builds the job's jar when a source is newer than it. Options before COMMAND go to spark-submit, all after it to the
program.

  --gpus N        N GPUs for each executor of a cluster, one a task: the settings of conf/gpu.conf
  --staging URI   a folder that this machine and the cluster both reach: by it the result and the exit code of a driver
                  in cluster mode come back
  --jar URI       the job's jar where the cluster has it, such as s3a://… or the same path on all workers; default: this one
  --dry-run       print what would run, quoted for a shell, and run nothing
  --help          this text and the program's own

environment:
  SPARK_HOME            the Spark to submit to; without it one is assembled from Maven into .embedded/, once
  SPARK_LOCAL_IP        where a local start listens, Spark's UI included (default 127.0.0.1)
  SPARK_DRIVER_MEMORY   heap of a local start (default 2g, and half of the memory where there is less than 4 GB)
  GOLDEN_NONCE_CDS      off: neither make nor use the archive of loaded classes that makes later local starts faster
USAGE
}

fail() {
  printf 'submit.sh: %s\n' "$1" >&2
  exit "${2:-2}"
}

say() { printf '%s\n' "$1" >&2; }

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." >/dev/null && pwd)
jar=$root/job/target/golden-nonce-$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$root/pom.xml").jar
embedded=$root/.embedded
vector=--add-modules=jdk.incubator.vector
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
dry_run=false

# Without a locale, as in containers, cron and sudo, a JVM takes its arguments and file names for ASCII.
if command -v locale >/dev/null && [[ $(locale charmap 2>/dev/null) == ANSI_X3.4-1968 ]]; then
  for utf8 in C.UTF-8 en_US.UTF-8; do
    if [[ $(LC_ALL=$utf8 locale charmap 2>/dev/null) == UTF-8 ]]; then
      export LC_ALL=$utf8
      break
    fi
  done
fi

# The first of some directories that is there or can be made, and can be written.
writable_directory() {
  local directory
  for directory in "$@"; do
    if [[ $directory == /* ]] && mkdir -p -- "$directory" 2>/dev/null && [[ -w $directory ]]; then
      printf '%s\n' "$directory"
      return
    fi
  done
}
cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}/golden-nonce

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
master=
files=
staging=
cluster_jar=
gpus=
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
        spark.master=*)
          master=${master:-${value#*=}}
          spark_options+=("$name" "$value")
          ;;
        *) spark_options+=("$name" "$value") ;;
      esac
      ;;
    # spark-submit knows only the last list; ours is added to it where configuration files travel.
    --files) files=$value ;;
    *)
      case $name in
        --properties-file) properties_file=$value ;;
        --deploy-mode) deploy_mode=$value ;;
        --master) master=$value ;;
      esac
      spark_options+=("$name" "$value")
      ;;
  esac
}

own_option() {
  case $1 in
    --staging) staging=${2%/} ;;
    --jar) cluster_jar=$2 ;;
    --gpus) gpus=$2 ;;
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
    --staging | --jar | --gpus)
      (($# > 1)) || fail "$1 needs a value"
      own_option "$1" "$2"
      shift
      ;;
    --staging=* | --jar=* | --gpus=*) own_option "${1%%=*}" "${1#*=}" ;;
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

# Before the user's own settings, which win, as spark-submit takes the last.
if [[ -n $gpus ]]; then
  [[ $gpus =~ ^[1-9][0-9]{0,2}$ ]] || fail "--gpus must be from 1 to 999, got $gpus"
  case $master:${SPARK_HOME:-}$properties_file${emr_options[*]-} in
    : | local:* | local\[*) fail "--gpus is for clusters; here --kernel gpu takes all GPUs of this machine" ;;
  esac
  gpu_options=()
  while read -r name value; do
    case $name in
      spark.executor.cores | spark.executor.resource.gpu.amount) value=$gpus ;;
      spark.executor.resource.gpu.vendor) [[ $master == k8s://* ]] || continue ;;
      # EMR's nodes have a script of their own.
      spark.executor.resource.gpu.discoveryScript) ((${#emr_options[@]} == 0)) || continue ;;
    esac
    gpu_options+=(--conf "$name=$value")
  done < <(sed '/^#/d; /^$/d' "$root/conf/gpu.conf")
  spark_options=("${gpu_options[@]}" ${spark_options[@]+"${spark_options[@]}"})
  ((${#emr_options[@]} > 0)) || files+=${files:+,}$root/scripts/gpu-discovery.sh
fi

# --- what must be there ----------------------------------------------------------------------------------------------

release=
if java_path=$(command -v "$java"); then
  java_path=$(readlink -f "$java_path")
  release=${java_path%/bin/java}/release
else
  fail "no Java: install JDK 17 or later, or set JAVA_HOME" 4
fi
java_version=99
if [[ -r $release ]]; then
  java_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
fi
if ((${java_version:=99} < 17)); then
  fail "$java is older than Java 17: set JAVA_HOME to JDK 17 or later" 4
fi

jar_is_stale() {
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
  # Copying a checkout makes its sources as new as its jar.
  local reason
  reason=$(unbuildable)
  if [[ -n $reason ]]; then
    say "submit.sh: sources are newer than the jar, which is used as it is ($reason)"
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

# --- arguments -------------------------------------------------------------------------------------------------------

# On a way with other shells in it, YARN's among them, or with machines that have another locale, all arguments travel as
# one of plain ASCII.
encode_arguments() {
  local argument
  for argument in "${program[@]}"; do
    if [[ -z $argument || $argument == *[!A-Za-z0-9_./:=@,+-]* ]]; then
      program=(--encoded "$(printf '%s\0' "${program[@]}" | base64 | tr -d '\n')")
      return
    fi
  done
}

# Bytes that are no text are refused here where nothing has started yet.
if command -v iconv >/dev/null && [[ $(locale charmap 2>/dev/null) == UTF-8 ]] &&
  ! printf '%s\n' "${program[@]}" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1; then
  fail "an argument must be text in UTF-8, got other bytes; they can be given in hex (--template-hex) or in a pool's 'payload'"
fi

if ((${#emr_options[@]} > 0)); then
  [[ -z $cluster_jar ]] || fail "--jar is not for --on, which uploads the jar itself"
  if $dry_run; then
    emr_options+=(--dry-run)
  fi
  if [[ -n $staging ]]; then
    emr_options+=(--staging "$staging")
  fi
  if [[ -n $files ]]; then
    spark_options+=(--files "$files")
  fi
  exec "$root/scripts/emr.sh" "${emr_options[@]}" --jar "$jar" \
    --driver-jvm "$driver_java_options" --executor-jvm "$executor_java_options" ${spark_options[@]+"${spark_options[@]}"} \
    -- "${program[@]}"
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

# A user's JVM options with what the kernels need among them.
with_kernels() {
  local jvm=$1 option
  for option in "$vector" --add-opens=java.base/sun.security.provider=ALL-UNNAMED; do
    case " $jvm " in
      *"${option#*=}"*) ;;
      *) jvm=${jvm:+$jvm }$option ;;
    esac
  done
  printf '%s\n' "$jvm"
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

# In cluster mode the driver is on another machine: its configuration files go with it, under names that differ.
send_configurations() {
  local sent=() argument file name count=0
  while ((${#program[@]} > 0)); do
    argument=${program[0]}
    program=("${program[@]:1}")
    case $argument in
      --)
        sent+=("$argument" ${program[@]+"${program[@]}"})
        program=()
        continue
        ;;
      -c | --config)
        ((${#program[@]} > 0)) || fail "$argument needs a value"
        file=${program[0]}
        program=("${program[@]:1}")
        ;;
      --config=*) file=${argument#--config=} ;;
      -c=*) file=${argument#-c=} ;;
      -c?*) file=${argument#-c} ;;
      *)
        sent+=("$argument")
        continue
        ;;
    esac
    [[ -r $file || ($file == /* && $master != yarn && $master != k8s://*) ]] || fail "-c: no such file: $file"
    [[ $file != *[,#]* ]] || fail "in cluster mode the name of a file of -c can't hold a comma or #, got $file"
    case $master in
      yarn)
        name=$count-${file##*/}
        files+=${files:+,}$file#$name
        ;;
      k8s://*)
        name=${file##*/}
        [[ ,$files != *,"$name"* && ,$files != *"/$name"* ]] || fail "on Kubernetes the files of -c must have different names, got two of $name"
        files+=${files:+,}$file
        ;;
      *)
        [[ $file == /* ]] ||
          fail "a standalone master does not bring -c $file to the driver on a worker; give the absolute path that the file has on all workers, or -D KEY=VALUE"
        name=$file
        ;;
    esac
    sent+=(-c "$name")
    count=$((count + 1))
  done
  program=("${sent[@]}")
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
    --driver-java-options "$(with_kernels "$1") -Dgolden.nonce.transcript=$transcript" \
    --conf "spark.executor.extraJavaOptions=$(with_kernels "$2")" \
    --conf spark.standalone.submit.waitAppCompletion=true --conf spark.yarn.maxAppAttempts=1 --conf "spark.yarn.tags=golden-nonce,$name" \
    ${spark_options[@]+"${spark_options[@]}"} "${cluster_jar:-$jar}" "${program[@]}" || say "spark-submit ended with $?; see $transcript"
  set_reaching_options ${spark_options[@]+"${spark_options[@]}"}
  become ${before[@]+"${before[@]}"} "$home/bin/spark-submit" --class MineJob ${reaching_options[@]+"${reaching_options[@]}"} \
    --master 'local[1]' --deploy-mode client "$jar" replay "$transcript"
}

# What listens on this machine, Spark's UI among it, is for this machine alone unless the user says otherwise; Spark asks
# only the environment.
listen_here() {
  export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
}

# A Spark without any configuration would print its log at length: it gets this one's.
quiet_log() {
  if [[ -z ${SPARK_CONF_DIR:-} && -z $(find "$1/conf" -type f ! -name '*.template' -print -quit 2>/dev/null) ]]; then
    export SPARK_CONF_DIR=$root/conf
  fi
}

submit() {
  local home=$1
  shift
  local before=("$@")
  $dry_run || id -un >/dev/null 2>&1 ||
    fail "user id $UID has no name in /etc/passwd, which spark-submit needs: add one, or leave out spark-submit's options" 4
  local driver=$driver_java_options executor=$executor_java_options
  [[ -n $driver_java_options_from ]] || driver=$(spark_default "$home" spark.driver.extraJavaOptions)
  [[ -n $executor_java_options_from ]] || executor=$(spark_default "$home" spark.executor.extraJavaOptions)
  master=${master:-$(spark_default "$home" spark.master)}
  if [[ $deploy_mode == cluster ]]; then
    send_configurations
  else
    quiet_log "$home"
    [[ ${master:-local} != local* ]] || listen_here
  fi
  if [[ -n $files ]]; then
    spark_options+=(--files "$files")
  fi
  encode_arguments
  if [[ $deploy_mode == cluster ]]; then
    if [[ -n $staging ]]; then
      submit_to_cluster "$home" "$driver" "$executor"
    fi
    say "The result stays in the driver's log on the cluster; with --staging URI it comes back"
  fi
  become "$@" "$home/bin/spark-submit" --class MineJob \
    --driver-java-options "$(with_kernels "$driver")" \
    --conf "spark.executor.extraJavaOptions=$(with_kernels "$executor")" \
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

# Bytes of memory that this machine or its container has.
memory() {
  local file line least=
  for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes /proc/meminfo; do
    line=
    # A test reads files of its own.
    [[ ! -r ${GOLDEN_NONCE_TEST_ROOT:-}$file ]] || read -r line <"${GOLDEN_NONCE_TEST_ROOT:-}$file" || true
    line=${line#MemTotal:}
    case $line in
      *kB) line=$((${line% kB} * 1024)) ;;
    esac
    if [[ $line =~ ^[0-9]{1,18}$ ]] && [[ -z $least || $line -lt $least ]]; then
      least=$line
    fi
  done
  printf '%s\n' "${least:-$((1 << 40))}"
}

# 2 GB, or half of the memory where that is less, as a JVM is more than its heap. Spark asks for 450 MB at least.
heap() {
  local mega=$(($(memory) / 2097152))
  if ((mega >= 2000)); then
    printf '2g\n'
  else
    printf '%sm\n' $((mega > 480 ? mega : 480))
  fi
}

# The JVM warns of the vector module in each start: it is there where it computes. Java 17 has a faster kernel without it.
modules=()
case ${program[0]} in
  bench) modules=("$vector") ;;
  mine | work | serve-work | grind | solve | plan)
    if ((java_version > 17)) || [[ " ${program[*]} " == *vector* ]]; then
      modules=("$vector")
    fi
    ;;
esac

options=(
  "@$root/conf/jvm.options" "-Xmx${SPARK_DRIVER_MEMORY:-$(heap)}" -cp "$jar:$home/jars/*"
  "-Dlog4j2.configurationFile=$root/conf/log4j2.properties"
)
# A question is answered before the optimising compiler has paid for itself.
case ${program[0]} in
  sql | status | restore | replay) options+=(-XX:TieredStopAtLevel=1) ;;
esac
local_java=("$java" "${options[@]}" ${modules[@]+"${modules[@]}"})

# An archive belongs to a JVM, a Spark and the place they lie in, and to no jar that is newer.
archive_name=$({ printf '%s\n' "$java_path" "$home" "$jar" && cat "$release"; } 2>/dev/null | cksum | tr ' ' -).jsa
archives=$embedded/cds
archive_is_new() { [[ -r $archives/$archive_name && $archives/$archive_name -nt $jar && $archives/$archive_name -nt $root/conf/jvm.options ]]; }
if [[ ${GOLDEN_NONCE_CDS:-on} != off ]] && ! $dry_run && ! archive_is_new; then
  archives=$(writable_directory "$embedded/cds" "$cache/cds")
fi
archive=$archives/$archive_name

# Makes the archive from a small search of its own and a query, at the lowest priority; it gets its name when it is whole.
archive_classes() {
  if command -v flock >/dev/null; then
    exec 9>"$archives/lock"
    flock -n 9 || return 0
    rm -rf "$archives"/search.* "$archives"/*.jsa.* # What a killed one left.
  fi
  local draft=$archive.$BASHPID scratch
  scratch=$(mktemp -d "$archives/search.XXXXXX")
  cd "$scratch"
  nice -n 19 "$java" "${options[@]}" ${modules[@]+"${modules[@]}"} -XX:TieredStopAtLevel=1 "-XX:ArchiveClassesAtExit=$draft" \
    '-Dspark.master=local[1]' -Dspark.ui.port=0 io.goldennonce.cli.ClassArchive "$scratch/warehouse" || true
  cd "$archives"
  find "$archives" -name '*.jsa' ! -newer "$jar" -exec rm -f {} +
  # A JVM trusts an archive blindly, so one that a full disk cut short must not get the name.
  if "$java" "@$root/conf/jvm.options" -cp "$jar:$home/jars/*" -Xshare:on -XX:+VerifySharedSpaces \
    "-XX:SharedArchiveFile=$draft" "-XX:ErrorFile=$scratch/error" -version; then
    mv -f "$draft" "$archive"
  fi
  rm -rf "$draft" "$scratch"
}

if [[ ${GOLDEN_NONCE_CDS:-on} != off && -n $archives ]]; then
  if archive_is_new; then
    local_java+=("-XX:SharedArchiveFile=$archive")
  elif ! $dry_run; then
    archive_classes </dev/null >/dev/null 2>&1 &
  fi
fi

listen_here

become "${local_java[@]}" '-Dspark.master=local[*]' MineJob "${program[@]}"
