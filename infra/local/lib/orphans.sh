# Sourced by the commands that start and stop a stack.

# end_orphans: supervisord was killed, and what it had started goes on by itself; known by what no
# other stack has in its environment
end_orphans() {
  local orphans pid
  orphans="$(grep -lszxF "THAW_HOME=$THAW_HOME" /proc/[0-9]*/environ 2> /dev/null | xargs -r grep -lsz '^SUPERVISOR_PROCESS_NAME=' | sed 's#/proc/\([0-9]*\)/environ#\1#' || true)"
  if [[ -n "$orphans" ]]; then
    say "ending what has lost its supervisord: $(for pid in $orphans; do tr '\n' ' ' < "/proc/$pid/comm" 2> /dev/null || true; done)"
    kill $orphans 2> /dev/null || true
    for _ in $(seq 300); do
      kill -0 $orphans 2> /dev/null || break
      sleep 0.1
    done
    kill -9 $orphans 2> /dev/null || true
    sleep 0.5
  fi
}
