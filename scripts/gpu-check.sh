#!/usr/bin/env bash
# Checks and measures a GPU without Spark: whether its results are right, its rates, the best shape of its launches.
# docs/gpu.md says what it prints. A machine with a GPU needs NVIDIA's driver or an OpenCL library, and nothing else:
#
#   scripts/gpu-check.sh bundle DIR   # here: put a Java runtime and the program into DIR, and try it without a device
#   DIR/gpu-check.sh run OUT          # there: about five minutes; results in OUT
#   DIR/gpu-check.sh run OUT opencl   # the same by OpenCL; with "quick" after it, what a processor can do in minutes
set -euo pipefail

usage() {
  sed -n '2,8s/^# \{0,1\}//p' "$0"
  exit 2
}

fail() {
  printf 'gpu-check: %s\n' "$1" >&2
  exit 4
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

bundle() { # DIR
  local root dir tree
  [[ ! -e $1 || -x $1/java/bin/java ]] || fail "DIR must be new or an earlier bundle, got $1"
  rm -rf "$1"
  mkdir -p "$1/lib"
  root=$(cd "$here/.." && pwd)
  dir=$(cd "$1" && pwd)
  # JUnit's platform 1.x.y belongs to JUnit 5.x.y; its console runs the contract's tests.
  (cd "$root" && mvn -B -ntp -q -pl job test-compile dependency:copy-dependencies dependency:copy \
    -DincludeArtifactIds=jna,assertj-core -DoutputDirectory="$dir/lib" \
    -Dartifact="org.junit.platform:junit-platform-console-standalone:1.$(
      sed -n 's:.*<junit.version>5\.\(.*\)</junit.version>:\1:p' pom.xml)")
  for tree in classes test-classes; do
    jar --create --file "$dir/lib/$tree.jar" -C "$root/job/target/$tree" .
  done
  # The last one is for JUnit's console.
  jlink --add-modules java.base,java.logging,java.management,jdk.management,jdk.unsupported,java.xml \
    --strip-debug --no-man-pages --no-header-files --compress=2 --output "$dir/java"
  rm -rf "$dir/java/legal" # links, which not every copy keeps
  cp "${BASH_SOURCE[0]}" "$dir/gpu-check.sh"
  # What is missing must be missed here, not on a machine that is lent for minutes.
  if ! "$dir/gpu-check.sh" run "$dir/tried" interpreter quick >"$dir/tried.txt" 2>&1; then
    cat "$dir/tried.txt" "$dir/tried/contract.txt" >&2 || true
    fail "the bundle does not work"
  fi
  rm -r "$dir/tried" "$dir/tried.txt"
  du -sh "$1"
}

java_here() {
  "$here/java/bin/java" -Xmx1g -cp "$here/lib/*" "$@"
}

run() { # OUT [cuda|opencl|interpreter] [quick]
  local out=$1 kind=${2:-cuda} extent=${3:-sweep} watch='' status=0 contract=--select-class=io.goldennonce.kernel.gpu
  mkdir -p "$out"
  if [[ $kind == cuda ]] && command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=name,driver_version,clocks.sm,clocks.max.sm,clocks.mem,power.limit,temperature.gpu \
      --format=csv | tee "$out/device.csv" || true
    nvidia-smi --query-gpu=timestamp,clocks.sm,clocks.mem,power.draw,temperature.gpu,utilization.gpu --format=csv,noheader \
      -lms 500 >"$out/clocks.csv" &
    watch=$!
  fi
  java_here io.goldennonce.kernel.gpu.GpuCheck "$kind" "$extent" 2>&1 | tee "$out/check.txt" || status=${PIPESTATUS[0]}
  if [[ -n $watch ]]; then
    kill "$watch" 2>/dev/null || true
    awk -F', ' '{ split($2, mhz, " "); if (mhz[1] > most) most = mhz[1]; if ($6 + 0 > 90) { sum += mhz[1]; n++ } }
      END { if (n) printf "SM clock while busy: %.0f MHz in the mean, %d at most\n", sum / n, most }' "$out/clocks.csv" |
      tee "$out/clocks.txt"
  fi
  ((status != 3)) || return 3 # no device
  case $kind in
    cuda) contract+=.CudaKernelTest ;;
    opencl) contract+=.OpenClKernelTest ;;
    *) contract=--select-method=io.goldennonce.kernel.gpu.InterpretedKernelTest#scan_randomHeaders_agreesWithReference ;;
  esac
  java_here org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=tree \
    "$contract" >"$out/contract.txt" 2>&1 || status=1
  tail -n 14 "$out/contract.txt"
  # A test that finds no device is skipped, which JUnit calls a success.
  grep -Eq '\[ +[1-9][0-9]* tests successful +\]' "$out/contract.txt" || status=1
  return "$status"
}

case ${1:-} in
  bundle) [[ $# == 2 ]] || usage; bundle "$2" ;;
  run) [[ $# -ge 2 && $# -le 4 ]] || usage; run "${@:2}" ;;
  *) usage ;;
esac
