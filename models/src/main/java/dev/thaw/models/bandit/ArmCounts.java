package dev.thaw.models.bandit;

/**
 * Impressions and rewards of one arm, faded to the newest of them: {@code N = sum_i 2^(-(T - t_i) /
 * h)} and {@code X} the same sum of rewards, the discounted counts of Garivier and Moulines, ALT
 * 2011, by event time in place of rounds. Independent of the order of arrival. Mutable; belongs to
 * one thread. O(1).
 */
public final class ArmCounts {
  private final Fading fading;
  private double impressions;
  private double rewards;
  private long frontier = Fading.NEVER;

  public ArmCounts(Fading fading) {
    this.fading = fading;
  }

  /**
   * Counts as they were kept.
   *
   * @param frontier the time they are as of, epoch milliseconds
   */
  public static ArmCounts of(Fading fading, ArmEvidence evidence, long frontier) {
    ArmCounts counts = new ArmCounts(fading);
    counts.impressions = evidence.impressions();
    counts.rewards = evidence.rewards();
    counts.frontier = frontier;
    return counts;
  }

  /** Time of the newest impression, epoch milliseconds; {@link Fading#NEVER} before the first. */
  public long frontier() {
    return frontier;
  }

  /**
   * @param reward in [0, 1]
   * @param time epoch milliseconds
   */
  public void observe(double reward, long time) {
    requireReward(reward);
    fadeTo(time);
    double weight = fading.left(time, frontier);
    impressions += weight;
    rewards += weight * reward;
  }

  /** Adds what another one, that fades alike, has counted. */
  public void merge(ArmCounts other) {
    fadeTo(other.frontier);
    double weight = fading.left(other.frontier, frontier);
    impressions += weight * other.impressions;
    rewards += weight * other.rewards;
  }

  private void fadeTo(long time) {
    double left = fading.left(frontier, time);
    impressions *= left;
    rewards *= left;
    frontier = Math.max(frontier, time);
  }

  /** As of a time; as of the newest impression if that is later. */
  public ArmEvidence at(long time) {
    double left = fading.left(frontier, time);
    // sums of products can be a rounding above the sum of weights
    return new ArmEvidence(left * impressions, Math.min(left * rewards, left * impressions));
  }

  static void requireReward(double reward) {
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException("reward must be in [0, 1], was " + reward);
    }
  }
}
