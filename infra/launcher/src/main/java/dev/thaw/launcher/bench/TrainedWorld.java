package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.launcher.console.Progress;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.artefact.Provenance;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.serving.ServerParts;
import dev.thaw.vectorindex.BuildOrder;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What the jobs would have made of a planted world, written through the same stores and formats.
 */
final class TrainedWorld {
  /** With the bias as last component the index has 64. */
  static final int RANK = 63;

  private static final VectorSpace CONTENT =
      new VectorSpace("content", "planted", PlantedWorld.CONTENT_DIMENSION, Metric.COSINE);
  private static final int CHUNK = 2_000;
  private static final int LISTED = 500;

  private final PlantedWorld world;
  private final ThawConfig config;
  private final ServerParts parts;
  private final BenchContext context;
  private final Instant now;
  final FactorModel model;
  final VectorIndex factors;
  final VectorIndex content;
  private final ArtefactRef ref;

  /** Trains, which takes most of the time. */
  TrainedWorld(
      PlantedWorld world, ThawConfig config, ServerParts parts, BenchContext context, Instant now) {
    this.world = world;
    this.config = config;
    this.parts = parts;
    this.context = context;
    this.now = now;
    ImplicitAlsConfig als = new ImplicitAlsConfig(RANK, 1, 4, 2, 0);
    RatingScale scale = RatingScale.of(config.domains().require(PlantedWorld.DOMAIN));
    try (Progress.Task task = context.progress().begin("training " + RANK + " factors", 0)) {
      this.model =
          FactorTrainers.implicitAls(als, scale, context.threads(), TrainingProgress.SILENT)
              .fit(world.training(), new SplittableRandom(context.seed()));
    }
    this.ref =
        ArtefactStore.open(config.artefacts())
            .write(
                ArtefactKind.FACTORS,
                model,
                new Provenance(
                    "implicit-als", als.toMap(), "planted", context.seed(), "bench", Map.of()));
    this.factors = parts.indexes().openOrCreate(model.indexSpace(ref.version()));
    this.content = parts.indexes().openOrCreate(CONTENT);
  }

  /** Fills indexes and store and makes the set current. */
  void store() {
    fill(factors, i -> java.util.Objects.requireNonNull(model.indexVector(PlantedWorld.item(i))));
    fill(content, world::content);
    parts.indexes().activate(CONTENT);
    ArtefactStore artefacts = ArtefactStore.open(config.artefacts());
    ArtefactManifest set =
        artefacts.publish(
            List.of(ref),
            Map.of(factors.space().name(), ref.version(), CONTENT.name(), CONTENT.modelVersion()),
            now);
    artefacts.activate(set.version());
    write("item_statistics", "items", world.items(), this::statistics);
    parts.store().write("popularity", List.of(popularity()));
    int third = context.users() / 3;
    write("user_profile", "users without interactions", third, this::profile);
    write("user_domain_activity", "users with a taste", third, this::taste);
    write("user_history", "warm users", third, u -> warm(u).row(key("warm", u), now));
    write("user_factors", "user vectors", third, this::folded);
  }

  private void fill(VectorIndex index, IntFunction<float[]> vectors) {
    String name = "index of " + index.space().dimension() + " dimensions";
    List<Integer> order =
        BuildOrder.scattered(
            IntStream.range(0, world.items()).boxed().toList(), PlantedWorld::item);
    try (Progress.Task task = context.progress().begin(name, world.items())) {
      for (int from = 0; from < world.items(); from += CHUNK) {
        int to = Math.min(world.items(), from + CHUNK);
        index.upsert(
            order.subList(from, to).stream()
                .map(
                    i ->
                        new IndexedItem(
                            PlantedWorld.item(i),
                            PlantedWorld.DOMAIN,
                            false,
                            true,
                            Embedding.copyOf(index.space(), vectors.apply(i))))
                .toList());
        task.at(to);
      }
      index.compact();
    }
  }

  private void write(String view, String what, int count, IntFunction<FeatureRow> row) {
    try (Progress.Task task = context.progress().begin("rows of " + what, count)) {
      for (int from = 0; from < count; from += CHUNK) {
        int to = Math.min(count, from + CHUNK);
        parts.store().write(view, IntStream.range(from, to).parallel().mapToObj(row).toList());
        task.at(to);
      }
    }
  }

  private FeatureRow statistics(int item) {
    int n = world.interactions(item);
    return new FeatureRow(
        EntityKey.of("item_id", PlantedWorld.item(item).value()),
        Map.of(
            "interactions", new FeatureValue.Int64(n),
            "impressions", new FeatureValue.Int64(20L * n),
            "popularity", new FeatureValue.Float64(n),
            "cold", new FeatureValue.Bool(n < 20)),
        now);
  }

  private FeatureRow popularity() {
    List<String> ids = new ArrayList<>();
    double[] scores = new double[Math.min(LISTED, world.items())];
    for (int i = 0; i < scores.length; i++) {
      ids.add(PlantedWorld.item(i).value());
      scores[i] = world.interactions(i);
    }
    return new FeatureRow(
        EntityKey.of("domain", PlantedWorld.DOMAIN.value(), "segment", "*"),
        Map.of(
            "item_ids",
            new FeatureValue.Texts(ids),
            "scores",
            FeatureValue.Float64s.copyOf(scores)),
        now);
  }

  private FeatureRow profile(int user) {
    return new FeatureRow(
        EntityKey.of("user_id", "cold-" + user),
        Map.of("attributes", new FeatureValue.Texts(List.of("region=north", "device=phone"))),
        now);
  }

  /**
   * Of two liked items; the factors know nothing of these users, so that their content is asked.
   */
  private FeatureRow taste(int user) {
    return new FeatureRow(
        key("few", user),
        Map.of(
            "taste",
            FeatureValue.Float32s.copyOf(world.taste(few(user))),
            "taste_space",
            new FeatureValue.Text(CONTENT.key())),
        now);
  }

  private FeatureRow folded(int user) {
    UserVector vector = vector(user);
    return new FeatureRow(
        key("warm", user),
        Map.of(
            "vector", FeatureValue.Float32s.copyOf(vector.vector()),
            "space", new FeatureValue.Text(model.userSpace(ref.version()).key()),
            "bias", new FeatureValue.Float64(vector.bias()),
            "interactions", new FeatureValue.Int64(warm(user).interactions())),
        now);
  }

  UserVector vector(int user) {
    return model.foldIn(warm(user));
  }

  History warm(int user) {
    return world.warm(user, now);
  }

  History few(int user) {
    return world.few(user, now);
  }

  /** The ids of numbered items. */
  static ItemId id(int number) {
    return PlantedWorld.item(number);
  }

  private static EntityKey key(String kind, int user) {
    return EntityKey.of("user_id", kind + "-" + user, "domain", PlantedWorld.DOMAIN.value());
  }
}
