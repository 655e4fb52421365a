package dev.thaw.serving.snapshot;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ArmCounts;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.statistics.ArmRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest rows of a domain's arms. Mutable; belongs to one thread. */
final class ArmRows {
  private static final Logger LOG = LoggerFactory.getLogger(ArmRows.class);

  private final DomainId domain;
  private final BanditEvidence evidence;
  private final Map<ItemId, ArmRow> rows = new HashMap<>();

  ArmRows(DomainId domain, BanditEvidence evidence) {
    this.domain = domain;
    this.evidence = evidence;
  }

  /**
   * @param row as it was read; none for an arm that was never shown
   * @return whether it says something new
   */
  boolean put(ItemId item, Optional<FeatureRow> row) {
    if (row.isEmpty()) {
      return rows.remove(item) != null;
    }
    ArmRow now = read(item, row.get());
    return !now.equals(rows.put(item, now));
  }

  /** None for a row that can't be: one of them is not to keep all others from being read. */
  private ArmRow read(ItemId item, FeatureRow row) {
    try {
      return ArmRow.of(row);
    } catch (IllegalArgumentException e) {
      if (!ArmRow.NONE.equals(rows.get(item))) {
        LOG.warn("arm_posterior of {} is left out: {}", item, e.getMessage());
      }
      return ArmRow.NONE;
    }
  }

  /**
   * What a configuration earned.
   *
   * @param asOf time of the newest impression that any of the rows counts, epoch milliseconds
   */
  record Counted(PosteriorSnapshot posteriors, long asOf) {
    /** The same, named together with what is assumed beside it. */
    Counted under(AssumedRates rates) {
      return new Counted(
          new PosteriorSnapshot(rates.version(posteriors.version()), posteriors.evidence()), asOf);
    }
  }

  /**
   * @param linear of the same arms
   * @param neighbours of the same domain
   */
  Posteriors snapshot(LinearRows linear, Neighbourhoods neighbours) {
    Map<Assignment, Counted> counted = new HashMap<>();
    counted.put(Assignment.NONE, counted(Assignment.NONE));
    for (Assignment each : evidence.configurations()) {
      counted.put(each, counted(each));
    }
    Map<Assignment, AssumedRates> assumed = neighbours.rates(posteriors(counted));
    assumed.forEach(
        (each, rates) -> counted.computeIfPresent(each, (any, count) -> count.under(rates)));
    return new Posteriors(posteriors(counted), ever(), linear.snapshot(counted), assumed);
  }

  private static Map<Assignment, PosteriorSnapshot> posteriors(Map<Assignment, Counted> counted) {
    Map<Assignment, PosteriorSnapshot> posteriors = new HashMap<>();
    counted.forEach((each, count) -> posteriors.put(each, count.posteriors()));
    return posteriors;
  }

  /** Impressions that don't fade: caps on how often something is shown are by these. */
  private Map<ItemId, Double> ever() {
    Map<ItemId, Double> ever = new HashMap<>();
    rows.forEach((item, row) -> ever.put(item, row.ever().impressions()));
    return ever;
  }

  private Counted counted(Assignment assignment) {
    Map<ItemId, ArmCounts> counts = new HashMap<>();
    long newest = Fading.NEVER;
    for (Map.Entry<ItemId, ArmRow> each : rows.entrySet()) {
      ArmCounts learned =
          each.getValue().learned(evidence.reward().name(), assignment, evidence.fading());
      counts.put(each.getKey(), learned);
      newest = Math.max(newest, learned.frontier());
    }
    Map<ItemId, ArmEvidence> faded = new HashMap<>();
    for (Map.Entry<ItemId, ArmCounts> each : counts.entrySet()) {
      faded.put(each.getKey(), each.getValue().at(newest));
    }
    return new Counted(new PosteriorSnapshot(version(domain, faded), faded), newest);
  }

  /**
   * The same on every server that read the same evidence, whenever it did; of one length, however
   * long the name of the domain is.
   */
  static String version(DomainId domain, Map<ItemId, ArmEvidence> evidence) {
    List<HashCode> parts = new ArrayList<>(1 + evidence.size());
    parts.add(Hashing.murmur3_128().hashUnencodedChars(domain.value()));
    evidence.forEach(
        (item, seen) ->
            parts.add(
                Hashing.murmur3_128()
                    .newHasher()
                    .putUnencodedChars(item.value())
                    .putDouble(seen.impressions())
                    .putDouble(seen.rewards())
                    .hash()));
    return Hashing.combineUnordered(parts).toString();
  }
}
