package dev.thaw.launcher.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured.
 *
 * @param baselines what the same run gave for something simpler, by name, in the same unit
 * @param quality of the answers whose speed this is, by name
 * @param target what it has to reach, null if nothing was asked
 * @param reference what others are said to reach; given, not measured here
 */
public record Figure(
    String name,
    double value,
    String unit,
    Map<String, Double> baselines,
    Map<String, Double> quality,
    @Nullable Target target,
    String reference) {

  public Figure {
    baselines = new LinkedHashMap<>(baselines);
    quality = new LinkedHashMap<>(quality);
  }

  /** A bound. */
  public record Target(boolean atLeast, double bound) {
    boolean isMetBy(double value) {
      return atLeast ? value >= bound : value <= bound;
    }
  }

  static Figure of(String name, double value, String unit) {
    return new Figure(name, value, unit, Map.of(), Map.of(), null, "");
  }

  /** The same of some data. */
  Figure on(String data) {
    return new Figure(data + ": " + name, value, unit, baselines, quality, target, reference);
  }

  Figure beside(String baseline, double itsValue) {
    Map<String, Double> all = new LinkedHashMap<>(baselines);
    all.put(baseline, itsValue);
    return new Figure(name, value, unit, all, quality, target, reference);
  }

  Figure with(String qualityOf, double itsValue) {
    Map<String, Double> all = new LinkedHashMap<>(quality);
    all.put(qualityOf, itsValue);
    return new Figure(name, value, unit, baselines, all, target, reference);
  }

  /** What had to be done before it was measured. */
  Figure after(WarmUp.Taken warm) {
    return with("at first, not compiled", warm.firstPerSecond())
        .with("warm-up s", warm.seconds())
        .with("of its end spent compiling", warm.compiling());
  }

  Figure atLeast(double bound) {
    return new Figure(name, value, unit, baselines, quality, new Target(true, bound), reference);
  }

  Figure atMost(double bound) {
    return new Figure(name, value, unit, baselines, quality, new Target(false, bound), reference);
  }

  Figure saidOf(String others) {
    return new Figure(name, value, unit, baselines, quality, target, others);
  }

  /** Whether the target, if there is one, was missed. */
  public boolean misses() {
    return target != null && !target.isMetBy(value);
  }
}
