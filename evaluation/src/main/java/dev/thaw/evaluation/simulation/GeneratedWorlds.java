package dev.thaw.evaluation.simulation;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/** The kinds of generated worlds that policies are tried in. One visit a minute. */
public enum GeneratedWorlds {
  STATIONARY("30 arms, each with a chance of its own around 5 %"),
  PERSONAL("30 arms, users of 6 tastes: who is shown an arm matters"),
  DRIFTING("arms are worth something new six times in a run"),
  ARRIVING("half of the arms come one by one in the first half of the run"),
  IMPROVING("half of the arms come one by one, and are better on average"),
  DELAYED("what came of a visit is known 12 hours later"),
  ADVERSARIAL("every tenth visit is a machine's, which clicks on the worst arms");

  private static final int ARMS = 30;
  private static final double BASE = -3;
  private static final double SPREAD = 0.8;

  /** As much as arms differ. */
  private static final double LEAD = SPREAD;

  private static final int TASTES = 6;
  private static final double TASTE = 2.5;
  private static final int EPOCHS = 6;
  private static final double MACHINES = 0.1;
  private static final Duration APART = Duration.ofMinutes(1);
  private static final Duration DELAY = Duration.ofHours(12);

  private final String description;

  GeneratedWorlds(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }

  /** As commands name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<GeneratedWorlds> of(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }

  /** Features of a context, 0 where all users are alike. */
  public int dimension() {
    return this == PERSONAL ? TASTES + 1 : 0;
  }

  /** After which counts that fade have lost half: an eighth of the run. */
  public static Duration halfLife(int rounds) {
    return APART.multipliedBy(Math.max(1, rounds / 8));
  }

  /**
   * @param rounds of a run
   */
  public LongFunction<World> ofSeed(int rounds) {
    GeneratedWorld.Config config =
        new GeneratedWorld.Config(
            rounds,
            ARMS,
            this == PERSONAL ? TASTES : 0,
            BASE,
            SPREAD,
            TASTE,
            this == DRIFTING ? EPOCHS : 1,
            this == ARRIVING || this == IMPROVING ? 0.5 : 1,
            this == IMPROVING ? LEAD : 0,
            this == ADVERSARIAL ? MACHINES : 0,
            APART,
            this == DELAYED ? DELAY : Duration.ZERO);
    return seed -> new GeneratedWorld(config, seed);
  }
}
