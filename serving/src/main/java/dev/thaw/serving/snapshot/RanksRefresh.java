package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.bandit.NeighbourPriors;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.catalogue.ServedItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Refreshes the ranks of one domain: popularity lists each time; counts and posteriors of the head
 * of the ranking, of items never read and of new ones each time, of all others in turn. One thread
 * refreshes.
 */
final class RanksRefresh {
  private static final String EVERYONE = "*";
  private static final int HEAD = 500;
  private static final int TURN = 1_000;
  private static final int CHUNK = 250;

  /** Items read for the first time in one refresh, at most. */
  private static final int FIRST = 200_000;

  private final DomainCatalogue catalogue;
  private final OnlineReader store;
  private final Supplier<DomainModels> models;
  private final BitSet read = new BitSet();
  private final ArmRows arms;
  private final LinearRows linear;
  private final Neighbourhoods neighbours;
  private long[] interactions = {};
  private PopularityList everyone = PopularityList.EMPTY;
  private Map<String, PopularityList> segments = Map.of();
  private Posteriors posteriors;
  private int turn;

  /**
   * Whether a refresh has read what none has taken up yet; one that fails leaves it to the next.
   */
  private boolean changed;

  private long builtFrom = -1;
  private volatile DomainRanks current;

  RanksRefresh(
      DomainCatalogue catalogue,
      OnlineReader store,
      Supplier<DomainModels> models,
      BanditEvidence evidence) {
    this.catalogue = catalogue;
    this.store = store;
    this.models = models;
    this.arms = new ArmRows(catalogue.domain(), evidence);
    this.linear = new LinearRows(evidence);
    this.neighbours =
        new Neighbourhoods(catalogue, evidence.byNeighbours(), NeighbourPriors.DEFAULT);
    this.posteriors = arms.snapshot(linear, neighbours);
    this.current = DomainRanks.empty(catalogue, posteriors);
  }

  DomainId domain() {
    return catalogue.domain();
  }

  DomainRanks current() {
    return current;
  }

  void refresh() {
    DomainModels now = models.get();
    readPopularity(now);
    if (linear.follow(ContextSpace.of(now))) {
      read.clear();
      changed = true;
    }
    DomainModels.Factors factors = now.factors();
    changed |= neighbours.follow(factors == null ? null : factors.items());
    readCounts();
    if (changed) {
      posteriors = arms.snapshot(linear, neighbours);
    }
    build(changed);
    changed = false;
    if (factors != null) {
      int made = factors.items().refresh();
      // neighbours are of rows, which the next refresh takes up
      changed = made > 0 && neighbours.areWanted();
    }
  }

  /** Takes up catalogue changes alone. */
  void refreshFromMemory() {
    build(false);
  }

  private void build(boolean anew) {
    long version = catalogue.version();
    if (anew || version != builtFrom) {
      current =
          new RanksBuilder(catalogue)
              .build(everyone, segments, Arrays.copyOf(interactions, catalogue.size()), posteriors);
      builtFrom = version;
    }
  }

  private void readPopularity(DomainModels now) {
    List<String> names = new ArrayList<>();
    names.add(EVERYONE);
    names.addAll(now.segmentNames());
    List<OnlineReader.Read> reads = new ArrayList<>();
    for (String segment : names) {
      reads.add(
          new OnlineReader.Read(
              "popularity",
              EntityKey.of("domain", catalogue.domain().value(), "segment", segment)));
    }
    List<Optional<FeatureRow>> rows = store.read(reads);
    Map<String, PopularityList> lists = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String segment = names.get(i);
      rows.get(i).map(RanksRefresh::listed).ifPresent(list -> lists.put(segment, list));
    }
    PopularityList all = lists.remove(EVERYONE);
    // what the stream has not counted yet of a segment that a training has just made
    now.segmentNames()
        .forEach(name -> lists.merge(name, now.segmentPopularity(name), PopularityList::before));
    PopularityList before = everyone;
    Map<String, PopularityList> segmentsBefore = segments;
    everyone = all == null ? now.popularity() : all;
    segments = lists;
    changed |= !before.equals(everyone) || !segmentsBefore.equals(segments);
  }

  private static PopularityList listed(FeatureRow row) {
    FeatureValue ids = row.get("item_ids").orElse(FeatureValue.MISSING);
    FeatureValue scores = row.get("scores").orElse(FeatureValue.MISSING);
    if (ids instanceof FeatureValue.Texts names && scores instanceof FeatureValue.Float64s values) {
      double[] numbers = values.toArray();
      int n = Math.min(names.values().size(), numbers.length);
      return new PopularityList(names.values().subList(0, n), Arrays.copyOf(numbers, n));
    }
    return PopularityList.EMPTY;
  }

  private void readCounts() {
    int size = catalogue.size();
    if (interactions.length < size) {
      interactions = Arrays.copyOf(interactions, size);
      changed = true;
    }
    List<ServedItem> due = new ArrayList<>(due(size));
    for (int from = 0; from < due.size(); from += CHUNK) {
      readCounts(due.subList(from, Math.min(due.size(), from + CHUNK)));
    }
  }

  private Set<ServedItem> due(int size) {
    Set<ServedItem> due = new LinkedHashSet<>();
    DomainRanks ranks = current;
    for (int i = 0; i < Math.min(HEAD, ranks.everyone().length); i++) {
      due.add(catalogue.get(ranks.everyone()[i]));
    }
    for (int newcomer : ranks.newcomers()) {
      due.add(catalogue.get(newcomer));
    }
    for (int n = read.nextClearBit(0);
        n < size && due.size() < FIRST;
        n = read.nextClearBit(n + 1)) {
      due.add(catalogue.get(n));
    }
    for (int i = 0; i < Math.min(TURN, size); i++) {
      turn = (turn + 1) % size;
      due.add(catalogue.get(turn));
    }
    return due;
  }

  private void readCounts(List<ServedItem> items) {
    int views = linear.areWanted() ? 3 : 2;
    List<OnlineReader.Read> reads = new ArrayList<>(items.size() * views);
    for (ServedItem each : items) {
      EntityKey key = EntityKey.of("item_id", each.id().value());
      reads.add(new OnlineReader.Read("item_statistics", key));
      reads.add(new OnlineReader.Read("arm_posterior", key));
      if (linear.areWanted()) {
        reads.add(new OnlineReader.Read(LinearRows.VIEW, key));
      }
    }
    List<Optional<FeatureRow>> rows = store.read(reads);
    for (int i = 0; i < items.size(); i++) {
      ServedItem item = items.get(i);
      read.set(item.number());
      Optional<FeatureRow> counts = rows.get(views * i);
      Optional<FeatureRow> posterior = rows.get(views * i + 1);
      long n = counts.map(row -> (long) number(row, "interactions")).orElse(0L);
      changed |= interactions[item.number()] != n;
      interactions[item.number()] = n;
      changed |= arms.put(item.id(), posterior);
      if (linear.areWanted()) {
        changed |= linear.put(item.id(), rows.get(views * i + 2));
      }
    }
  }

  private static double number(FeatureRow row, String feature) {
    FeatureValue value = row.get(feature).orElse(FeatureValue.MISSING);
    return value instanceof FeatureValue.Int64 n
        ? n.value()
        : value instanceof FeatureValue.Float64 d ? d.value() : 0;
  }
}
