package dev.thaw.evaluation.items;

import dev.thaw.evaluation.Evaluation.Listener;
import dev.thaw.evaluation.Evaluation.Outcome;
import dev.thaw.evaluation.items.FactorPlaces.Descriptions;
import dev.thaw.evaluation.items.Judges.Judge;
import dev.thaw.evaluation.measure.Asked;
import dev.thaw.evaluation.measure.Competitor;
import dev.thaw.evaluation.measure.Measurements;
import dev.thaw.evaluation.measure.PopularityThirds;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.ImplicitAlsTuning;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.projection.PriorStrength;
import dev.thaw.models.projection.ProjectionQuality;
import dev.thaw.models.training.RowTasks;
import dev.thaw.models.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Item cold start: items are held out whole, and users who like some of the others rank only these,
 * at so many known interactions of each; an interaction is a like. What is left of an item's likes
 * is what counts. The second question, the same at every count, is for the second half of each
 * item's likes.
 *
 * @param counts of known interactions
 * @param heldOut which items
 * @param maxUsers who rank
 */
public record ItemsByCount(
    List<Integer> counts, HeldOut heldOut, int maxUsers, int threads, long seed) {
  public static final List<Integer> COUNTS = List.of(0, 1, 3, 10, 50, 500);
  private static final int NEIGHBOURS = 20;
  private static final String TABULAR = "tabular network";

  public ItemsByCount {
    counts = List.copyOf(counts);
    if (maxUsers < 1) {
      throw new IllegalArgumentException("users must be at least 1, were " + maxUsers);
    }
    if (counts.isEmpty() || counts.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("counts must be 0 or more, were " + counts);
    }
  }

  /**
   * Writes which items are held out and who becomes known to like them in which order, beside the
   * likes that are trained on.
   */
  public void writeSplit(Interactions all, RatingScale scale, Path folder) throws IOException {
    NewItemsWriter.write(split(all, scale), folder);
  }

  private NewItems split(Interactions all, RatingScale scale) {
    return NewItems.of(all.where(scale::isPositive), heldOut, seed);
  }

  /** For a report. */
  public String origin() {
    return "items held out whole, "
        + heldOut.origin()
        + ", ranked alone by at most "
        + maxUsers
        + " users, seed "
        + seed;
  }

  /** Why nothing can be measured; empty if something can. */
  public Optional<String> obstacle(
      Interactions all, RatingScale scale, Map<ItemId, CatalogueItem> catalogue) {
    if (catalogue.isEmpty()) {
      return Optional.of("there are no records of its items");
    }
    Optional<String> none = heldOut.obstacle(all);
    if (none.isPresent()) {
      return none;
    }
    NewItems items = split(all, scale);
    return Judges.of(items, maxUsers, seed).all().isEmpty()
        ? Optional.of(
            "nobody likes some of the " + items.size() + " held-out items and some of the others")
        : Optional.empty();
  }

  /**
   * To be called where there is no {@link #obstacle}.
   *
   * @param all of the domain
   * @param content vectors of one space; items may lack one
   */
  public Outcome measure(
      Interactions all,
      RatingScale scale,
      Map<ItemId, CatalogueItem> catalogue,
      Map<ItemId, Embedding> content,
      Listener listener) {
    NewItems items = split(all, scale);
    Judges judges = Judges.of(items, maxUsers, seed);
    Descriptions known = new Descriptions(catalogue, content);
    listener.at("choosing parameters", 0, 1);
    ImplicitAlsConfig served =
        new ImplicitAlsTuning(ImplicitAlsConfig.DEFAULT, scale, threads, TrainingProgress.SILENT)
            .choose(items.training(), new SplittableRandom(seed))
            .config();
    listener.at("choosing the gate", 0, 1);
    ContentGate gate = new GateTuning(counts, threads, seed).choose(items, known, served, scale);
    listener.at("training", 0, 1);
    FactorPlaces places = FactorPlaces.train(items, known, served, scale, threads, seed);
    TabularPlaces tabular = new TabularPlaces(items, known, places, threads);
    List<ItemScores> methods = methods(items, known, scale, places, tabular, gate);
    return new Outcome(
        measure(items, judges, methods, listener),
        chosen(served, gate, places),
        tabular.obstacle().map(why -> Map.of(TABULAR, why)).orElse(Map.of()));
  }

  private List<ItemScores> methods(
      NewItems items,
      Descriptions known,
      RatingScale scale,
      FactorPlaces places,
      TabularPlaces tabular,
      ContentGate gate) {
    List<ItemScores> methods = new ArrayList<>();
    methods.add(
        ItemScores.baseline("known popularity", n -> byLikes(item -> items.known(item, n))));
    methods.add(ItemScores.baseline("random", n -> byLikes(item -> 0)));
    if (!known.content().isEmpty()) {
      ItemScores.Scorer content = content(items, known, scale);
      methods.add(ItemScores.baseline("content", n -> content));
    }
    methods.add(ItemScores.baseline("expected likes", places::likes));
    methods.add(ItemScores.single("projection", n -> places.projected()));
    if (tabular.obstacle().isEmpty()) {
      ItemScores.Scorer network = places.scorer(tabular.train(seed));
      methods.add(ItemScores.single(TABULAR, n -> network));
    }
    methods.add(ItemScores.single("item fold-in", places::foldedIn));
    methods.add(ItemScores.single("index", places::placed));
    methods.add(ItemScores.single("gate 50/500", n -> places.blended(ContentGate.DEFAULT, n)));
    methods.add(ItemScores.single("learned gate", n -> places.blended(gate, n)));
    methods.add(ItemScores.single("popularity oracle", n -> byLikes(items::likes)));
    return methods;
  }

  /** By a count; equal ones in an order of the seed, another one for each user. */
  private ItemScores.Scorer byLikes(IntUnaryOperator likes) {
    return (judge, out) -> {
      SplittableRandom random = new SplittableRandom(seed ^ Hash64.of("" + judge.number()));
      for (int i = 0; i < out.length; i++) {
        // whole numbers are apart by more than the random part
        out[i] = likes.applyAsInt(i) + random.nextFloat() / 2;
      }
    };
  }

  private static ItemScores.Scorer content(NewItems items, Descriptions known, RatingScale scale) {
    ContentNeighbours content = ContentNeighbours.of(known.content(), NEIGHBOURS, scale.positive());
    int[] numbers =
        IntStream.range(0, items.size()).map(i -> content.items().indexOf(items.id(i))).toArray();
    return (judge, out) -> content.score(judge.history(), numbers, out);
  }

  private Measurements measure(
      NewItems items, Judges judges, List<ItemScores> methods, Listener listener) {
    PopularityThirds thirds = PopularityThirds.of(likesOf(items));
    TreeMap<Integer, List<RankedUsers>> ranked = new TreeMap<>();
    int done = 0;
    for (int count : counts) {
      List<Judge> met =
          judges.all().stream()
              .filter(judge -> !judges.asked(judge, count).relevant().isEmpty())
              .toList();
      List<RankedUsers> rows = new ArrayList<>();
      for (ItemScores method : methods) {
        listener.at("measuring", done++, counts.size() * methods.size());
        rows.add(measure(items, judges, met, method, count, thirds));
      }
      ranked.put(count, rows);
    }
    return new Measurements(
        new Measurements.Subject(
            items.training().domain().value(),
            origin(),
            "users asked for the second half of each new item's likes",
            items.training().dataHash(),
            items.size(),
            Arrays.stream(thirds.sizes()).boxed().toList()),
        ranked,
        new TreeMap<>());
  }

  private RankedUsers measure(
      NewItems items,
      Judges judges,
      List<Judge> met,
      ItemScores method,
      int count,
      PopularityThirds thirds) {
    RankedUsers rows =
        new RankedUsers(
            new Competitor(method.name(), method.role()),
            met.stream().map(each -> items.training().users().get(each.number())).toList());
    ItemScores.Scorer scorer = method.scorer().at(count);
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          met.size(),
          () -> new float[items.size()],
          (scores, u) -> {
            Judge judge = met.get(u);
            scorer.score(judge, scores);
            Asked fixed = judges.fixed(judge);
            rows.put(
                u,
                scores,
                judges.asked(judge, count),
                fixed.relevant().isEmpty() ? null : fixed,
                thirds,
                true);
          });
    }
    return rows;
  }

  /** True likes of the new items alone, by their places. */
  private static Interactions likesOf(NewItems items) {
    var likes = Interactions.builder(items.training().domain());
    for (int i = 0; i < items.size(); i++) {
      ItemId place = new ItemId("%08d".formatted(i));
      likes.addItem(place);
      for (int user : items.likedBy(i)) {
        likes.add(items.training().users().get(user), place, 1);
      }
    }
    return likes.build();
  }

  private static Map<String, String> chosen(
      ImplicitAlsConfig served, ContentGate gate, FactorPlaces places) {
    ProjectionQuality quality = places.projection().quality();
    Map<String, String> chosen = new TreeMap<>();
    chosen.put("implicit-als", new TreeMap<>(served.toMap()).toString());
    chosen.put("gate", gate.toString());
    chosen.put("projection lambda", "" + quality.lambda());
    chosen.put("projection target ridge", "" + quality.targetRidge());
    PriorStrength strength = places.projection().placed().strength();
    chosen.put("strength of the projection", "" + strength.value());
    chosen.put("power of the pace of likes", "" + strength.power());
    return chosen;
  }
}
