package dev.thaw.evaluation.simulation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
  ADVERSARIAL("every tenth visit is a machine's, which clicks on the worst arms"),
  TRAINED("as personal, arms ranked by a model; it and users' features are trained anew ten times"),
  AGREEING("as trained, where users agree for the most part");

  private static final int ARMS = 30;
  private static final double BASE = -3;
  private static final double SPREAD = 0.8;

  /** As much as arms differ. */
  private static final double LEAD = SPREAD;

  private static final int TASTES = 6;
  private static final double TASTE = 2.5;

  /** Three tenths of the variance of an arm's logit are then of users' tastes. */
  private static final double AGREEING_TASTE = 1.25;

  private static final int TRAININGS = 10;

  /** In logits, about as much as arms differ. */
  private static final double RANKING_ERROR = 1;

  private static final double STRANGERS = 0.3;
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

  /** Whether users differ. */
  private boolean hasTastes() {
    return this == PERSONAL || isTrained();
  }

  /** Whether a ranking and the features of users are trained anew in the course of a run. */
  public boolean isTrained() {
    return this == TRAINED || this == AGREEING;
  }

  /** What is tried in it. */
  public List<Contender<?>> contenders(int rounds) {
    return isTrained()
        ? ServedContenders.all(TASTES + 2)
        : Contenders.all(halfLife(rounds), hasTastes() ? TASTES + 1 : 0);
  }

  /** After which counts that fade have lost half: an eighth of the run. */
  private static Duration halfLife(int rounds) {
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
            hasTastes() ? TASTES : 0,
            BASE,
            SPREAD,
            this == AGREEING ? AGREEING_TASTE : TASTE,
            this == DRIFTING ? EPOCHS : 1,
            this == ARRIVING || this == IMPROVING ? 0.5 : 1,
            this == IMPROVING ? LEAD : 0,
            this == ADVERSARIAL ? MACHINES : 0,
            APART,
            this == DELAYED ? DELAY : Duration.ZERO);
    TrainedWorld.Config training =
        new TrainedWorld.Config(Math.max(1, rounds / TRAININGS), RANKING_ERROR, STRANGERS);
    return seed -> {
      GeneratedWorld world = new GeneratedWorld(config, seed);
      return isTrained() ? new TrainedWorld(world, training, seed) : world;
    };
  }
}
