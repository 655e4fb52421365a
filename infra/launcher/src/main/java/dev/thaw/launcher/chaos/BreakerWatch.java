package dev.thaw.launcher.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sees breakers open and close in the metrics of every server. A metric is a state and no count, so
 * it is looked at more often than a breaker takes to probe.
 */
public final class BreakerWatch implements AutoCloseable {
  private static final Duration APART = Duration.ofMillis(300);
  private static final Pattern STATE =
      Pattern.compile("resilience4j_circuitbreaker_state\\{([^}]*)}\\s+1(?:\\.0)?\\s*");
  private static final Pattern NAME = Pattern.compile("(?:^|,)name=\"([^\"]*)\"");
  private static final Pattern VALUE = Pattern.compile("(?:^|,)state=\"([^\"]*)\"");

  private final Replicas replicas;
  private final Map<String, String> states = new HashMap<>();
  private final Map<String, Moves> moves = new TreeMap<>();
  private final Thread thread = new Thread(this::watch, "breakers");
  private volatile boolean closed;

  /**
   * Of one breaker, in all servers together.
   *
   * @param opened how often it was seen to open
   * @param closed how often it was seen to close after that
   */
  public record Moves(int opened, int closed) {
    private Moves plus(boolean opens) {
      return opens ? new Moves(opened + 1, closed) : new Moves(opened, closed + 1);
    }
  }

  BreakerWatch(Replicas replicas) {
    this.replicas = replicas;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    while (!closed) {
      for (int i = 0; i < replicas.number(); i++) {
        see(i, replicas.metrics(i).orElse(""));
      }
      LockSupport.parkNanos(APART.toNanos());
    }
  }

  /** A server that does not answer has forgotten its breakers. */
  synchronized void see(int replica, String metrics) {
    Map<String, String> now = statesIn(replica, metrics);
    now.forEach(
        (breaker, state) -> {
          boolean wasOpen = isOpen(states.get(breaker));
          if (isOpen(state) != wasOpen) {
            String name = breaker.substring(breaker.indexOf('/') + 1);
            moves.merge(name, new Moves(0, 0).plus(!wasOpen), (a, b) -> a.plus(!wasOpen));
          }
        });
    states.keySet().removeIf(breaker -> breaker.startsWith(replica + "/"));
    states.putAll(now);
  }

  /** Half-open is not closed yet. */
  private static boolean isOpen(@Nullable String state) {
    return state != null && !state.equals("closed");
  }

  private static Map<String, String> statesIn(int replica, String metrics) {
    Map<String, String> found = new HashMap<>();
    Matcher line = STATE.matcher(metrics);
    while (line.find()) {
      Matcher name = NAME.matcher(line.group(1));
      Matcher state = VALUE.matcher(line.group(1));
      if (name.find() && state.find()) {
        found.put(replica + "/" + name.group(1), state.group(1));
      }
    }
    return found;
  }

  /** Since the last time, by the name of the breaker. */
  synchronized Map<String, Moves> cut() {
    Map<String, Moves> seen = Map.copyOf(moves);
    moves.clear();
    return seen;
  }

  /** Whether all are closed, as far as was seen last. */
  synchronized boolean allClosed() {
    return states.values().stream().noneMatch(BreakerWatch::isOpen);
  }

  @Override
  public void close() {
    closed = true;
    Threads.join(List.of(thread));
  }
}
