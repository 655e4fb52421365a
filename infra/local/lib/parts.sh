# How each part is installed, set up and waited for; sourced by `up`.

render() { "$here/lib/render" "$here/templates/$1" "$2"; }

need() { # need COMMAND DEBIAN_PACKAGE
  command -v "$1" > /dev/null || fail "$1 is missing (Debian: apt-get install $2)"
}

# What answers_PART returns where waiting is no use; none of the commands that it asks does.
in_vain=99

# give_up PART REASON: after the last lines of its logs
give_up() {
  local name
  for name in $(logs_of "$1"); do
    say "-- last lines of $THAW_HOME/logs/$name.log"
    tail -n 20 "$THAW_HOME/logs/$name.log" >&2 || true
  done
  fail "$2"
}

logs_of() {
  processes "$1"
  [[ "$1" != feast ]] || echo feast-apply
}

# start PROCESS: if it does not run; a server of somebody else on its port would be taken for it
start() {
  local port variable
  case "$(state_of "$1")" in RUNNING | STARTING) return ;; esac
  while read -r port variable; do
    if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
      fail "$1 can't have port $port, another program answers there: end that, or set $variable or THAW_PORTS"
    fi
  done < <(ports_of "$1")
  supervisor start "$1" 2>&1 | grep -v 'already started\|: started$' >&2 || true
}

state_of() { supervisor status "$1" | awk '{print $2}' || true; }

# all_run PART: whether supervisord has no process of it that is dead or dies
all_run() {
  local name
  for name in $(processes "$1"); do
    [[ "$(state_of "$name")" == RUNNING ]] || return 1
  done
}

# The stack runs what was built when it was started, not what is being built: each build that was
# started has a folder of its own, and servers that run keep theirs.
install_app() {
  [[ -z "${app_is_installed:-}" ]] || return 0
  app_is_installed=true
  need java openjdk-17-jdk-headless
  (unset THAW_APP && "$root/thaw" --version) > /dev/null
  local launcher="$root/infra/launcher/target"
  if cmp -s "$launcher/thaw.built" "$THAW_APP/built"; then return; fi
  local folder each class_path=()
  folder="$THAW_APP/$(date -u +%Y%m%dT%H%M%SZ)"
  mkdir -p "$folder"
  # jars don't change, folders of classes do
  while IFS= read -r each; do
    if [[ -d "$each" ]]; then
      cp -r "$each" "$folder/${#class_path[@]}"
      each="$folder/${#class_path[@]}"
    fi
    class_path+=("$each")
  done < <(tr ':' '\n' <<< "$launcher/classes:$(cat "$launcher/thaw.classpath")")
  (IFS=:; printf '%s' "${class_path[*]}") > "$THAW_APP/classpath"
  cp "$launcher/thaw.built" "$THAW_APP/built"
}

# The job jar, and the jars with native libraries for Flink's own class path.
install_job_jar() {
  install_app
  if cmp -s "$THAW_APP/built" "$THAW_HOME/flink/built" && [[ -f "$THAW_HOME/flink/jobs.jar" ]]; then return; fi
  need mvn maven
  say "building the job jar"
  local log="$THAW_HOME/logs/job-jar.log"
  (cd "$root" && mvn -B -Dfast -Dmaven.test.skip=true -Pjar -pl flink-jobs -am package) > "$log" 2>&1 \
    || { tail -n 20 "$log" >&2; fail "the job jar could not be built, see $log"; }
  mkdir -p "$FLINK_LIB_DIR" "$THAW_HOME/flink/jobs"
  cp "$root"/flink-jobs/target/flink-jobs-*-job.jar "$THAW_HOME/flink/jobs.jar"
  local jar
  rm -f "$FLINK_LIB_DIR"/*
  for jar in "$FLINK_HOME"/lib/*.jar; do
    case "$jar" in
      */flink-table-* | */flink-scala* | */flink-csv* | */flink-json* | */flink-cep*) ;; # no job has tables
      *) ln -s "$jar" "$FLINK_LIB_DIR/" ;;
    esac
  done
  cp "$root"/flink-jobs/target/flink-lib/*.jar "$FLINK_LIB_DIR/"
  cp "$THAW_APP/built" "$THAW_HOME/flink/built"
}

set_up_redis() {
  need redis-server redis-server
  mkdir -p "$THAW_HOME/redis"
  render redis.conf "$THAW_HOME/conf/redis.conf"
}
answers_redis() { redis_says PING | grep -q PONG; }
redis_says() { # without redis-cli, which is a package of its own
  exec 3<> "/dev/tcp/127.0.0.1/$THAW_REDIS_PORT" || return 1
  printf '%s\r\n' "$1" >&3
  timeout 5 head -n 1 <&3
  exec 3>&-
}

set_up_kafka() {
  need mvn maven
  install_app
  mkdir -p "$THAW_HOME/kafka"
  render server.properties "$THAW_HOME/conf/server.properties"
  local class_path="$THAW_HOME/conf/kafka.classpath"
  if [[ ! -f "$class_path" || "$here/kafka/pom.xml" -nt "$class_path" || "$root/pom.xml" -nt "$class_path" ]]; then
    (cd "$root" && mvn -B -q -Dfast -pl infra/local/kafka dependency:build-classpath -Dmdep.outputFile="$class_path") \
      > "$THAW_HOME/logs/kafka-jars.log" 2>&1 \
      || { tail -n 20 "$THAW_HOME/logs/kafka-jars.log" >&2; fail "Kafka's jars can't be had"; }
  fi
}
answers_kafka() { THAW_HEAP=128m "$root/thaw" topics --config "$THAW_CONFIG"; }

set_up_feast() {
  "$root/feature-definitions/feature_repo/setup"
  sed "s#^registry:.*#registry: $THAW_REGISTRY#" "$root/feature-definitions/feature_repo/feature_store.redis.yaml" > "$THAW_FEAST"
}
answers_feast() {
  answers_redis || return 1
  (cd "$root/feature-definitions/feature_repo" && .venv/bin/feast -f "$THAW_FEAST" apply) > "$THAW_HOME/logs/feast-apply.log" 2>&1 \
    || return "$in_vain"
}

set_up_milvus() {
  "$here/install-milvus"
  mkdir -p "$THAW_HOME/milvus"
}
answers_milvus() { http_says "$((THAW_MILVUS_PARTS_PORT + 9))" /healthz OK; }

set_up_flink() {
  "$here/install-flink"
  install_job_jar
  mkdir -p "$FLINK_CONF_DIR" "$FLINK_LOG_DIR" "$FLINK_PID_DIR" "$THAW_HOME/zookeeper" "$THAW_HOME/flink/archive" "$FLINK_PLUGINS_DIR"
  ln -sfn "$FLINK_HOME/plugins/metrics-prometheus" "$FLINK_PLUGINS_DIR/metrics-prometheus"
  cp "$FLINK_HOME"/conf/log4j*.properties "$FLINK_CONF_DIR/"
  export THAW_FLINK_METRICS_LAST="$((THAW_FLINK_METRICS_PORT + 3))"
  render config.yaml "$FLINK_CONF_DIR/config.yaml"
  render zoo.cfg "$FLINK_CONF_DIR/zoo.cfg"
  echo "127.0.0.1:$THAW_FLINK_PORT" > "$FLINK_CONF_DIR/masters"
  printf '127.0.0.1\n127.0.0.1\n' > "$FLINK_CONF_DIR/workers"
}
answers_flink() { http_says "$THAW_FLINK_PORT" /overview '"taskmanagers":2'; }

set_up_feature-server() {
  install_app
  # it follows what is applied later
  [[ -f "$THAW_REGISTRY" ]] || { set_up_feast && answers_feast; } || give_up feast "feast apply failed"
}
answers_feature-server() { http_says "$THAW_FEATURE_SERVER_PORT" /healthz ''; }

set_up_serving() { install_app; }
answers_serving() {
  http_says "$THAW_SERVING_PORT" /healthz '' && http_says "$THAW_SERVING_2_PORT" /healthz ''
}

set_up_feast-serve() { set_up_feast; }
answers_feast-serve() { http_says "$THAW_FEAST_PORT" /health ''; }
set_up_feast-ui() { set_up_feast; }
answers_feast-ui() { http_says "$THAW_FEAST_UI_PORT" / ''; }

http_says() { # http_says PORT PATH TEXT: whether it answers 200 with this text in its body
  python3 - "$@" << 'PYTHON'
import sys, urllib.request
port, path, text = sys.argv[1:]
try:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        sys.exit(text not in answer.read().decode())
except OSError:
    sys.exit(1)
PYTHON
}
