package dev.thaw.serving.snapshot;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.linear.LinearRow;
import dev.thaw.models.bandit.linear.LinearSums;
import dev.thaw.models.statistics.ArmCell;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of {@code arm_linear} to what each configuration with a contextual policy learned, in the
 * space that the active set has: sums of others count as none. A row that says what it said when it
 * was last read is not taken apart again, by a hash of 128 bits. Mutable; belongs to one thread.
 */
final class LinearRows {
  static final String VIEW = "arm_linear";
  private static final Logger LOG = LoggerFactory.getLogger(LinearRows.class);

  private final BanditEvidence evidence;
  private final Set<ItemId> refused = new HashSet<>();
  private final Map<Assignment, LinearArms> arms = new HashMap<>();

  /** Of rows as they were last read. */
  private final Map<ItemId, HashCode> rows = new HashMap<>();

  private ContextSpace space = ContextSpace.of(DomainModels.NONE);

  LinearRows(BanditEvidence evidence) {
    this.evidence = evidence;
    begin();
  }

  private void begin() {
    evidence
        .linear()
        .forEach((each, form) -> arms.put(each, new LinearArms(form, space, evidence.fading())));
  }

  /** Whether any policy wants these rows. */
  boolean areWanted() {
    return !arms.isEmpty();
  }

  /**
   * Goes over to the space of the active set.
   *
   * @return whether it is another one, or an arm is gone in whose place another's row is wanted, so
   *     that all rows are to be read again
   */
  boolean follow(ContextSpace now) {
    boolean changed =
        areWanted()
            && (!now.equals(space) || arms.values().stream().anyMatch(LinearArms::isIncomplete));
    if (changed) {
      space = now;
      rows.clear();
      begin();
    }
    return changed;
  }

  /**
   * @param row as it was read; one that can't be used counts as none
   * @return whether it says something new
   */
  boolean put(ItemId arm, Optional<FeatureRow> row) {
    if (row.isEmpty()) {
      rows.remove(arm);
    } else {
      HashCode hash = hash(row.get());
      if (hash.equals(rows.put(arm, hash))) {
        return false;
      }
    }
    LinearRow read = row.map(each -> read(arm, each)).orElse(null);
    boolean changed = false;
    for (Map.Entry<Assignment, LinearArms> each : arms.entrySet()) {
      changed |= each.getValue().put(arm, read == null ? null : learned(read, each.getKey()));
    }
    return changed;
  }

  /** Of all that sums are made of. */
  private static HashCode hash(FeatureRow row) {
    Hasher hasher = Hashing.murmur3_128().newHasher();
    new TreeMap<>(row.features())
        .forEach(
            (name, value) -> {
              hasher.putUnencodedChars(name);
              if (value instanceof FeatureValue.Float32s numbers) {
                for (float each : numbers.toArray()) {
                  hasher.putFloat(each);
                }
              } else if (value instanceof FeatureValue.Int64s numbers) {
                for (long each : numbers.toArray()) {
                  hasher.putLong(each);
                }
              } else {
                hasher.putUnencodedChars(value.toString());
              }
            });
    return hasher.hash();
  }

  private @Nullable LinearRow read(ItemId arm, FeatureRow row) {
    try {
      LinearRow read = LinearRow.read(row);
      for (LinearRow.Cell cell : read.cells()) {
        if (cell.space().equals(space.name()) && cell.sums().dimension() != space.dimension()) {
          throw new IllegalArgumentException(
              "features of %s must be %d, were %d"
                  .formatted(space.name(), space.dimension(), cell.sums().dimension()));
        }
      }
      return read;
    } catch (IllegalArgumentException e) {
      if (refused.add(arm)) {
        LOG.warn("arm_linear of {} is left out: {}", arm, e.getMessage());
      }
      return null;
    }
  }

  private @Nullable LinearSums learned(LinearRow row, Assignment assignment) {
    LinearSums learned = null;
    for (LinearRow.Cell each : row.cells()) {
      if (each.space().equals(space.name())
          && ArmCell.teaches(each.name(), evidence.reward().name(), assignment)) {
        if (learned == null) {
          learned = LinearSums.of(space.dimension());
        }
        learned.merge(each.sums(), evidence.fading());
      }
    }
    return learned;
  }

  /**
   * @param counted by configuration, with those of contextual policies
   */
  Map<Assignment, LinearRanks> snapshot(Map<Assignment, ArmRows.Counted> counted) {
    Map<Assignment, LinearRanks> ranks = new HashMap<>();
    arms.forEach(
        (each, learned) ->
            ranks.put(each, learned.snapshot(Objects.requireNonNull(counted.get(each)))));
    return ranks;
  }
}
