#!/usr/bin/env bash
# Makes a release's files from a tag: twice, in two places, and compares the bytes. Publishes nothing.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: scripts/release.sh --to DIR [--snapshot] [--home URL [--sign KEY]]
       scripts/release.sh --archive --to DIR [--with-spark]

Builds the tagged commit twice, in clean copies of the checkout at two paths, compares the files byte by byte, and writes to DIR:

  golden-nonce-VERSION.jar, -sources.jar, -javadoc.jar   the job, its sources, its documentation
  golden-nonce-VERSION.bom.json                          what the jar ships (CycloneDX)
  golden-nonce-VERSION.tar.gz                            bin/golden-nonce with the jar, scripts and settings; needs a Spark home
  golden-nonce-VERSION-spark-4.2.0.tar.gz                the same with a Spark; needs only Java 17
  golden-nonce-VERSION-central.zip                       with --home: a bundle for Maven Central, a repository with checksums
  SHA256SUMS

  --to DIR       must not exist yet
  --snapshot     build the commit that is checked out, tagged or not
  --home URL     the project's address, which a POM for Maven Central must name
  --sign KEY     sign the bundle's files by GnuPG with this key, as Central requires, and verify the signatures
  --archive      only the tar.gz, from the jar that scripts/submit.sh uses (built if necessary)
  --with-spark   with the embedded Spark
USAGE
}

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." >/dev/null && pwd)
script=release.sh
dry_run=false
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/jar.sh
. "$root/scripts/jar.sh"

to=
snapshot=false
archive=false
with_spark=false
home=
key=
while (($# > 0)); do
  case $1 in
    -h | --help)
      usage
      exit
      ;;
    --snapshot) snapshot=true ;;
    --archive) archive=true ;;
    --with-spark) with_spark=true ;;
    --to | --home | --sign)
      (($# > 1)) || fail "$1 needs a value; see --help"
      case $1 in
        --to) to=$2 ;;
        --home) home=$2 ;;
        --sign) key=$2 ;;
      esac
      shift
      ;;
    *) fail "unknown option: $1; see --help" ;;
  esac
  shift
done
[[ -n $to ]] || fail "--to DIR is missing; see --help"
[[ ! -e $to ]] || fail "$to exists: choose a directory that does not, with --to"
[[ -z $home || $home =~ ^https://[^\ \<\>\&]+$ ]] || fail "--home must be an https:// address, got $home"
[[ -z $key || -n $home ]] || fail "--sign signs the files of the repository, which need --home URL"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=golden-nonce-$version

# A tar.gz whose bytes depend on nothing but its files: of a tree with the scripts, a jar, and perhaps a Spark.
pack() {
  local tree=$1 jar=$2 spark=$3 out=$4 folder
  folder=$(mktemp -d "$work/archive.XXXXXX")
  mkdir -p "$folder/$name"/{bin,lib}
  cp "$jar" "$folder/$name/lib/"
  # The last two are what the scripts read of a checkout: versions, and what a Spark home is made of.
  (cd "$tree" && cp -R LICENSE README.md CHANGELOG.md conf docs emr scripts notebooks pom.xml spark-home "$folder/$name/")
  rm "$folder/$name/scripts/release.sh" "$folder/$name/scripts/gpu-check.sh"
  rm -rf "$folder/$name/spark-home/target" # what a build leaves there differs from one to the next
  ln -s ../scripts/submit.sh "$folder/$name/bin/golden-nonce"
  [[ -z $spark ]] || cp -RL "$spark" "$folder/$name/spark"
  chmod -R u=rwX,go=rX "$folder"
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$(timestamp "$tree")" --format=gnu -C "$folder" -cf - "$name" |
    gzip -n -9 >"$out"
  rm -rf "$folder"
}

# The time that the jar's entries have, too.
timestamp() { sed -n 's:^ *<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>$:\1:p' "$1/pom.xml"; }

if $archive; then
  build_when_stale
  spark=
  suffix=
  if $with_spark; then
    spark=$("$root/scripts/spark-home.sh")
    suffix=-${spark##*/}
  fi
  pack "$root" "$jar" "$spark" "$work/archive"
  mkdir -p "$to"
  mv "$work/archive" "$to/$name$suffix.tar.gz"
  printf '%s\n' "$to/$name$suffix.tar.gz"
  exit
fi

# --- from a clean tag ----------------------------------------------------------------------------------------------------

[[ -z $(git -C "$root" status --porcelain) ]] || fail "the checkout has changes: commit them, or remove them"
if ! $snapshot; then
  git -C "$root" tag --points-at HEAD | grep -Fqx "v$version" ||
    fail "the commit has no tag v$version: tag it (git tag v$version), or build with --snapshot"
  section="## $version ($(timestamp "$root" | cut -dT -f1))"
  grep -Fqx "$section" "$root/CHANGELOG.md" ||
    fail "CHANGELOG.md has no section \"$section\": give it the date of project.build.outputTimestamp in pom.xml"
fi
command -v mvn >/dev/null || fail "Maven is needed to build the job: install it" 4
if [[ -n $key ]]; then
  command -v gpg >/dev/null || fail "GnuPG is needed to sign: install it" 4
  gpg --list-secret-keys "$key" >/dev/null 2>&1 || fail "GnuPG has no secret key $key: see gpg --list-secret-keys"
fi

files=("$name.jar" "$name-sources.jar" "$name-javadoc.jar" bom.json)

# Builds in a copy; the other copy's path has another length, so that no path can hide in the bytes.
build_in() {
  local tree=$1
  shift
  mkdir -p "$tree"
  git -C "$root" archive HEAD | tar -x -C "$tree"
  [[ -z $home ]] || sed -i "s|https://golden-nonce.invalid|$home|" "$tree/pom.xml"
  mvn -q -B -ntp -f "$tree/pom.xml" -Prelease -Dmaven.test.skip=true -DskipITs -Dmaven.install.skip=true "$@" </dev/null >"$work/build.log" 2>&1 || {
    cat "$work/build.log" >&2
    fail "the build failed (see above)" 4
  }
}

# What Maven Central requires of each file: two checksums and, by --sign, a signature.
check_repository() {
  local file sum
  while IFS= read -r -d '' file; do
    for sum in md5 sha1; do
      [[ $("${sum}sum" <"$file") == "$(<"$file.$sum")  -" ]] || fail "$file.$sum is not the file's checksum" 1
    done
    [[ -z $key ]] || gpg --quiet --verify "$file.asc" "$file" 2>"$work/gpg.log" || {
      cat "$work/gpg.log" >&2
      fail "$file.asc is not the file's signature (see above)" 1
    }
  done < <(find "$1" -type f ! -name '*.md5' ! -name '*.sha1' ! -name '*.asc' -print0)
}

one=$work/one
other=$work/the/other/one
build=(package)
if [[ -n $home ]]; then
  build=(deploy "-DaltDeploymentRepository=release::file://$one/repository")
  [[ -z $key ]] || build+=(-Psign "-Dgpg.keyname=$key")
fi
say "Building $name twice"
build_in "$one" "${build[@]}"
build_in "$other" package
for file in "${files[@]}"; do
  cmp -s "$one/job/target/$file" "$other/job/target/$file" || fail "the two builds differ in $file" 1
done
say "The two builds are the same"

spark=$("$root/scripts/spark-home.sh")
mkdir "$work/release"
cp "$one/job/target/$name"{,-sources,-javadoc}.jar "$work/release/"
cp "$one/job/target/bom.json" "$work/release/$name.bom.json"
pack "$one" "$one/job/target/$name.jar" '' "$work/release/$name.tar.gz"
pack "$other" "$other/job/target/$name.jar" '' "$work/again.tar.gz"
cmp -s "$work/release/$name.tar.gz" "$work/again.tar.gz" || fail "the two archives differ" 1
pack "$one" "$one/job/target/$name.jar" "$spark" "$work/release/$name-${spark##*/}.tar.gz"
if [[ -n $home ]]; then
  # Central writes these itself, and refuses those of a bundle.
  find "$one/repository" -name 'maven-metadata*' -delete
  check_repository "$one/repository"
  jar --create --no-manifest --date "$(timestamp "$one")" --file "$work/release/$name-central.zip" -C "$one/repository" .
fi
(cd "$work/release" && sha256sum -- * >../SHA256SUMS && mv ../SHA256SUMS .)
mkdir -p "$(dirname -- "$to")"
mv "$work/release" "$to"
(cd "$to" && ls -l)
