package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.served.SourceDomain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what {@link SplitWriter} wrote: the same experiment. */
final class WrittenSplit {
  private final Path folder;
  private final SplitHead head;
  private final DomainId target;
  private final Map<DomainId, InteractionsBuilder> domains = new TreeMap<>();
  private final TreeMap<UserId, TreeMap<Integer, History.Entry>> heldOut = new TreeMap<>();
  private final Map<UserId, Integer> supports = new HashMap<>();

  private WrittenSplit(Path folder, SplitHead head) {
    this.folder = folder;
    this.head = head;
    this.target = new DomainId(head.domain());
    domains.put(target, Interactions.builder(target));
    for (String source : head.sources().keySet()) {
      domains.put(new DomainId(source), Interactions.builder(new DomainId(source)));
    }
  }

  /**
   * @throws IllegalArgumentException naming file and line of a row that is bad or that should not
   *     be in the training data
   */
  static Experiment read(
      Path folder, Map<ItemId, CatalogueItem> catalogue, Map<UserId, UserProfile> profiles)
      throws IOException {
    WrittenSplit split = new WrittenSplit(folder, SplitHead.read(folder));
    return split.read(catalogue, profiles);
  }

  private Experiment read(Map<ItemId, CatalogueItem> catalogue, Map<UserId, UserProfile> profiles)
      throws IOException {
    TsvRows.read(
        folder.resolve(SplitWriter.ITEMS),
        row -> domain(row).addItem(new ItemId(row.text("item"))));
    TsvRows.read(
        folder.resolve(SplitWriter.USERS),
        row -> domain(row).addUser(new UserId(row.text("user"))));
    TsvRows.read(folder.resolve(SplitWriter.SUPPORT_ROWS), row -> heldOut(row, true));
    TsvRows.read(folder.resolve(SplitWriter.QUERY), row -> heldOut(row, false));
    TsvRows.read(folder.resolve(SplitWriter.TRAIN), this::train);
    TsvRows.read(
        folder.resolve(SplitWriter.SOURCES), row -> add(domain(row), row, requireInTime(row)));
    Map<DomainId, SourceDomain> sources = new HashMap<>();
    head.sources()
        .forEach(
            (name, scale) -> {
              DomainId source = new DomainId(name);
              sources.put(source, new SourceDomain(builder(source).build(), scale));
            });
    return new Experiment(
        target,
        head.scale(),
        builder(target).build(),
        sources,
        users(),
        catalogue,
        profiles,
        head.attributes(),
        head.origin(),
        head.before(),
        head.pairs());
  }

  private InteractionsBuilder domain(TsvRows.Row row) {
    DomainId domain = new DomainId(row.text("domain"));
    if (!domains.containsKey(domain)) {
      throw row.bad("domain must be one of " + domains.keySet() + ", was " + domain);
    }
    return builder(domain);
  }

  private InteractionsBuilder builder(DomainId domain) {
    return domains.computeIfAbsent(domain, Interactions::builder);
  }

  private void train(TsvRows.Row row) {
    UserId user = new UserId(row.text("user"));
    if (heldOut.containsKey(user)) {
      throw row.bad("user " + user + " is held out, and trained on with item " + row.text("item"));
    }
    add(builder(target), row, requireInTime(row));
  }

  /** The row's time. */
  private long requireInTime(TsvRows.Row row) {
    long time = row.wholeMillis("time_ms", Interactions.UNTIMED);
    Long before = head.before();
    if (before != null && (time == Interactions.UNTIMED || time >= before)) {
      throw row.bad(
          "user "
              + row.text("user")
              + " with item "
              + row.text("item")
              + " is not before the cut-off "
              + Instant.ofEpochMilli(before)
              + ", time_ms was \""
              + row.text("time_ms")
              + '"');
    }
    return time;
  }

  private static void add(InteractionsBuilder to, TsvRows.Row row, long time) {
    var unused =
        to.add(
            new UserId(row.text("user")), new ItemId(row.text("item")), row.number("rating"), time);
  }

  private void heldOut(TsvRows.Row row, boolean support) {
    UserId user = new UserId(row.text("user"));
    History.Entry entry =
        new History.Entry(
            new ItemId(row.text("item")),
            row.number("rating"),
            row.wholeMillis("time_ms", Interactions.UNTIMED));
    int rank = (int) row.number("rank");
    if (heldOut.computeIfAbsent(user, u -> new TreeMap<>()).put(rank, entry) != null) {
      throw row.bad("user " + user + " has rank " + rank + " twice");
    }
    supports.merge(user, support ? 1 : 0, Integer::sum);
    builder(target).addItem(entry.item());
  }

  private List<HeldOutUser> users() {
    List<HeldOutUser> users = new ArrayList<>();
    heldOut.forEach(
        (user, entries) ->
            users.add(
                new HeldOutUser(
                    user,
                    List.copyOf(entries.values()),
                    head.fixedSupport() ? supports.get(user) : null)));
    return users;
  }
}
