package dev.thaw.featuredefinitions.vocabulary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arms that a bandit could have chosen: the head of a ranking, and behind it items of which
 * nothing is known.
 *
 * @param items all of them, those of the ranking best first; at most {@value #MAX}
 * @param newcomers how many of the last ones nothing is known of; null in logs that don't say
 */
public record EligibleArms(List<ItemId> items, @Nullable Integer newcomers) {
  public static final int MAX = 500;

  public static final EligibleArms NONE = new EligibleArms(List.of(), 0);

  public EligibleArms {
    items = List.copyOf(items);
    if (items.size() > MAX) {
      throw new IllegalArgumentException(
          "eligible set must have at most " + MAX + " arms, had " + items.size());
    }
    if (newcomers != null && (newcomers < 0 || newcomers > items.size())) {
      throw new IllegalArgumentException(
          "newcomers must be in [0, " + items.size() + "], were " + newcomers);
    }
  }

  /** Of a log that does not say of which arms nothing is known. */
  public static EligibleArms unmarked(List<ItemId> items) {
    return new EligibleArms(items, null);
  }

  public int size() {
    return items.size();
  }

  /** Whether it is known of which arms nothing is known. */
  public boolean isMarked() {
    return newcomers != null;
  }

  /** Best first; all of them where they are not marked. */
  public List<ItemId> ranked() {
    return items.subList(0, items.size() - marked());
  }

  /** Those behind the ranking; none where they are not marked. */
  public List<ItemId> unknown() {
    return items.subList(items.size() - marked(), items.size());
  }

  private int marked() {
    return newcomers == null ? 0 : newcomers;
  }
}
