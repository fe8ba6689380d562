#!/usr/bin/env bash
# Submits Golden Nonce to Amazon EMR with the AWS CLI, follows it, and ends as it did. Called by submit.sh --on.
# shellcheck disable=SC2317 # ShellCheck 0.9 takes for unreachable what only $(…) and a trap call.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: scripts/submit.sh --on emr --cluster-id j-… --staging s3://BUCKET/PREFIX [SPARK-SUBMIT OPTIONS] [--] COMMAND …
       scripts/submit.sh --on emr-serverless --application-id ID --execution-role ARN --staging s3://BUCKET/PREFIX …

Uploads the job's jar and the files of -c, submits a step or a job run, follows its state, and prints the driver's
output and the end of its log. Its exit code is that of the program. Ctrl-C asks the search to stop and keep its state.

  --on emr               a step on the running cluster --cluster-id, on EC2
  --on emr-serverless    a job run of the application --application-id, as --execution-role
  --staging S3-URI       where the jar, the configuration and, on Serverless, the logs go
  --dry-run              print the AWS CLI calls and make none

environment: what the AWS CLI reads (AWS_PROFILE, AWS_REGION, …), and
  GOLDEN_NONCE_POLL      seconds between two looks at the state (default 15)
  GOLDEN_NONCE_LOG_WAIT  seconds to wait for the logs in S3 after the end (default 420: EMR uploads them every 5 minutes)
USAGE
}

fail() {
  printf 'emr.sh: %s\n' "$1" >&2
  exit "${2:-2}"
}

say() { printf '%s\n' "$1" >&2; }

# Words for a shell, in single quotes where they need any, as JSON is easier to read in them.
show() {
  local word line=''
  for word in "$@"; do
    if [[ -z $word || $word == *[!A-Za-z0-9_./:=@,+-]* ]]; then
      word="'${word//\'/\'\\\'\'}'"
    fi
    line+="${line:+ }$word"
  done
  printf '%s\n' "$line"
}

# An AWS CLI call, or on a dry run the sight of it.
act() {
  if $dry_run; then
    show aws "$@" >&3
  else
    aws "$@"
  fi
}

# --- options ---------------------------------------------------------------------------------------------------------

platform=
cluster=
application=
role=
staging=
jar=
driver_jvm=
executor_jvm=
dry_run=false
spark_options=()
while (($# > 0)); do
  case $1 in
    --)
      shift
      break
      ;;
    --dry-run) dry_run=true ;;
    -h | --help)
      usage
      exit
      ;;
    --on | --cluster-id | --application-id | --execution-role | --staging | --jar | --driver-jvm | --executor-jvm)
      (($# > 1)) || fail "$1 needs a value"
      case $1 in
        --on) platform=$2 ;;
        --cluster-id) cluster=$2 ;;
        --application-id) application=$2 ;;
        --execution-role) role=$2 ;;
        --staging) staging=${2%/} ;;
        --jar) jar=$2 ;;
        --driver-jvm) driver_jvm=$2 ;;
        --executor-jvm) executor_jvm=$2 ;;
      esac
      shift
      ;;
    *) spark_options+=("$1") ;;
  esac
  shift
done
(($# > 0)) || fail "no command; see scripts/submit.sh --help"

case $platform in
  emr) [[ $cluster == j-* ]] || fail "--on emr needs --cluster-id j-…, got '$cluster'" ;;
  emr-serverless)
    [[ -n $application ]] || fail "--on emr-serverless needs --application-id"
    [[ $role == arn:* ]] || fail "--on emr-serverless needs --execution-role ARN, got '$role'"
    ;;
  *) fail "--on must be emr or emr-serverless, got '$platform'" ;;
esac
[[ $staging == s3://?* ]] || fail "--staging must be s3://BUCKET/PREFIX, got '$staging'"
$dry_run || command -v aws >/dev/null || fail "the AWS CLI is needed: install aws" 4
exec 3>&1

# --- the program's arguments, its configuration files by their bare names -----------------------------------------------

files=()
program=()

# Two files may have one name: each gets its number before it.
take_file() {
  [[ -r $1 ]] || fail "-c: no such file: $1"
  program+=(-c "${#files[@]}-${1##*/}")
  files+=("$1")
}
while (($# > 0)); do
  case $1 in
    --)
      program+=("$@")
      break
      ;;
    -c | --config)
      (($# > 1)) || fail "$1 needs a value"
      take_file "$2"
      shift
      ;;
    --config=*) take_file "${1#--config=}" ;;
    -c=*) take_file "${1#-c=}" ;;
    -c?*) take_file "${1#-c}" ;;
    *) program+=("$1") ;;
  esac
  shift
done
name="golden-nonce ${program[0]}"

# Where an argument has more than plain letters, all travel as one of ASCII: EMR drops empty ones, and the node's locale is
# not this one's.
for argument in "${program[@]}"; do
  if [[ -z $argument || $argument == *[!A-Za-z0-9_./:=@,+-]* ]]; then
    program=(--encoded "$(printf '%s\0' "${program[@]}" | base64 | tr -d '\n')")
    break
  fi
done

# Each run has a folder of its own, so that two never run each other's jar.
run=$staging/runs/$(date -u +%Y%m%dT%H%M%SZ)-$$
if $dry_run; then
  run=$staging/runs/RUN
fi

upload() {
  act s3 cp --only-show-errors "$jar" "$run/golden-nonce.jar" >&2
  local at
  for at in ${files[@]+"${!files[@]}"}; do
    act s3 cp --only-show-errors "${files[at]}" "$(uploaded "$at")" >&2
  done
}

# Where a configuration file is in the bucket.
uploaded() { printf '%s/%s-%s\n' "$run" "$1" "${files[$1]##*/}"; }

# Configuration files may hold passwords: they do not stay in the bucket.
remove_configurations() {
  local at
  for at in ${files[@]+"${!files[@]}"}; do
    act s3 rm --only-show-errors "$(uploaded "$at")" >&2 || say "could not remove $(uploaded "$at")"
  done
}

json_string() {
  local word=$1
  word=${word//\\/\\\\}
  word=${word//\"/\\\"}
  word=${word//$'\n'/\\n}
  word=${word//$'\r'/\\r}
  word=${word//$'\t'/\\t}
  printf '"%s"' "$word"
}

json_array() {
  local word separator=''
  printf '['
  for word in "$@"; do
    printf '%s%s' "$separator" "$(json_string "$word")"
    separator=,
  done
  printf ']'
}

# The program says its exit code on standard error, because EMR does not pass it on.
jvm="--add-modules=jdk.incubator.vector --add-opens=java.base/sun.security.provider=ALL-UNNAMED"
settings=(
  "spark.driver.extraJavaOptions=$jvm -Dgolden.nonce.tell-exit-code=true${driver_jvm:+ $driver_jvm}"
  "spark.executor.extraJavaOptions=$jvm${executor_jvm:+ $executor_jvm}"
  spark.task.cpus=1                     # a kernel keeps a vCPU busy
  spark.dynamicAllocation.enabled=false # EMR has it on: it would take executors away between waves
  spark.speculation=false
)

# --- EMR on EC2: a step ------------------------------------------------------------------------------------------------

# The driver runs on the primary node, in a folder with what was uploaded: spot nodes come and go without it. The folder
# goes when the driver has ended, or was asked to.
# shellcheck disable=SC2016 # the node's shell expands it
on_primary='d=$(mktemp -d) && cd "$d" && aws s3 cp --only-show-errors --recursive "$1" . && shift || exit 4; spark-submit "$@" & p=$!; trap "kill $p" INT TERM; until wait $p; c=$?; ! kill -0 $p 2>/dev/null; do :; done; rm -rf "$d"; exit $c'

submit_step() {
  local setting confs=() arguments
  # A node that YARN decommissions (a spot notice, a scale-in) lets its executors finish.
  for setting in "${settings[@]}" spark.decommission.enabled=true; do
    confs+=(--conf "$setting")
  done
  arguments=$(json_array bash -c "$on_primary" golden-nonce "$run/" --deploy-mode client --class MineJob "${confs[@]}" \
    ${spark_options[@]+"${spark_options[@]}"} golden-nonce.jar "${program[@]}")
  act emr add-steps --cluster-id "$cluster" --output text --query 'StepIds[0]' --steps \
    "[{\"Type\":\"CUSTOM_JAR\",\"Name\":$(json_string "$name"),\"ActionOnFailure\":\"CONTINUE\",\"Jar\":\"command-runner.jar\",\"Args\":$arguments}]"
}

step_logs() {
  local uri
  uri=$(act emr describe-cluster --cluster-id "$cluster" --output text --query Cluster.LogUri)
  if $dry_run; then
    uri=s3://LOGS
  fi
  # EMR gives s3n:// for what was said as s3://.
  uri=${uri/#s3n:/s3:}
  printf '%s/%s/steps/%s\n' "${uri%/}" "$cluster" "$id"
}

# --- EMR Serverless: a job run -------------------------------------------------------------------------------------------

submit_job_run() {
  local setting properties='' uris=() at parameters='--class MineJob' option
  for at in ${files[@]+"${!files[@]}"}; do
    uris+=("$(uploaded "$at")")
  done
  if ((${#uris[@]} > 0)); then
    parameters+=" --files $(IFS=, && printf '%s' "${uris[*]}")"
  fi
  for option in ${spark_options[@]+"${spark_options[@]}"}; do
    # They travel as one string, and how that is cut is not documented.
    [[ $option != *[[:space:]\"\'\\]* ]] ||
      fail "on EMR Serverless a Spark option can't hold spaces or quotes, got '$option'"
    parameters+=" $option"
  done
  for setting in "${settings[@]}"; do
    properties+="${properties:+,}$(json_string "${setting%%=*}"):$(json_string "${setting#*=}")"
  done
  act emr-serverless start-job-run --application-id "$application" --execution-role-arn "$role" --name "$name" \
    --output text --query jobRunId --job-driver \
    "{\"sparkSubmit\":{\"entryPoint\":\"$run/golden-nonce.jar\",\"entryPointArguments\":$(json_array "${program[@]}"),\"sparkSubmitParameters\":$(json_string "$parameters")}}" \
    --configuration-overrides \
    "{\"applicationConfiguration\":[{\"classification\":\"spark-defaults\",\"properties\":{$properties}}],\"monitoringConfiguration\":{\"s3MonitoringConfiguration\":{\"logUri\":\"$staging/logs/\"}}}"
}

# --- either --------------------------------------------------------------------------------------------------------------

submit() {
  case $platform in
    emr) submit_step ;;
    *) submit_job_run ;;
  esac
}

state() {
  case $platform in
    emr)
      act emr describe-step --cluster-id "$cluster" --step-id "$id" --output text --query Step.Status.State
      ;;
    *)
      act emr-serverless get-job-run --application-id "$application" --job-run-id "$id" --output text \
        --query jobRun.state
      ;;
  esac
}

cancel() {
  case $platform in
    emr)
      aws emr cancel-steps --cluster-id "$cluster" --step-ids "$id" --step-cancellation-option SEND_INTERRUPT
      ;;
    *) aws emr-serverless cancel-job-run --application-id "$application" --job-run-id "$id" ;;
  esac >/dev/null
}

logs() {
  case $platform in
    emr) step_logs ;;
    *) printf '%s/logs/applications/%s/jobs/%s/SPARK_DRIVER\n' "$staging" "$application" "$id" ;;
  esac
}

# --- following ---------------------------------------------------------------------------------------------------------

poll=${GOLDEN_NONCE_POLL:-15}
log_wait=${GOLDEN_NONCE_LOG_WAIT:-420}
stopping=false

on_stop() {
  if $stopping; then
    return
  fi
  stopping=true
  say "Asking the search to stop; it keeps its state"
  cancel || say "could not ask it"
}

# Follows until the state is one of an end; a look that fails is tried again, since a network may.
follow() {
  local now last='' failures=0
  while :; do
    if now=$(state); then
      failures=0
    elif ((failures += 1, failures >= 5)); then
      fail "could not read the state of $id; it may still run" 4
    fi
    if [[ -n $now && $now != "$last" ]]; then
      say "$id $now"
      last=$now
    fi
    case $now in
      COMPLETED | SUCCESS | FAILED | CANCELLED | INTERRUPTED) break ;;
    esac
    sleep "$poll" &
    wait $! || true
  done
  ended=$now
}

# A log from S3, once it is there.
fetch_log() {
  local from=$1 to=$2 deadline=$((SECONDS + log_wait))
  until aws s3 cp --only-show-errors "$from" "$to.gz" 2>/dev/null; do
    ((SECONDS < deadline)) || return 1
    sleep "$poll"
  done
  gzip -dc "$to.gz" >"$to"
}

finish() {
  local logs=$1 code scratch
  scratch=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder's name of now
  trap "rm -rf '$scratch'" EXIT
  if fetch_log "$logs/stderr.gz" "$scratch/err"; then
    say "--- the end of the driver's log ($logs/stderr.gz)"
    tail -n 20 "$scratch/err" >&2
  else
    say "no log at $logs/stderr.gz within $log_wait s"
    : >"$scratch/err"
  fi
  if fetch_log "$logs/stdout.gz" "$scratch/out"; then
    cat "$scratch/out"
  fi
  code=$(sed -n 's/^golden-nonce exit code \([0-9]\{1,3\}\)$/\1/p' "$scratch/err" | tail -n 1)
  if [[ -z $code ]]; then
    case $ended in
      COMPLETED | SUCCESS) code=0 ;;
      CANCELLED | INTERRUPTED) code=130 ;;
      *) code=4 ;;
    esac
  fi
  exit "$code"
}

upload
if $dry_run; then
  submit
  id=ID
  state
  remove_configurations
  from=$(logs)
  show aws s3 cp --only-show-errors "$from/stderr.gz" -
  show aws s3 cp --only-show-errors "$from/stdout.gz" -
  exit
fi
id=$(submit) || fail "EMR refused it (see above)" 4
trap on_stop INT TERM
follow
remove_configurations
finish "$(logs)"
