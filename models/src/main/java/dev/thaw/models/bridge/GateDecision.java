package dev.thaw.models.bridge;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.metrics.Interval;

/**
 * What the negative-transfer gate measured on overlap users held out as if cold in the target.
 *
 * @param enabled whether at least {@value #MIN_USERS} users decided, the interval of the difference
 *     lies above zero, both halves of the users gain over every fallback, and that among all pairs
 *     of the run, too
 * @param metric what was compared, such as {@code ndcg@10}
 * @param bridged mean with the bridge
 * @param targetOnly mean of the best fallback
 * @param difference per deciding user, bridged less target-only
 * @param minSourceInteractions users with less history are not mapped
 * @param trust interactions of the target that weigh as much as the mapped vector where a user has
 *     both, see {@link VectorBlend}
 * @param test of the difference, and what is left of it among all pairs of the run
 */
public record GateDecision(
    boolean enabled,
    String metric,
    double bridged,
    double targetOnly,
    Interval difference,
    int minSourceInteractions,
    double trust,
    PairTest test) {

  /** The bootstrap interval of fewer users is too narrow: that of one has no width at all. */
  static final int MIN_USERS = 40;

  /** Had no trust. */
  private static final int FIRST_FORMAT = 0;

  /** Had no test. */
  private static final int FORMAT_OF_ONE_PAIR = 2;

  private static final int FORMAT = 4;

  public GateDecision {
    if (!(trust >= 0 && trust <= 1e6)) {
      throw new IllegalArgumentException("trust must be in [0, 1e6], was " + trust);
    }
  }

  /** The same with the test among more pairs: enabled if it was and the test still rejects. */
  GateDecision with(PairTest among) {
    return new GateDecision(
        enabled && among.isRejected(),
        metric,
        bridged,
        targetOnly,
        difference,
        minSourceInteractions,
        trust,
        among);
  }

  /** Whether a user with so many source interactions is mapped. */
  public boolean admits(int sourceInteractions) {
    return enabled && sourceInteractions >= minSourceInteractions;
  }

  /** Why the pair is enabled or not, in words. */
  public String reason() {
    if (enabled) {
      return "the interval of the difference lies above zero";
    }
    if (difference.users() == 0) {
      return "no length of history gains anything";
    }
    if (difference.users() < MIN_USERS) {
      return "only " + difference.users() + " users decide, " + MIN_USERS + " are needed";
    }
    if (!difference.isAboveZero()) {
      return "the interval of the difference does not lie above zero";
    }
    return test.pairs() == 0 || test.isRejected()
        ? "one half of the users gains nothing over one of the fallbacks"
        : "its p-value of %.4f is %.4f among %d pairs, above %.2f"
            .formatted(test.p(), test.adjusted(), test.pairs(), PairFamily.ALPHA);
  }

  void write(BinaryWriter out) {
    out.writeByte(FORMAT | (enabled ? 1 : 0))
        .writeText(metric)
        .writeDouble(bridged)
        .writeDouble(targetOnly);
    out.writeDouble(difference.mean()).writeDouble(difference.low());
    out.writeDouble(difference.high()).writeCount(difference.users());
    out.writeCount(minSourceInteractions);
    out.writeDouble(trust);
    test.write(out);
  }

  static GateDecision read(BinaryReader in) {
    int first = in.readByte();
    int format = first & ~1;
    if (format != FORMAT && format != FORMAT_OF_ONE_PAIR && format != FIRST_FORMAT) {
      throw in.damaged("format of a gate decision " + first);
    }
    return new GateDecision(
        (first & 1) == 1,
        in.readText(),
        in.readDouble(),
        in.readDouble(),
        new Interval(
            in.readDouble(), in.readDouble(), in.readDouble(), Math.toIntExact(in.readCount())),
        Math.toIntExact(in.readCount()),
        format == FIRST_FORMAT ? 0 : in.readDouble(),
        format == FORMAT ? PairTest.read(in) : PairTest.OF_EARLIER_VERSION);
  }
}
