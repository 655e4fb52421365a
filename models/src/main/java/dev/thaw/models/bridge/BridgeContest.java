package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Candidates trained without some users and measured on these, each once. */
final class BridgeContest {
  private final BridgeData data;
  private final FactorModel target;
  private final Overlap known;
  private final NegativeTransferGate gate;
  private final List<UserId> held;
  private final RandomGenerator random;

  /**
   * @param known users to train with
   * @param held other users, to measure with
   */
  BridgeContest(
      BridgeData data,
      FactorModel target,
      Overlap known,
      NegativeTransferGate gate,
      List<UserId> held,
      RandomGenerator random) {
    this.data = data;
    this.target = target;
    this.known = known;
    this.gate = gate;
    this.held = held;
    this.random = random;
  }

  /**
   * @param bridge trained without the held users
   * @param figures of the held users, larger is better
   */
  record Entry(BridgeCandidate candidate, Bridge bridge, double[] figures) {
    double mean(int[] users) {
      return Arrays.stream(users).mapToDouble(u -> figures[u]).average().orElse(0);
    }

    /** Of equal ones this. */
    Entry orBetter(Entry other, int[] users) {
      return other.mean(users) > mean(users) ? other : this;
    }
  }

  Entry enter(BridgeCandidate candidate) {
    Bridge bridge = candidate.fit(data, known, target, random);
    return new Entry(candidate, bridge, gate.bridged(bridge, held));
  }

  List<Entry> enter(List<BridgeCandidate> candidates) {
    List<Entry> entries = new ArrayList<>();
    candidates.forEach(each -> entries.add(enter(each)));
    return entries;
  }

  /**
   * @param users numbers among the held ones
   */
  static Entry best(List<Entry> entries, int[] users) {
    return entries.stream()
        .max(
            Comparator.comparingDouble((Entry each) -> each.mean(users))
                .thenComparing(each -> -entries.indexOf(each)))
        .orElseThrow();
  }
}
