#!/usr/bin/env bash
# The entry point of the images: the program's commands, and Spark's own for the pods that Spark starts on Kubernetes.
set -euo pipefail

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." >/dev/null && pwd)
case ${1:-} in
  driver | executor) exec /opt/entrypoint.sh "$@" ;;
  *) exec "$root/bin/golden-nonce" "$@" ;;
esac
