package dev.thaw.launcher.chaos;

import dev.thaw.launcher.console.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Kills one server after another, each when all have recovered from the last. */
final class Rounds {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration LOOKED_AT = Duration.ofMillis(250);
  private static final int SHORTEST_CALM_MILLIS = 500;
  private static final int LONGEST_CALM_MILLIS = 5_000;

  /** Of each server: more than a second's. */
  private static final int WHOLE_ANSWERS = 25;

  private final LocalStack stack;
  private final FlinkJobs jobs;
  private final Replicas replicas;
  private final RequestLoad load;
  private final BreakerWatch breakers;
  private final InstantSource clock;
  private final Progress progress;

  Rounds(
      LocalStack stack,
      FlinkJobs jobs,
      Replicas replicas,
      RequestLoad load,
      BreakerWatch breakers,
      InstantSource clock,
      Progress progress) {
    this.stack = stack;
    this.jobs = jobs;
    this.replicas = replicas;
    this.load = load;
    this.breakers = breakers;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * @throws IllegalStateException if the stack is not whole before anything was killed
   */
  void awaitWhole() throws IOException {
    if (recovery(clock.instant(), () -> true) < 0) {
      throw new IllegalStateException(
          "the stack is not whole after " + PATIENCE.toSeconds() + " s, before any kill");
    }
  }

  /**
   * What was done.
   *
   * @param between what became of requests before, between and after the rounds
   */
  record Done(List<Round> rounds, List<Counts> between) {}

  /**
   * Ends early with a round from which the stack did not recover: what follows would say nothing.
   */
  Done run(int rounds, long seed) throws IOException {
    Random random = new Random(seed);
    List<Round> done = new ArrayList<>();
    List<Counts> between = new ArrayList<>();
    load.cut();
    for (Victim victim : Victim.draw(rounds, seed)) {
      park(Duration.ofMillis(random.nextInt(SHORTEST_CALM_MILLIS, LONGEST_CALM_MILLIS)));
      between.add(load.cut());
      Round round = round(done.size() + 1, victim);
      progress.say(RoundTable.line(round));
      done.add(round);
      if (!round.recovered()) {
        break;
      }
    }
    park(Duration.ofMillis(LONGEST_CALM_MILLIS));
    between.add(load.cut());
    return new Done(done, between);
  }

  private Round round(int number, Victim drawn) throws IOException {
    Victim victim = working(drawn);
    breakers.cut();
    long pid = stack.kill(victim.process());
    Instant killed = clock.instant();
    load.forget();
    double seconds = recovery(killed, () -> isAnother(pid, victim));
    int restarted = jobs.restartedSince(killed);
    return new Round(number, victim, killed, seconds, restarted, load.cut(), breakers.cut());
  }

  /** Of two TaskManagers the other one, if this has nothing to do: all jobs may fit into one. */
  private Victim working(Victim drawn) throws IOException {
    Set<String> idle = jobs.idleTaskManagers();
    if (!idle.contains(drawn.process())) {
      return drawn;
    }
    return drawn == Victim.TASKMANAGER_1 ? Victim.TASKMANAGER_2 : Victim.TASKMANAGER_1;
  }

  private boolean isAnother(long pid, Victim victim) throws IOException {
    long now = stack.pid(victim.process());
    return now != 0 && now != pid;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private double recovery(Instant since, Condition restarted) throws IOException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < PATIENCE.toNanos()) {
      if (load.isWhole(WHOLE_ANSWERS)
          && restarted.holds()
          && replicas.areReady()
          && breakers.allClosed()
          && jobs.runAndKeepSince(since)) {
        return (System.nanoTime() - begun) / 1e9;
      }
      park(LOOKED_AT);
    }
    return -1;
  }

  private static void park(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
