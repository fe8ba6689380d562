#!/usr/bin/env bash
# Runs the notebooks on this machine, or opens them in Jupyter: no Livy, a Spark of its own.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: scripts/notebooks.sh run --to DIR [options] [NOTEBOOK…]   execute notebooks, and write them with their outputs
       scripts/notebooks.sh open [options]                       open them in a browser

  NOTEBOOK          default: all in notebooks/
  --to DIR          where the executed notebooks go
  --warehouse PATH  what mined-blocks and search-efficiency ask (default ./warehouse)
  --headers FILE    what bitcoin-headers asks: a CSV with the columns height, header_hex and hash

These stand in for the paths in a notebook's first cell. Needs Python with nbconvert, ipykernel, matplotlib and pandas:
apt-get install jupyter-nbconvert python3-ipykernel python3-matplotlib python3-pandas (and jupyter-notebook to open).

environment:
  SPARK_HOME            the Spark to use; without it the one that scripts/spark-home.sh assembles
  GOLDEN_NONCE_JAR      the job's jar; without it the one that is built here
  GOLDEN_NONCE_PYTHON   the Python to use
USAGE
}

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." >/dev/null && pwd)
script=notebooks.sh
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
action=
to=
warehouse=./warehouse
headers=
notebooks=()

while (($# > 0)); do
  case $1 in
    -h | --help)
      usage
      exit
      ;;
    --to | --warehouse | --headers)
      (($# > 1)) || fail "$1 needs a value"
      printf -v "${1#--}" %s "$2"
      shift
      ;;
    -*) fail "unknown option: $1; see --help" ;;
    run | open)
      [[ -z $action ]] || fail "one of run and open, not both"
      action=$1
      ;;
    *) notebooks+=("$1") ;;
  esac
  shift
done

[[ -n $action ]] || fail "run or open must be given; see --help"
[[ $action == open || -n $to ]] || fail "run needs --to DIR"
((${#notebooks[@]} > 0)) || notebooks=("$root"/notebooks/*.ipynb)
[[ $action == open || -n $headers || ${notebooks[*]} != *bitcoin-headers* ]] || fail "bitcoin-headers needs --headers FILE"

# The first Python that has all it takes.
python() {
  local candidate
  for candidate in ${GOLDEN_NONCE_PYTHON:+"$GOLDEN_NONCE_PYTHON"} python3 /usr/bin/python3; do
    if "$candidate" -c 'import ipykernel, matplotlib, nbconvert, pandas' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail "no Python with nbconvert, ipykernel, matplotlib and pandas; see --help for the packages" 4
}

# Paths on this machine from the root on, since a notebook runs in its own directory; a URI as it is.
absolute() {
  case $1 in
    *://* | /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$PWD/$1" ;;
  esac
}

python=$(python)
if [[ -z ${GOLDEN_NONCE_JAR:-} ]]; then
  dry_run=false
  # shellcheck source=scripts/jar.sh
  . "$root/scripts/jar.sh"
  build_when_stale
  GOLDEN_NONCE_JAR=$jar
fi
SPARK_HOME=${SPARK_HOME:-$("$root/scripts/spark-home.sh")}
GOLDEN_NONCE_WAREHOUSE=$(absolute "$warehouse")
export SPARK_HOME GOLDEN_NONCE_JAR GOLDEN_NONCE_WAREHOUSE
if [[ -n $headers ]]; then
  GOLDEN_NONCE_HEADERS=$(absolute "$headers")
  export GOLDEN_NONCE_HEADERS
fi
export JUPYTER_PATH=$root/notebooks/jupyter${JUPYTER_PATH:+:$JUPYTER_PATH}
export PYDEVD_DISABLE_FILE_VALIDATION=1 # no word of debuggers

if [[ $action == open ]]; then
  exec "$python" -m notebook --notebook-dir "$root/notebooks"
fi
exec "$python" -m nbconvert --to notebook --execute --output-dir "$to" \
  --ExecutePreprocessor.timeout=600 --ExecutePreprocessor.record_timing=False "${notebooks[@]}"
