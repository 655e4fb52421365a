package dev.thaw.serving;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.artefact.Provenance;
import dev.thaw.models.bridge.Bridge;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainer;
import dev.thaw.models.bridge.GateDecision;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.PairTest;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.itemtoitem.AnswerRegressionConfig;
import dev.thaw.models.itemtoitem.EnsembleConfig;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import dev.thaw.models.kernel.RankingSpace;
import dev.thaw.models.meta.AdaptedPart;
import dev.thaw.models.meta.Evidence;
import dev.thaw.models.meta.InnerLoop;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.training.Trainer;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains on users who each like the films of one category, writes what the training jobs write, and
 * makes it current.
 */
final class TrainedModels {
  static final DomainId MOVIES = DomainId.of("movies");
  static final VectorSpace CONTENT = new VectorSpace("content", "test", 3, Metric.COSINE);
  private static final DomainId BOOKS = DomainId.of("books");
  static final RatingScale SCALE = RatingScale.of(DomainDefinitions.shipped().require(MOVIES));

  final FactorModel model;
  final ArtefactRef ref;
  final ArtefactManifest set;

  /** Who reads books, null without a bridge from there. */
  final @Nullable Readers readers;

  record Readers(GatedBridge bridge, String version, FactorModel factors) {
    float[] place(int category) {
      return Objects.requireNonNull(bridge.map(booksOf(category), factors).orElseThrow().place());
    }

    /** What the bridge's own space says of each film. */
    Map<String, Float> scores(int category) {
      RankingSpace space = bridge.rankingSpace().orElseThrow();
      float[] scores = new float[space.items().size()];
      space.score(place(category), scores);
      return IntStream.range(0, scores.length)
          .boxed()
          .collect(Collectors.toMap(item -> space.items().get(item).value(), i -> scores[i]));
    }

    private static History booksOf(int category) {
      return new History(
          5,
          history(category, 5).entries().stream()
              .map(
                  entry ->
                      new History.Entry(
                          ItemId.of("b" + entry.item().value().substring(1)),
                          entry.strength(),
                          entry.timeMillis()))
              .toList());
    }
  }

  private TrainedModels(FactorModel model, ArtefactRef ref, ArtefactManifest set) {
    this(model, ref, set, null);
  }

  private TrainedModels(
      FactorModel model, ArtefactRef ref, ArtefactManifest set, @Nullable Readers readers) {
    this.model = model;
    this.ref = ref;
    this.set = set;
    this.readers = readers;
  }

  /**
   * @param seed another one gives another model
   */
  static TrainedModels publish(ServerFixture thaw, int rank, long seed) {
    return publish(thaw, rank, seed, null, 0);
  }

  /** As if who liked early films of one category had liked late ones of the next. */
  static TrainedModels publishWithTastesMoved(ServerFixture thaw, int rank, long seed) {
    return publish(thaw, rank, seed, null, 1);
  }

  private static TrainedModels publish(
      ServerFixture thaw,
      int rank,
      long seed,
      @Nullable Trainer<BridgeData, GatedBridge> bridges,
      int moved) {
    ArtefactStore store = ArtefactStore.open(thaw.config.artefacts());
    FactorModel model =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(rank, 3, 4, 8, 0), SCALE, 1, (what, done, of) -> {})
            .fit(interactions(MOVIES, "m", moved), new SplittableRandom(seed));
    ArtefactRef ref = store.write(ArtefactKind.FACTORS, model, provenance("implicit-als", seed));
    List<ArtefactRef> refs = new ArrayList<>(List.of(ref));
    Readers readers = null;
    if (bridges != null) {
      FactorModel ofBooks = ofBooks(rank);
      GatedBridge bridge =
          bridges.fit(
              new BridgeData(interactions(BOOKS, "b"), interactions(MOVIES, "m"), ofBooks, model),
              new SplittableRandom(3));
      ArtefactRef written =
          store.write(ArtefactKind.BRIDGE, bridge, provenance("train-bridge", seed));
      refs.add(written);
      readers = new Readers(bridge, written.version(), ofBooks);
    }
    VectorSpace space = model.indexSpace(ref.version());
    index(thaw, space, model);
    ArtefactManifest set =
        store.publish(
            refs, Map.of(space.name(), ref.version()), ServerFixture.NOW.plusSeconds(seed));
    return new TrainedModels(model, ref, set, readers);
  }

  /**
   * Content, factors and what is liked together, the last learnt without one film.
   *
   * @param unliked the film that nobody had liked then
   */
  static TrainedModels servingWithItemToItem(ServerFixture thaw, ItemId unliked)
      throws InterruptedException {
    return servingWithItemToItem(thaw, unliked, List.of());
  }

  /** The same, where a method was learned to go first from some number of known films on. */
  static TrainedModels servingWithRouting(
      ServerFixture thaw, ItemId unliked, Method first, int from) throws InterruptedException {
    RoutingTable.Compared gain =
        new RoutingTable.Compared(first, new Interval(0.02, 0.01, 0.03, 500));
    return servingWithItemToItem(
        thaw,
        unliked,
        List.of(new RoutingTable.Cell(from, false, first, 500, 0.25, List.of(gain))));
  }

  private static TrainedModels servingWithItemToItem(
      ServerFixture thaw, ItemId unliked, List<RoutingTable.Cell> learned)
      throws InterruptedException {
    encode(thaw);
    TrainedModels factors = publish(thaw, 4, 1);
    ArtefactStore store = ArtefactStore.open(thaw.config.artefacts());
    ArtefactRef together =
        store.write(ArtefactKind.ITEM_TO_ITEM, itemToItem(unliked), provenance("item-to-item", 1));
    ArtefactRef routing =
        store.write(
            ArtefactKind.ROUTING,
            new RoutingTable(MOVIES, 0.95, learned),
            provenance("train-routing", 1));
    String space = FactorModel.spaceName(MOVIES);
    ArtefactManifest set =
        store.publish(
            List.of(factors.ref, together, routing),
            Map.of(space, factors.ref.version()),
            ServerFixture.NOW.plusSeconds(9));
    TrainedModels models = new TrainedModels(factors.model, factors.ref, set);
    models.activate(thaw);
    models.await(thaw);
    thaw.server.refresh();
    return models;
  }

  /** Learned from users who rate the films of one category high and the others low. */
  static MetaModel metaLearned() {
    return MetaTrainer.overBiases(
            MetaConfig.DEFAULT
                .withSize(4, 16)
                .withEpochs(20)
                .withLearningRate(0.01)
                .withInner(new InnerLoop(AdaptedPart.LATER, 3, 0.1)),
            1,
            (what, done, of) -> {})
        .fit(MetaData.of(opinions(), SCALE), new SplittableRandom(1));
  }

  /** Content, factors, and a meta-learned model with the films that tell most of a newcomer. */
  static void servingMetaLearned(ServerFixture thaw, MetaModel meta) throws InterruptedException {
    encode(thaw);
    TrainedModels factors = publish(thaw, 4, 1);
    ArtefactStore store = ArtefactStore.open(thaw.config.artefacts());
    Evidence evidence = Evidence.of(meta, MetaData.of(opinions(), SCALE));
    ArtefactManifest set =
        store.publish(
            List.of(
                factors.ref,
                store.write(ArtefactKind.META, meta, provenance("melu", 1)),
                store.write(ArtefactKind.EVIDENCE, evidence, provenance("evidence-candidates", 1))),
            Map.of(FactorModel.spaceName(MOVIES), factors.ref.version()),
            ServerFixture.NOW.plusSeconds(20 + store.sets().size()));
    TrainedModels models = new TrainedModels(factors.model, factors.ref, set);
    models.activate(thaw);
    models.await(thaw);
    thaw.server.refresh();
  }

  /** Content, factors, and another model beside them. */
  static <M> TrainedModels servingWith(ServerFixture thaw, ArtefactKind<M> kind, M model)
      throws InterruptedException {
    encode(thaw);
    TrainedModels factors = publish(thaw, 4, 1);
    ArtefactStore store = ArtefactStore.open(thaw.config.artefacts());
    ArtefactManifest set =
        store.publish(
            List.of(factors.ref, store.write(kind, model, provenance(kind.name(), 1))),
            Map.of(FactorModel.spaceName(MOVIES), factors.ref.version()),
            ServerFixture.NOW.plusSeconds(30));
    TrainedModels models = new TrainedModels(factors.model, factors.ref, set);
    models.activate(thaw);
    models.await(thaw);
    thaw.server.refresh();
    return models;
  }

  private static Interactions opinions() {
    InteractionsBuilder all = Interactions.builder(MOVIES);
    SplittableRandom random = new SplittableRandom(6);
    for (int user = 0; user < 150; user++) {
      for (int i = 0; i < 30; i++) {
        // late films are known to few
        if (random.nextDouble() < 0.8 - 0.02 * i) {
          var unused =
              all.add(UserId.of("trained" + user), ItemId.of("m" + i), i % 3 == user % 3 ? 5 : 2);
        }
      }
    }
    return all.build();
  }

  /** From three onboarding questions on it ranks by their answers, whatever they say. */
  static ItemToItemEnsembles itemToItem(ItemId unliked) {
    Interactions all = interactions(MOVIES, "m");
    int without = all.items().indexOf(unliked);
    EnsembleConfig.Part together = new EnsembleConfig.Part(ItemToItemConfig.DEFAULT, 1);
    EnsembleConfig likes = new EnsembleConfig(List.of(together));
    EnsembleConfig answers =
        new EnsembleConfig(
            List.of(together, new EnsembleConfig.Part(AnswerRegressionConfig.DEFAULT, 3)));
    return ItemToItemEnsembles.fit(
        new ItemToItemTuning.Choice(List.of(likes, likes, likes, answers), 3, Map.of()),
        all.ofItems(item -> item != without),
        UserAttributes.NONE,
        SCALE,
        1,
        new SplittableRandom(1));
  }

  private static Provenance provenance(String job, long seed) {
    return new Provenance(job, Map.of(), "test", seed, "test", Map.of());
  }

  /** Readers of a kind of books like the films of that kind. */
  private static FactorModel ofBooks(int rank) {
    return FactorTrainers.implicitAls(
            new ImplicitAlsConfig(rank, 3, 4, 8, 0), SCALE, 1, (what, done, of) -> {})
        .fit(interactions(BOOKS, "b"), new SplittableRandom(3));
  }

  /** Content and factors of rank 4 that serve already. */
  static TrainedModels serving(ServerFixture thaw) throws InterruptedException {
    return serving(thaw, 1, null);
  }

  /** The same with a bridge from books that passed its gate. */
  static TrainedModels servingWithBridge(ServerFixture thaw) throws InterruptedException {
    return serving(thaw, 2, new BridgeTrainer());
  }

  /** The same with a bridge that ranks in a space of its own. */
  static TrainedModels servingWith(ServerFixture thaw, Trainer<BridgeData, Bridge> bridge)
      throws InterruptedException {
    return serving(
        thaw,
        2,
        (data, random) ->
            new GatedBridge(
                bridge.fit(data, random),
                new GateDecision(
                    true,
                    "ndcg@10",
                    1,
                    0,
                    new Interval(1, 1, 1, 100),
                    1,
                    2,
                    PairTest.alone(0.001))));
  }

  private static TrainedModels serving(
      ServerFixture thaw, long seed, @Nullable Trainer<BridgeData, GatedBridge> bridges)
      throws InterruptedException {
    encode(thaw);
    TrainedModels models = publish(thaw, 4, seed, bridges, 0);
    models.activate(thaw);
    models.await(thaw);
    thaw.server.refresh();
    return models;
  }

  void await(ServerFixture thaw) throws InterruptedException {
    while (!thaw.server.models().current().version().equals(set.version())) {
      Thread.sleep(5);
    }
  }

  void activate(ServerFixture thaw) {
    ArtefactStore.open(thaw.config.artefacts()).activate(set.version());
  }

  private static void index(ServerFixture thaw, VectorSpace space, FactorModel model) {
    VectorIndex index = thaw.indexes.openOrCreate(space);
    List<IndexedItem> items = new ArrayList<>();
    for (ItemId id : model.items().all()) {
      float[] vector = java.util.Objects.requireNonNull(model.indexVector(id));
      items.add(new IndexedItem(id, MOVIES, false, true, Embedding.copyOf(space, vector)));
    }
    index.upsert(items);
    index.refresh();
  }

  /** Content vectors of the thirty films: one axis a category. */
  static void encode(ServerFixture thaw) {
    VectorIndex index = thaw.indexes.openOrCreate(CONTENT);
    List<IndexedItem> items = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      float[] vector = new float[3];
      vector[i % 3] = 1;
      vector[(i + 1) % 3] = 0.01f * i;
      items.add(
          new IndexedItem(
              ItemId.of("m" + i), MOVIES, false, true, Embedding.copyOf(CONTENT, vector)));
    }
    index.upsert(items);
    index.refresh();
    thaw.indexes.activate(CONTENT);
  }

  static Interactions interactions(DomainId domain, String prefix) {
    return interactions(domain, prefix, 0);
  }

  private static Interactions interactions(DomainId domain, String prefix, int moved) {
    InteractionsBuilder all = Interactions.builder(domain);
    SplittableRandom random = new SplittableRandom(5);
    for (int user = 0; user < 201; user++) {
      for (int i = 0; i < 30; i++) {
        int category = i < 15 ? i % 3 : (i - moved + 3) % 3;
        if (category == user % 3 && random.nextDouble() < 0.8) {
          all.add(UserId.of("trained" + user), ItemId.of(prefix + i), 5);
        }
      }
    }
    return all.build();
  }

  /** A user who liked the first films of a category, as the streaming jobs would store them. */
  void storeUser(ServerFixture thaw, String user, int category, int likes) {
    History history = history(category, likes);
    EntityKey key = EntityKey.of("user_id", user, "domain", "movies");
    thaw.store.write("user_history", List.of(history.row(key, ServerFixture.NOW.minusSeconds(5))));
    UserVector vector = model.foldIn(history);
    thaw.write(
        "user_factors",
        key,
        Map.of(
            "vector", FeatureValue.Float32s.copyOf(vector.vector()),
            "space", new FeatureValue.Text(model.userSpace(ref.version()).key()),
            "bias", new FeatureValue.Float64(vector.bias()),
            "interactions", new FeatureValue.Int64(likes)));
  }

  static History history(int category, int likes) {
    List<History.Entry> entries = new ArrayList<>();
    for (int i = 0; i < likes; i++) {
      entries.add(new History.Entry(ItemId.of("m" + (category + 3 * i)), 5, 1_000L + i));
    }
    return new History(likes, entries);
  }

  static FeatureRow row(String user, int category, int likes) {
    return history(category, likes)
        .row(EntityKey.of("user_id", user, "domain", "movies"), ServerFixture.NOW.minusSeconds(5));
  }
}
