# Sourced by the commands that start and stop a stack.

# alone: waits until no other of them works in this home; none does until this one has ended
alone() {
  local lock="$THAW_HOME/run/lock"
  mkdir -p "$THAW_HOME/run"
  exec {alone}> "$lock"
  flock -n "$alone" && return
  say "waiting for another up or down in $THAW_HOME"
  flock -w 600 "$alone" || fail "another up or down works in $THAW_HOME, for ten minutes now"
}
