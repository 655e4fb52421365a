package dev.thaw.launcher.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/**
 * Requests to a server over a number of connections, from threads of this very process. Closed
 * loop: each connection asks again as soon as it is answered. Open loop: requests arrive at times
 * that were fixed before, as a Poisson process, and wait for a free connection; a latency begins
 * when its request was to arrive, so that a server that stalls is charged for all who would have
 * come meanwhile (no coordinated omission). Thread-safe.
 */
final class Load {
  private static final long LONGEST_MICROS = 60_000_000L;
  private static final int DIGITS = 3;

  private final URI server;
  private final int connections;
  private final LongFunction<byte[]> requests;
  private final Predicate<HttpConnection.Response> asExpected;

  /**
   * @param requests by their number, from 0
   * @param asExpected whether an answer is one whose speed is to be measured
   */
  Load(
      URI server,
      int connections,
      LongFunction<byte[]> requests,
      Predicate<HttpConnection.Response> asExpected) {
    this.server = server;
    this.connections = connections;
    this.requests = requests;
    this.asExpected = asExpected;
  }

  /** The same requests over another number of connections. */
  Load over(int otherConnections) {
    return new Load(server, otherConnections, requests, asExpected);
  }

  /**
   * What came back.
   *
   * @param cpuSeconds of this whole process, generator included: what is left to compare when other
   *     processes take the processors
   * @param micros latencies
   */
  record Outcome(
      long answers, long unexpected, double seconds, double cpuSeconds, Histogram micros) {
    double perSecond() {
      return answers / seconds;
    }

    double cpuMicrosEach() {
      return 1e6 * cpuSeconds / Math.max(1, answers);
    }

    double millis(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1e3;
    }

    /** Both together. */
    Outcome and(Outcome other) {
      Histogram all = micros.copy();
      all.add(other.micros);
      return new Outcome(
          answers + other.answers,
          unexpected + other.unexpected,
          seconds + other.seconds,
          cpuSeconds + other.cpuSeconds,
          all);
    }

    /** Share of the answers that were as expected. */
    double good() {
      return answers == 0 ? 0 : 1 - (double) unexpected / answers;
    }
  }

  Outcome closedLoop(Duration time) {
    AtomicLong next = new AtomicLong();
    return run(
        (connection, tally, begun) -> {
          long until = begun + time.toNanos();
          for (long now = System.nanoTime(); now < until; now = System.nanoTime()) {
            tally.send(connection, next.getAndIncrement(), now);
          }
        });
  }

  /**
   * @param perSecond mean rate of arrivals
   */
  Outcome openLoop(double perSecond, Duration time, RandomGenerator random) {
    long[] arrivals = arrivals(perSecond, time, random);
    AtomicLong next = new AtomicLong();
    return run(
        (connection, tally, begun) -> {
          for (long i = next.getAndIncrement(); i < arrivals.length; i = next.getAndIncrement()) {
            long due = begun + arrivals[(int) i];
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
              LockSupport.parkNanos(wait);
            }
            tally.send(connection, i, due);
          }
        });
  }

  private static long[] arrivals(double perSecond, Duration time, RandomGenerator random) {
    int n = (int) Math.max(1, Math.min(5_000_000, perSecond * time.toMillis() / 1e3));
    long[] arrivals = new long[n];
    double at = 0;
    for (int i = 0; i < n; i++) {
      at += random.nextExponential() / perSecond * 1e9;
      arrivals[i] = (long) at;
    }
    return arrivals;
  }

  private interface Part {
    void run(HttpConnection connection, Tally tally, long begun) throws IOException;
  }

  private final class Tally {
    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    private long answers;
    private long unexpected;

    void send(HttpConnection connection, long number, long since) throws IOException {
      HttpConnection.Response response = connection.send(requests.apply(number));
      long taken = (System.nanoTime() - since) / 1_000;
      micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, taken)));
      answers++;
      if (!asExpected.test(response)) {
        unexpected++;
      }
    }
  }

  private Outcome run(Part part) {
    List<HttpConnection> open = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      for (int i = 0; i < connections; i++) {
        open.add(new HttpConnection(server));
      }
      // the first requests are not to wait for connections
      long begun = System.nanoTime();
      long cpuBegun = cpuNanos();
      List<Future<Tally>> running = new ArrayList<>();
      for (HttpConnection connection : open) {
        running.add(
            threads.submit(
                () -> {
                  Tally tally = new Tally();
                  part.run(connection, tally, begun);
                  return tally;
                }));
      }
      List<Tally> tallies = new ArrayList<>();
      for (Future<Tally> each : running) {
        tallies.add(each.get());
      }
      return outcome(tallies, (System.nanoTime() - begun) / 1e9, (cpuNanos() - cpuBegun) / 1e9);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed: " + e.getCause(), e.getCause());
    } catch (IOException e) {
      throw new IllegalStateException("no connection to " + server + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    } finally {
      threads.shutdownNow();
      open.forEach(HttpConnection::close);
    }
  }

  private static Outcome outcome(List<Tally> tallies, double seconds, double cpuSeconds) {
    Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    long answers = 0;
    long unexpected = 0;
    for (Tally tally : tallies) {
      micros.add(tally.micros);
      answers += tally.answers;
      unexpected += tally.unexpected;
    }
    return new Outcome(answers, unexpected, seconds, cpuSeconds, micros);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
