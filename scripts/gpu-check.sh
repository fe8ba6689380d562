#!/usr/bin/env bash
# Checks and measures a GPU without Spark: whether its results are right, its rates, the best shape of its launches.
# docs/gpu.md says what it prints. A machine with a GPU needs NVIDIA's driver or an OpenCL library, and nothing else:
#
#   scripts/gpu-check.sh bundle DIR   # here: put a Java runtime and the program into DIR (45 MB)
#   DIR/gpu-check.sh run OUT          # there: about five minutes; results in OUT
#   DIR/gpu-check.sh run OUT opencl   # the same by OpenCL; with "quick" after it, a minute at most
set -euo pipefail

usage() {
  sed -n '2,8s/^# \{0,1\}//p' "$0"
  exit 2
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

copy_classes() { # FROM TO
  mkdir -p "$2/io/goldennonce"
  cp -r "$1/io/goldennonce/kernel" "$2/io/goldennonce/"
}

bundle() { # DIR
  local root modules=java.base,java.logging,java.management,jdk.management,jdk.unsupported,jdk.incubator.vector
  root=$(cd "$here/.." && pwd)
  (cd "$root" && mvn -B -ntp -q test-compile dependency:copy-dependencies \
    -DincludeArtifactIds=jna,assertj-core -DoutputDirectory="$root/job/target/gpu-jars")
  rm -rf "$1"
  mkdir -p "$1/lib"
  # What JUnit's console runs the contract with.
  modules+=,java.xml,java.desktop
  jlink --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --compress=2 --output "$1/java"
  copy_classes "$root/job/target/classes" "$1/classes"
  # The tests' classes have a list of devices of their own.
  cp -r "$root/job/target/classes/META-INF" "$1/classes/"
  copy_classes "$root/job/target/test-classes" "$1/classes"
  cp "$root/job/target/gpu-jars"/*.jar "$1/lib/"
  local console
  console=$(find "${HOME}/.m2/repository/org/junit/platform" -name 'junit-platform-console-standalone-1.*.jar' 2>/dev/null | sort -V | tail -1)
  if [[ -n $console ]]; then
    cp "$console" "$1/lib/"
  else
    printf 'gpu-check: without the contract test, since junit-platform-console-standalone is not in the local repository\n' >&2
  fi
  cp "${BASH_SOURCE[0]}" "$1/gpu-check.sh"
}

java_here() {
  "$here/java/bin/java" -Xmx1g -cp "$here/classes:$(printf '%s:' "$here"/lib/*.jar)" "$@"
}

run() { # OUT [cuda|opencl] [quick]
  local out=$1 kind=${2:-cuda} quick=${3:-} watch='' status=0
  mkdir -p "$out"
  if command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=name,driver_version,clocks.sm,clocks.max.sm,clocks.mem,power.limit,temperature.gpu \
      --format=csv | tee "$out/device.csv" || true
    nvidia-smi --query-gpu=timestamp,clocks.sm,clocks.mem,power.draw,temperature.gpu,utilization.gpu --format=csv,noheader \
      -lms 500 >"$out/clocks.csv" &
    watch=$!
  fi
  if [[ -z $quick ]]; then quick=sweep; fi
  java_here io.goldennonce.kernel.gpu.GpuCheck "$kind" "$quick" 2>&1 | tee "$out/check.txt" || status=${PIPESTATUS[0]}
  if [[ -n $watch ]]; then
    kill "$watch" 2>/dev/null || true
    awk -F', ' '{ split($2, mhz, " "); if (mhz[1] > most) most = mhz[1]; if ($6 + 0 > 90) { sum += mhz[1]; n++ } }
      END { if (n) printf "SM clock while busy: %.0f MHz in the mean, %d at most\n", sum / n, most }' "$out/clocks.csv" |
      tee "$out/clocks.txt"
  fi
  if [[ $kind == cuda ]] && compgen -G "$here/lib/junit-platform-console-standalone-*.jar" >/dev/null; then
    java_here org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=tree \
      --select-class io.goldennonce.kernel.gpu.CudaKernelTest >"$out/contract.txt" 2>&1 || status=1
    tail -n 14 "$out/contract.txt"
  fi
  return "$status"
}

case ${1:-} in
  bundle) [[ $# == 2 ]] || usage; bundle "$2" ;;
  run) [[ $# -ge 2 && $# -le 4 ]] || usage; run "${@:2}" ;;
  *) usage ;;
esac
