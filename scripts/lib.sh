# shellcheck shell=bash
# What the scripts share; sourced by them, with their name in $script.

# Ends with one line for the user, and 2 (wrong usage) or another code.
fail() {
  # shellcheck disable=SC2154 # the sourcing script sets it
  printf '%s: %s\n' "$script" "$1" >&2
  exit "${2:-2}"
}

# Tells the user something.
say() { printf '%s\n' "$1" >&2; }

# Prints a command in one line, as a shell takes it: in single quotes what needs any.
show() {
  local word line=''
  for word in "$@"; do
    if [[ $word == *[[:cntrl:]]* ]]; then
      printf -v word %q "$word"
    elif [[ -z $word || $word == *[!A-Za-z0-9_./:=@,+-]* ]]; then
      word="'${word//\'/\'\\\'\'}'"
    fi
    line+="${line:+ }$word"
  done
  printf '%s\n' "$line"
}
