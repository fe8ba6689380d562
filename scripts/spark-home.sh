#!/usr/bin/env bash
# Assembles a Spark home from Maven alone, once, and prints its path.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: scripts/spark-home.sh [--dry-run] [VERSION | kubernetes | yarn]

Assembles a Spark home (jars/, bin/spark-submit, bin/spark-class) from Maven into .embedded/spark-VERSION and prints
its path on stdout. A home that is there already is not touched. A release that brings its own Spark has it in spark/.

  VERSION     3.5, 4.0 or 4.2 for the versions in pom.xml, or any full version such as 4.0.2 (default: pom.xml's)
  kubernetes  a Spark that can submit to Kubernetes and, in kubernetes-cluster/, a Kubernetes API for tests
  yarn        a Spark that can submit to YARN and, in yarn-cluster/, a YARN of one node for tests
  --dry-run   print the path and, on stderr, the Maven command, and do nothing
USAGE
}

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." >/dev/null && pwd)
script=spark-home.sh
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"

# The versions stand in pom.xml only, the default before those of the profiles.
versions_in_pom() {
  sed -n 's:^ *<spark\.version>\(.*\)</spark\.version>.*$:\1:p' "$root/pom.xml"
}

full_version() {
  local asked=$1 version
  while IFS= read -r version; do
    if [[ -z $asked || $version == "$asked" || $version == "$asked".* ]]; then
      printf '%s\n' "$version"
      return
    fi
  done < <(versions_in_pom)
  [[ $asked =~ ^[0-9]+\.[0-9]+\.[0-9]+([-.][0-9A-Za-z.-]+)?$ ]] ||
    fail "no such Spark: $asked; use one of $(versions_in_pom | paste -sd ' ' -), or a full version"
  printf '%s\n' "$asked"
}

dry_run=false
asked=
for argument in "$@"; do
  case $argument in
    -h | --help)
      usage
      exit
      ;;
    --dry-run) dry_run=true ;;
    -*) fail "unknown option: $argument; see --help" ;;
    *)
      [[ -z $asked ]] || fail "one version at a time, not $asked and $argument"
      asked=$argument
      ;;
  esac
done

if [[ -z $asked && -d $root/spark/jars ]]; then
  printf '%s\n' "$root/spark"
  exit
fi

# The cluster's manager, where one is asked for.
manager=
case $asked in
  kubernetes)
    manager=$asked
    asked=
    ;;
  yarn)
    manager=$asked
    asked=$(sed -n 's:^ *<spark\.yarn\.version>\(.*\)</spark\.yarn\.version>.*$:\1:p' "$root/pom.xml")
    ;;
esac
version=$(full_version "$asked")
case $version in
  3.*) scala=2.12 ;;
  *) scala=2.13 ;;
esac
embedded=$root/.embedded
home=$embedded/spark-$version${manager:+-$manager}

# A home gets its name when it is whole, so what has the name is whole.
if [[ -d $home ]]; then
  printf '%s\n' "$home"
  exit
fi

# Copies what a pom names to a folder. The profile has the Hadoop and the AWS SDK of this Spark; the default's has none.
maven() {
  local pom=$1 folder=$2
  shift 2
  mvn -q -B -ntp -Dstyle.color=never -f "$root/spark-home/$pom" -P "spark-${version%.*}" \
    -Dspark.version="$version" -Dscala.binary.version="$scala" "$@" \
    dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$folder"
}

copy_jars() {
  if [[ -n $manager ]]; then
    maven pom.xml "$1/jars" -P "$manager" && maven "$manager-cluster.xml" "$1/$manager-cluster"
  else
    maven pom.xml "$1/jars"
  fi
}

if $dry_run; then
  mvn() { show mvn "$@" >&2; }
  copy_jars "$home"
  printf '%s\n' "$home"
  exit
fi

command -v mvn >/dev/null || fail "Maven is needed to assemble a Spark: install it, or set SPARK_HOME to a Spark that is there" 4
mkdir -p "$embedded"

# One assembly at a time where the system has locks; without them the rename below still lets only one win.
if command -v flock >/dev/null; then
  exec 9>"$embedded/spark-home.lock"
  flock 9
fi
if [[ ! -d $home ]]; then
  draft=$(mktemp -d "$embedded/spark-$version.XXXXXX")
  trap 'rm -rf "$draft"' EXIT
  say "Assembling Spark $version from Maven (about 300 MB, once)"
  # Even when quiet, Maven prints control characters: only a failure shows what it said.
  if ! copy_jars "$draft" </dev/null >"$embedded/spark-home.log" 2>&1; then
    cat "$embedded/spark-home.log" >&2
    fail "Maven could not fetch Spark $version (see above)" 4
  fi
  [[ -n $(find "$draft/jars" -name "spark-sql_$scala-$version.jar") ]] || fail "Maven brought no Spark $version" 4
  mkdir "$draft/bin" "$draft/conf"
  cp "$root"/spark-home/bin/spark-* "$draft/bin/"
  chmod 755 "$draft" "$draft"/bin/*
  printf 'Spark %s with Scala %s, assembled from Maven\n' "$version" "$scala" >"$draft/RELEASE"
  if ! mv -T "$draft" "$home" 2>/dev/null; then
    # Another assembly was first, or this mv knows no -T (then the target is not there, and a plain mv renames).
    [[ -d $home ]] || mv "$draft" "$home"
  fi
fi
printf '%s\n' "$home"
