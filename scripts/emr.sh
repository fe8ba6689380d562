#!/usr/bin/env bash
# Submits Golden Nonce to Amazon EMR with the AWS CLI, follows it, and ends as it did. Called by submit.sh --on.
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

show() {
  local line
  printf -v line '%q ' "$@"
  printf '%s\n' "${line% }"
}

# An AWS CLI call that changes something: shown instead, on a dry run.
act() {
  if $dry_run; then
    show aws "$@" >&3
  else
    aws "$@"
  fi
}

# --- options ---------------------------------------------------------------------------------------------------------

platform= cluster= application= role= staging= jar=
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
    --on | --cluster-id | --application-id | --execution-role | --staging | --jar)
      (($# > 1)) || fail "$1 needs a value"
      case $1 in
        --on) platform=$2 ;;
        --cluster-id) cluster=$2 ;;
        --application-id) application=$2 ;;
        --execution-role) role=$2 ;;
        --staging) staging=${2%/} ;;
        --jar) jar=$2 ;;
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
take_file() {
  [[ -r $1 ]] || fail "-c: no such file: $1"
  files+=("$1")
}
while (($# > 0)); do
  case $1 in
    -c | --config)
      (($# > 1)) || fail "$1 needs a value"
      take_file "$2"
      program+=("$1" "${2##*/}")
      shift
      ;;
    --config=*)
      take_file "${1#*=}"
      program+=("--config=${1##*/}")
      ;;
    *) program+=("$1") ;;
  esac
  shift
done
name="golden-nonce ${program[0]}"

# Each run has a folder of its own, so that two never run each other's jar.
run=$staging/runs/$($dry_run && printf 'RUN' || date -u +%Y%m%dT%H%M%SZ-$$)

upload() {
  act s3 cp --only-show-errors "$jar" "$run/golden-nonce.jar" >&2
  local file
  for file in ${files[@]+"${files[@]}"}; do
    act s3 cp --only-show-errors "$file" "$run/${file##*/}" >&2
  done
}

# Words as a JSON array of strings.
json_array() {
  local word separator=
  printf '['
  for word in "$@"; do
    word=${word//\\/\\\\}
    word=${word//\"/\\\"}
    word=${word//$'\n'/\\n}
    word=${word//$'\t'/\\t}
    printf '%s"%s"' "$separator" "$word"
    separator=,
  done
  printf ']'
}

# The program says its exit code on standard error, because EMR does not pass it on.
jvm='--add-modules=jdk.incubator.vector'
tell='-Dgolden.nonce.tell-exit-code=true'
settings=(
  --class MineJob
  --conf "spark.driver.extraJavaOptions=$jvm $tell"
  --conf "spark.executor.extraJavaOptions=$jvm"
  --conf spark.task.cpus=1                     # a kernel keeps a vCPU busy
  --conf spark.dynamicAllocation.enabled=false # EMR has it on: it would take away executors between waves
  --conf spark.speculation=false
  --conf spark.decommission.enabled=true       # a spot node says good-bye two minutes before
)

# --- following ---------------------------------------------------------------------------------------------------------

poll=${GOLDEN_NONCE_POLL:-15}
log_wait=${GOLDEN_NONCE_LOG_WAIT:-420}
stopping=false

on_stop() {
  if ! $stopping; then
    stopping=true
    say "Asking the search to stop; it keeps its state"
    stop_run || say "could not ask it"
  fi
}

# Follows until the state is one of an end.
follow() {
  local state last=
  while :; do
    state=$(state_of_run) || fail "could not read the state of $id" 4
    if [[ $state != "$last" ]]; then
      say "$id $state"
      last=$state
    fi
    case $state in
      COMPLETED | SUCCESS | FAILED | CANCELLED | INTERRUPTED) break ;;
    esac
    sleep "$poll" &
    wait $! || true
  done
  ended=$state
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

# --- EMR on EC2 ----------------------------------------------------------------------------------------------------------

# The driver runs on the primary node, in a folder with what was uploaded: spot nodes come and go without it.
# shellcheck disable=SC2016 # the node's shell expands it
on_primary='cd "$(mktemp -d)" && aws s3 cp --only-show-errors --recursive "$1" . && shift && exec spark-submit "$@"'

emr_submit() {
  local arguments
  arguments=$(json_array bash -c "$on_primary" golden-nonce "$run/" --deploy-mode client "${settings[@]}" \
    ${spark_options[@]+"${spark_options[@]}"} golden-nonce.jar "${program[@]}")
  act emr add-steps --cluster-id "$cluster" --output text --query 'StepIds[0]' --steps \
    "[{\"Type\":\"CUSTOM_JAR\",\"Name\":\"$name\",\"ActionOnFailure\":\"CONTINUE\",\"Jar\":\"command-runner.jar\",\"Args\":$arguments}]"
}

emr_state() {
  aws emr describe-step --cluster-id "$cluster" --step-id "$id" --output text --query Step.Status.State
}

emr_stop() {
  aws emr cancel-steps --cluster-id "$cluster" --step-ids "$id" --step-cancellation-option SEND_INTERRUPT >/dev/null
}

emr_logs() {
  local uri
  uri=$(aws emr describe-cluster --cluster-id "$cluster" --output text --query Cluster.LogUri)
  # EMR gives s3n:// for what was said as s3://.
  uri=${uri/#s3n:/s3:}
  printf '%s/%s/steps/%s\n' "${uri%/}" "$cluster" "$id"
}

# --- EMR Serverless ------------------------------------------------------------------------------------------------------

# Its parameters are one string, in which quotes keep words together.
quoted() {
  local word line=
  for word in "$@"; do
    [[ $word != *\"* ]] || fail "a Spark option on EMR Serverless can't hold a quote: $word"
    [[ $word != *' '* ]] || word="\"$word\""
    line+="${line:+ }$word"
  done
  printf '%s' "$line"
}

serverless_submit() {
  local uploaded=() file parameters
  for file in ${files[@]+"${files[@]}"}; do
    uploaded+=("$run/${file##*/}")
  done
  if ((${#uploaded[@]} > 0)); then
    settings+=(--files "$(IFS=, && printf '%s' "${uploaded[*]}")")
  fi
  parameters=$(quoted "${settings[@]}" ${spark_options[@]+"${spark_options[@]}"})
  parameters=$(json_array "$parameters")
  parameters=${parameters#[}
  act emr-serverless start-job-run --application-id "$application" --execution-role-arn "$role" --name "$name" \
    --output text --query jobRunId \
    --job-driver "{\"sparkSubmit\":{\"entryPoint\":\"$run/golden-nonce.jar\",\"entryPointArguments\":$(json_array "${program[@]}"),\"sparkSubmitParameters\":${parameters%]}}}" \
    --configuration-overrides "{\"monitoringConfiguration\":{\"s3MonitoringConfiguration\":{\"logUri\":\"$staging/logs/\"}}}"
}

serverless_state() {
  aws emr-serverless get-job-run --application-id "$application" --job-run-id "$id" --output text --query jobRun.state
}

serverless_stop() {
  aws emr-serverless cancel-job-run --application-id "$application" --job-run-id "$id" >/dev/null
}

serverless_logs() {
  printf '%s/logs/applications/%s/jobs/%s/SPARK_DRIVER\n' "$staging" "$application" "$id"
}

case $platform in
  emr) kind=emr ;;
  *) kind=serverless ;;
esac
state_of_run() { "${kind}_state"; }
stop_run() { "${kind}_stop"; }

upload
if $dry_run; then
  "${kind}_submit"
  exit
fi
id=$("${kind}_submit") || fail "EMR refused it (see above)" 4
trap on_stop INT TERM
follow
finish "$("${kind}_logs")"
