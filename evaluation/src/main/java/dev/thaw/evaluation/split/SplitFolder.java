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
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.served.SourceDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a split that somebody else made: tab-separated files with a head line, plain or gzipped, in
 * one of four layouts, told by the files that are there.
 *
 * <ul>
 *   <li>{@value SplitHead#FILE} and what {@link SplitWriter} writes beside it
 *   <li>{@code train_source, train_target, test_cold_target} (user, item, rating): the test users
 *       have a history in the source alone
 *   <li>{@code train_all_ratings, cold_positives_in_time_order} (user, item, rating, ts; rank in
 *       the latter): the test users' positives in order
 *   <li>{@code meta_training, user_cold_testing} (user, item, rating, part): {@code part} is
 *       support or query, no item of a user both
 * </ul>
 */
public final class SplitFolder {
  private static final DomainId TARGET = new DomainId("target");
  private static final DomainId SOURCE = new DomainId("source");
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);

  private final Path folder;
  private final Map<ItemId, CatalogueItem> catalogue;
  private final Map<UserId, UserProfile> profiles;
  private final List<String> attributes;

  /**
   * @param catalogue descriptions of the split's items, if there are any
   * @param attributes of the profiles that models may use, where the split does not say which
   */
  public SplitFolder(
      Path folder,
      Map<ItemId, CatalogueItem> catalogue,
      Map<UserId, UserProfile> profiles,
      List<String> attributes) {
    this.folder = folder;
    this.catalogue = Map.copyOf(catalogue);
    this.profiles = Map.copyOf(profiles);
    this.attributes = List.copyOf(attributes);
  }

  /**
   * @throws IllegalArgumentException if the files are of none of the layouts, naming file and line
   *     of bad rows
   */
  public Experiment read() throws IOException {
    if (SplitHead.isIn(folder)) {
      return WrittenSplit.read(folder, catalogue, profiles);
    }
    if (exists("test_cold_target")) {
      return crossDomain();
    }
    if (exists("cold_positives_in_time_order")) {
      return positivesInOrder();
    }
    if (exists("user_cold_testing")) {
      return supportAndQuery();
    }
    throw new IllegalArgumentException(
        folder
            + " holds no split: split.json or one of test_cold_target, cold_positives_in_time_order,"
            + " user_cold_testing (.tsv or .tsv.gz) must be there");
  }

  /** The domain of a split that {@link SplitWriter} wrote; others name none. */
  public static Optional<DomainId> domain(Path folder) throws IOException {
    return SplitHead.isIn(folder)
        ? Optional.of(new DomainId(SplitHead.read(folder).domain()))
        : Optional.empty();
  }

  private Experiment crossDomain() throws IOException {
    InteractionsBuilder source = Interactions.builder(SOURCE);
    InteractionsBuilder target = Interactions.builder(TARGET);
    read("train_source", row -> add(source, row));
    Map<UserId, List<History.Entry>> test = new TreeMap<>();
    read(
        "test_cold_target",
        row -> {
          target.addItem(item(row));
          test.computeIfAbsent(user(row), u -> new ArrayList<>()).add(entry(row));
        });
    read("train_target", row -> addOthers(target, row, test.keySet()));
    List<HeldOutUser> users = new ArrayList<>();
    test.forEach((user, entries) -> users.add(new HeldOutUser(user, entries, 0)));
    return experiment(
        target.build(), Map.of(SOURCE, new SourceDomain(source.build(), SCALE)), users);
  }

  private Experiment positivesInOrder() throws IOException {
    InteractionsBuilder training = Interactions.builder(TARGET);
    Map<UserId, TreeMap<Integer, History.Entry>> test = new TreeMap<>();
    read(
        "cold_positives_in_time_order",
        row -> {
          training.addItem(item(row));
          test.computeIfAbsent(user(row), u -> new TreeMap<>())
              .put((int) row.number("rank"), entry(row));
        });
    read("train_all_ratings", row -> addOthers(training, row, test.keySet()));
    List<HeldOutUser> users = new ArrayList<>();
    test.forEach(
        (user, entries) -> users.add(new HeldOutUser(user, List.copyOf(entries.values()), null)));
    return experiment(training.build(), Map.of(), users);
  }

  private Experiment supportAndQuery() throws IOException {
    InteractionsBuilder training = Interactions.builder(TARGET);
    Map<UserId, List<History.Entry>> support = new TreeMap<>();
    Map<UserId, List<History.Entry>> query = new HashMap<>();
    Map<UserId, Set<ItemId>> met = new HashMap<>();
    read(
        "user_cold_testing",
        row -> {
          training.addItem(item(row));
          if (!met.computeIfAbsent(user(row), u -> new HashSet<>()).add(item(row))) {
            throw row.bad("user " + user(row) + " has item " + item(row) + " twice");
          }
          var part = row.text("part").equals("support") ? support : query;
          part.computeIfAbsent(user(row), u -> new ArrayList<>()).add(entry(row));
        });
    read("meta_training", row -> addOthers(training, row, support.keySet()));
    List<HeldOutUser> users = new ArrayList<>();
    support.forEach(
        (user, known) -> {
          List<History.Entry> all = new ArrayList<>(known);
          all.addAll(query.getOrDefault(user, List.of()));
          users.add(new HeldOutUser(user, all, known.size()));
        });
    return experiment(training.build(), Map.of(), users);
  }

  private Experiment experiment(
      Interactions training, Map<DomainId, SourceDomain> sources, List<HeldOutUser> users) {
    users.sort(Comparator.comparing(HeldOutUser::user));
    return new Experiment(
        TARGET,
        SCALE,
        training,
        sources,
        users,
        catalogue,
        profiles,
        attributes,
        "split " + folder.getFileName());
  }

  /** Of the held-out users nothing may be trained on. */
  private static void addOthers(InteractionsBuilder to, TsvRows.Row row, Set<UserId> heldOut) {
    if (heldOut.contains(user(row))) {
      throw row.bad("user " + user(row) + " is held out, and trained on with item " + item(row));
    }
    add(to, row);
  }

  private static void add(InteractionsBuilder to, TsvRows.Row row) {
    var unused =
        to.add(user(row), item(row), row.number("rating"), row.millis("ts", Interactions.UNTIMED));
  }

  private static History.Entry entry(TsvRows.Row row) {
    return new History.Entry(
        item(row), row.number("rating"), row.millis("ts", Interactions.UNTIMED));
  }

  private static UserId user(TsvRows.Row row) {
    return new UserId(row.text("user"));
  }

  private static ItemId item(TsvRows.Row row) {
    return new ItemId(row.text("item"));
  }

  private void read(String name, java.util.function.Consumer<TsvRows.Row> rows) throws IOException {
    TsvRows.read(file(name), rows);
  }

  private boolean exists(String name) {
    return Files.exists(file(name));
  }

  private Path file(String name) {
    Path plain = folder.resolve(name + ".tsv");
    return Files.exists(plain) ? plain : folder.resolve(name + ".tsv.gz");
  }
}
