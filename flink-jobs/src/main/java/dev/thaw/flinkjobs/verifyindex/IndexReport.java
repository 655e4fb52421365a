package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found in one index, and what was mended. Not thread-safe. */
public final class IndexReport {
  private final String index;
  private final int mostExamples;
  private final Map<Difference, List<ItemId>> examples = new EnumMap<>(Difference.class);
  private final Map<Difference, Long> counts = new EnumMap<>(Difference.class);
  private long compared;
  private long different;
  private long mended;

  /**
   * @param index its {@code name@version}
   */
  IndexReport(String index, int mostExamples) {
    this.index = index;
    this.mostExamples = mostExamples;
  }

  void compared(long items) {
    compared += items;
  }

  void add(Finding finding) {
    different++;
    for (Difference each : finding.differences()) {
      counts.merge(each, 1L, Long::sum);
      List<ItemId> some = examples.computeIfAbsent(each, any -> new ArrayList<>());
      if (some.size() < mostExamples) {
        some.add(finding.item());
      }
    }
  }

  void mended(long items) {
    mended += items;
  }

  public String index() {
    return index;
  }

  /** Items looked at: those of the catalogue and those of the index. */
  public long items() {
    return compared;
  }

  /** Items of which something is wrong; one may be counted under several differences. */
  public long different() {
    return different;
  }

  public long mended() {
    return mended;
  }

  /** Whether nothing is wrong, or nothing any more. */
  public boolean isEqual() {
    return different == mended;
  }

  public Map<Difference, Long> counts() {
    return Map.copyOf(counts);
  }

  public List<ItemId> examples(Difference difference) {
    return List.copyOf(examples.getOrDefault(difference, List.of()));
  }

  /** A line for the index, and one for each kind of difference. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %,d items, %,d differ%s"
            .formatted(
                index, compared, different, mended > 0 ? ", %,d mended".formatted(mended) : ""));
    counts.forEach(
        (difference, count) ->
            lines.add(
                "  %,d %s, such as %s".formatted(count, difference.said(), examples(difference))));
    return lines;
  }
}
