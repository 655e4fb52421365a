package dev.thaw.evaluation.compare;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.split.TsvRows;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads the lists of other recommenders for the held-out users of a split: a tab-separated file
 * with a head line, plain or gzipped, a row per place: {@code k} (interactions given; -1 where the
 * split fixes them), {@code user}, {@code rank} (from 1 on), {@code item} and, where there are
 * several recommenders in one file, {@code method}. Rows may come in any order.
 *
 * <p>A row that can't be used becomes a dead letter, and its place counts as a miss: nothing moves
 * up.
 */
public final class ListReader {
  /** A recommender without a name. */
  static final String OTHER = "other";

  private final Set<Integer> counts;
  private final Map<String, HeldOutUser> users;
  private final ItemDictionary items;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Consumer<DeadLetter> bad;
  private final Instant now;
  private final Map<String, Map<Integer, Map<UserId, ListBuilder>>> lists = new TreeMap<>();

  /**
   * @param counts the ks that are measured
   * @param bad sees every row that can't be used
   * @param now time of these letters
   */
  public ListReader(
      Experiment experiment, Set<Integer> counts, Consumer<DeadLetter> bad, Instant now) {
    this.counts = Set.copyOf(counts);
    this.users =
        experiment.test().stream()
            .collect(Collectors.toMap(user -> user.user().value(), user -> user));
    this.items = experiment.training().items();
    for (ItemId item : items.all()) {
      numbers.put(item.value(), items.indexOf(item));
    }
    this.bad = bad;
    this.now = now;
  }

  /**
   * One for each recommender, by name.
   *
   * @throws IllegalArgumentException naming the file where a column is missing
   * @throws IOException if the file can't be read
   */
  public List<TopLists> read(Path file) throws IOException {
    TsvRows.read(
        file,
        row -> refused(row).ifPresent(why -> letter(row, why)),
        row -> letter(row, new Rejection("", "", "must have a cell for each column of the head")));
    List<TopLists> all = new ArrayList<>();
    lists.forEach((name, byCount) -> all.add(new TopLists(name, built(byCount))));
    return all;
  }

  private static Map<Integer, Map<UserId, int[]>> built(
      Map<Integer, Map<UserId, ListBuilder>> byCount) {
    Map<Integer, Map<UserId, int[]>> built = new HashMap<>();
    byCount.forEach(
        (k, byUser) -> {
          Map<UserId, int[]> arrays = new HashMap<>();
          byUser.forEach((user, list) -> arrays.put(user, list.build()));
          built.put(k, arrays);
        });
    return built;
  }

  private void letter(TsvRows.Row row, Rejection why) {
    bad.accept(
        DeadLetter.of(
            row.file().getFileName().toString(),
            row.line(),
            why,
            row.input().getBytes(StandardCharsets.UTF_8),
            now));
  }

  private Optional<Rejection> refused(TsvRows.Row row) {
    Optional<Integer> k = whole(row.text("k"));
    if (k.isEmpty() || !counts.contains(k.get())) {
      return Optional.of(
          new Rejection("k", row.text("k"), "must be one of " + counts.stream().sorted().toList()));
    }
    HeldOutUser user = users.get(row.text("user"));
    if (user == null) {
      return Optional.of(
          new Rejection("user", row.text("user"), "must be a held-out user of the split"));
    }
    Optional<Integer> rank =
        whole(row.text("rank")).filter(at -> at >= 1 && at <= ListBuilder.LONGEST);
    if (rank.isEmpty()) {
      return Optional.of(
          new Rejection(
              "rank",
              row.text("rank"),
              "must be a whole number in [1, " + ListBuilder.LONGEST + "]"));
    }
    ListBuilder list = list(row, k.get(), user);
    String name = row.text("item");
    Integer item = numbers.get(name);
    if (item == null) {
      list.miss(rank.get());
      return Optional.of(new Rejection("item", name, "must be in the catalogue of the split"));
    }
    return list.put(rank.get(), item, name);
  }

  private ListBuilder list(TsvRows.Row row, int k, HeldOutUser user) {
    String named = row.has("method") ? row.text("method") : OTHER;
    return lists
        .computeIfAbsent(named.isEmpty() ? OTHER : named, name -> new HashMap<>())
        .computeIfAbsent(k, count -> new HashMap<>())
        .computeIfAbsent(user.user(), id -> new ListBuilder(unasked(user, k)));
  }

  private Set<Integer> unasked(HeldOutUser user, int k) {
    Set<Integer> unasked = new HashSet<>();
    for (History.Entry entry : user.unasked(k)) {
      unasked.add(items.indexOf(entry.item()));
    }
    return unasked;
  }

  private static Optional<Integer> whole(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
