package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Amounts by the name of their reward, each in [0, 1]. Mutable; belongs to one thread. */
final class Earned {
  private final Map<String, Double> amounts;

  private Earned(Map<String, Double> amounts) {
    this.amounts = new TreeMap<>(amounts);
  }

  static Earned nothing() {
    return new Earned(Map.of());
  }

  /** Of a time that knew one reward only. */
  static Earned ofOne(double amount) {
    return new Earned(amount == 0 ? Map.of() : Map.of(RewardDefinition.POSITIVE.name(), amount));
  }

  /**
   * By all rewards of the domain that the event counts for.
   *
   * @param faults hears of each reward that the event can't be measured by
   */
  static Earned by(Event event, DomainDefinition domain, Consumer<String> faults) {
    Earned earned = nothing();
    for (RewardDefinition each : domain.rewards()) {
      try {
        each.of(event, domain).ifPresent(amount -> earned.amounts.put(each.name(), amount));
      } catch (IllegalArgumentException e) {
        faults.accept("reward " + each.name() + ": " + e.getMessage());
      }
    }
    return earned;
  }

  boolean isNothing() {
    return amounts.isEmpty();
  }

  boolean counts(String reward) {
    return amounts.containsKey(reward);
  }

  double amount(String reward) {
    return amounts.getOrDefault(reward, 0.0);
  }

  /** Keeps the larger one of each. */
  void add(String reward, double amount) {
    amounts.merge(reward, amount, Math::max);
  }

  Earned copy() {
    return new Earned(amounts);
  }

  void write(BinaryWriter out) {
    out.writeCount(amounts.size());
    amounts.forEach((reward, amount) -> out.writeText(reward).writeDouble(amount));
  }

  static Earned read(BinaryReader in) {
    Earned earned = nothing();
    int size = in.readSize(9);
    for (int i = 0; i < size; i++) {
      earned.amounts.put(in.readText(), in.readDouble());
    }
    return earned;
  }
}
