package dev.thaw.models.history;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A user's history in one domain.
 *
 * @param interactions distinct items ever interacted with; decides the stage
 * @param entries the newest of them, newest first
 * @param answers how many of the last entries were said in onboarding, instead of done
 * @param asked items of the domain that were asked about in onboarding, whatever was answered:
 *     those of the answers are among them
 */
public record History(long interactions, List<Entry> entries, int answers, List<ItemId> asked) {
  public static final History EMPTY = new History(0, List.of());

  private static final String INTERACTIONS = "interactions";
  private static final String ITEM_IDS = "item_ids";
  private static final String STRENGTHS = "strengths";
  private static final String TIMES = "times";

  public History {
    entries = List.copyOf(entries);
    if (interactions < entries.size()) {
      throw new IllegalArgumentException(
          "interactions must be at least the " + entries.size() + " entries, was " + interactions);
    }
    if (answers < 0 || answers > entries.size()) {
      throw new IllegalArgumentException(
          "answers must be in [0, " + entries.size() + "], were " + answers);
    }
    asked = List.copyOf(asked);
    Set<ItemId> questions = new HashSet<>(asked);
    for (Entry said : last(entries, answers)) {
      if (!questions.contains(said.item)) {
        throw new IllegalArgumentException(
            "answered " + said.item + " must be among the items asked about, were " + asked);
      }
    }
  }

  /** Without anything said in onboarding. */
  public History(long interactions, List<Entry> entries) {
    this(interactions, entries, 0, List.of());
  }

  /**
   * Of what was said in onboarding alone.
   *
   * @param entries liked of those asked about
   */
  public static History answered(List<Entry> entries, Collection<ItemId> asked) {
    return new History(entries.size(), entries, entries.size(), List.copyOf(asked));
  }

  private static List<Entry> last(List<Entry> entries, int count) {
    return entries.subList(entries.size() - count, entries.size());
  }

  /** What is left of it, as if that were all that was done or liked. */
  public History only(Predicate<Entry> wanted) {
    List<Entry> left = new ArrayList<>();
    int said = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (wanted.test(entries.get(i))) {
        left.add(entries.get(i));
        said += i >= entries.size() - answers ? 1 : 0;
      }
    }
    return new History(left.size(), left, said, asked);
  }

  /** Whether more of it was said in onboarding than done, or nothing done and something asked. */
  public boolean isMostlyAnswers() {
    return 2 * answers > entries.size() || (entries.isEmpty() && !asked.isEmpty());
  }

  /**
   * @param strength on the domain's rating scale, see {@code DomainDefinition.strength}
   * @param timeMillis newest interaction with the item
   */
  public record Entry(ItemId item, double strength, long timeMillis) {}

  /** The row of the view {@code user_history}. */
  public FeatureRow row(EntityKey key, Instant eventTime) {
    return row(
        key,
        interactions,
        entries.stream().map(entry -> entry.item().value()).toList(),
        entries.stream().mapToDouble(Entry::strength).toArray(),
        entries.stream().mapToLong(Entry::timeMillis).toArray(),
        eventTime);
  }

  static FeatureRow row(
      EntityKey key,
      long interactions,
      List<String> itemIds,
      double[] strengths,
      long[] times,
      Instant eventTime) {
    return new FeatureRow(
        key,
        Map.of(
            INTERACTIONS,
            new FeatureValue.Int64(interactions),
            ITEM_IDS,
            new FeatureValue.Texts(itemIds),
            STRENGTHS,
            FeatureValue.Float64s.copyOf(strengths),
            TIMES,
            FeatureValue.Int64s.copyOf(times)),
        eventTime);
  }

  /**
   * Reads a row of the view {@code user_history}.
   *
   * @throws IllegalArgumentException if a feature is missing or the lists differ in length
   */
  public static History of(FeatureRow row) {
    if (row.get(INTERACTIONS).orElse(null) instanceof FeatureValue.Int64 interactions
        && row.get(ITEM_IDS).orElse(null) instanceof FeatureValue.Texts ids
        && row.get(STRENGTHS).orElse(null) instanceof FeatureValue.Float64s strengths
        && row.get(TIMES).orElse(null) instanceof FeatureValue.Int64s times) {
      return new History(
          interactions.value(), entries(row, ids.values(), strengths.toArray(), times.toArray()));
    }
    throw new IllegalArgumentException(
        "row of user_history must have interactions, item_ids, strengths and times, was " + row);
  }

  private static List<Entry> entries(
      FeatureRow row, List<String> ids, double[] strengths, long[] times) {
    if (ids.size() != strengths.length || ids.size() != times.length) {
      throw new IllegalArgumentException(
          "lists of user_history must have one length, had "
              + ids.size()
              + " item_ids, "
              + strengths.length
              + " strengths and "
              + times.length
              + " times in the row of "
              + row.key());
    }
    List<Entry> entries = new ArrayList<>(times.length);
    for (int i = 0; i < times.length; i++) {
      entries.add(new Entry(ItemId.of(ids.get(i)), strengths[i], times[i]));
    }
    return entries;
  }
}
