package dev.thaw.flinkjobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.UserSegment;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestFolder;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.entry.TrainingInputs;
import dev.thaw.flinkjobs.entry.TrainingJobs;
import dev.thaw.flinkjobs.trainmeta.TrainMeta;
import dev.thaw.flinkjobs.trainsegments.TrainSegments;
import dev.thaw.flinkjobs.trainsequences.SequenceParameters;
import dev.thaw.flinkjobs.trainsequences.TrainSequences;
import dev.thaw.flinkjobs.traintabular.TrainTabular;
import dev.thaw.models.artefact.ArtefactException;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.artefact.Provenance;
import dev.thaw.models.bridge.GateDecision;
import dev.thaw.models.bridge.PairFamily;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.meta.AdaptedPart;
import dev.thaw.models.meta.Evidence;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.segments.SegmentModel;
import dev.thaw.models.sequential.DinModel;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.models.tabular.TabularModel;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One training run on the files of a data folder, every job on Flink, without a broker. */
class TrainingJobsTest {
  private static final Instant NOW = TestEvents.at(Duration.ofDays(30));
  private static final String BAD_LINE = "{\"event_id\":\"bad\",\"user_id\":\"u1\"";

  @TempDir static Path home;
  private static final Queue<UserSegment> SEGMENTS = new ConcurrentLinkedQueue<>();
  private static ThawConfig config;
  private static ArtefactSet set;

  @BeforeAll
  static void train() throws Exception {
    Path data = TestFolder.write(home.resolve("data"));
    String events = Files.readString(data.resolve("events.jsonl"));
    Files.writeString(
        data.resolve("events.jsonl"), events + asSession(events, "u1") + BAD_LINE + "\n");
    ThawConfig embedded = ThawConfig.embedded(home);
    config =
        embedded
            .withIndex(new ThawConfig.Index("lucene", home.resolve("index").toString()))
            .withJobs(
                embedded
                    .jobs()
                    .withParameters(
                        Map.ofEntries(
                            Map.entry("train-factors.rank", "8"),
                            Map.entry("train-bridge.cmf", "true"),
                            Map.entry("train-bridge.bitgcf", "true"),
                            Map.entry("train-bridge.bitgcf.steps", "5"),
                            Map.entry("train-routing.users", "160"),
                            Map.entry("train-sequences.epochs", "2"),
                            Map.entry("train-sequences.dimension", "8"),
                            Map.entry("train-tabular.epochs", "3"),
                            Map.entry("train-meta.epochs", "2"),
                            Map.entry("train-meta.dimension", "4"),
                            Map.entry("train-meta.hidden", "8"))));
    TrainingInputs inputs = new TrainingInputs.OfFolder(data, NOW);
    TrainingSettings settings = TrainingSettings.of(config, "run-1", 11, "rev-7");
    TrainingJobs.factors(settings, inputs).build(config).execute();
    TrainingJobs.bridge(settings, inputs).build(config).execute();
    TrainingJobs.projection(settings, inputs).build(config).execute();
    segments(settings, inputs);
    TrainingJobs.routing(settings, inputs).build(config).execute();
    TrainingJobs.meta(settings, inputs).build(config).execute();
    TrainingJobs.sequences(settings, inputs).build(config).execute();
    TrainingJobs.tabular(settings, inputs).build(config).execute();
    SetPublication publication = SetPublication.in(config.artefacts());
    ArtefactManifest manifest = publication.publish("run-1", NOW);
    try (VectorIndexes indexes = indexes()) {
      publication.activate(manifest, indexes);
    }
    set = ArtefactStore.open(config.artefacts()).load(manifest.version());
  }

  /** What a user did, done by an anonymous session. */
  private static String asSession(String events, String user) {
    return events
        .lines()
        .filter(line -> line.contains("\"user_id\":\"" + user + "\""))
        .map(
            line ->
                line.replace("\"user_id\":\"", "\"user_id\":\"session:")
                    .replace("\"event_id\":\"", "\"event_id\":\"s-"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void segments(TrainingSettings settings, TrainingInputs inputs) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnds ends = ends(env, TrainSegments.NAME);
    TrainSegments.build(
        inputs.events(ends).union(inputs.profiles(ends)), settings, new Collecting());
    env.execute();
  }

  /** Gathers in this process. */
  private static final class Collecting implements Sink<UserSegment> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<UserSegment> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(UserSegment segment, Context ignored) {
          SEGMENTS.add(segment);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }

  private static VectorIndexes indexes() {
    return VectorIndexFactory.open(config.index());
  }

  @Test
  void eachDomainHasFactorsForRankingAndForRatingsAndSaysWhereTheyComeFrom() {
    for (DomainId domain : List.of(TestEvents.MOVIES, TestEvents.BOOKS)) {
      ArtefactSet.Versioned<FactorModel> ranking = set.factors(domain).orElseThrow();
      assertThat(ranking.model().kind()).isEqualTo(FactorKind.IMPLICIT);
      assertThat(ranking.model().rank()).isEqualTo(8);
      Provenance provenance = ranking.provenance();
      assertThat(provenance.trainer()).isEqualTo("implicit-als");
      assertThat(provenance.seed()).isEqualTo(11);
      assertThat(provenance.revision()).isEqualTo("rev-7");
      assertThat(provenance.dataHash()).hasSize(64);
      assertThat(provenance.params()).containsEntry("rank", "8").containsKey("lambda");
      assertThat(provenance.metrics().get("cold_ndcg@10"))
          .as("tastes are plain to see")
          .isGreaterThan(provenance.metrics().get("cold_popularity_ndcg@10"));

      ArtefactSet.Versioned<FactorModel> ratings = set.ratings(domain).orElseThrow();
      assertThat(ratings.model().kind()).isEqualTo(FactorKind.EXPLICIT);
      assertThat(ratings.provenance().trainer()).isIn("explicit-als", "biased-factorisation");
      assertThat(ratings.provenance().metrics().get("rmse"))
          .isLessThan(ratings.provenance().metrics().get("bias_rmse"));
      assertThat(set.popularity(domain)).isPresent();

      Map<String, Double> together = set.itemToItem(domain).orElseThrow().provenance().metrics();
      assertThat(together.get("few_chosen_at_ndcg@10"))
          .isGreaterThan(together.get("few_popularity_ndcg@10"));
    }
    assertThat(set.factors(TestEvents.MOVIES).orElseThrow().provenance().dataHash())
        .isNotEqualTo(set.factors(TestEvents.BOOKS).orElseThrow().provenance().dataHash());
  }

  @Test
  void eachDomainHasAMetaLearnedModelOverItsRatingFactors() {
    for (DomainId domain : List.of(TestEvents.MOVIES, TestEvents.BOOKS)) {
      ArtefactSet.Versioned<MetaModel> meta = set.meta(domain).orElseThrow();
      assertThat(meta.model().domain()).isEqualTo(domain);
      assertThat(meta.model().items()).isEqualTo(set.ratings(domain).orElseThrow().model().items());
      assertThat(meta.model().inner().part())
          .as("what is kept of a user is small")
          .isEqualTo(AdaptedPart.LATER);
      assertThat(meta.provenance().params())
          .containsEntry("factors", set.ratings(domain).orElseThrow().version())
          .containsEntry("profiles", "attributes")
          .containsEntry("catalogue", "attributes")
          .containsEntry("content", "none")
          .containsEntry("epochs", "2");
      assertThat(meta.provenance().metrics())
          .containsKeys("held_out_loss", "held_out_unadapted_loss", "held_out_base_loss");
      Evidence evidence = set.evidence(domain).orElseThrow().model();
      assertThat(evidence.metaVersion()).isEqualTo(meta.model().version());
      assertThat(evidence.candidates()).hasSize(TestFolder.ITEMS);
    }
  }

  @Test
  void eachDomainHasATabularNetworkOverItsFactors() {
    for (DomainId domain : List.of(TestEvents.MOVIES, TestEvents.BOOKS)) {
      ArtefactSet.Versioned<TabularModel> tabular =
          ArtefactStore.open(config.artefacts())
              .models(set.version(), ArtefactKind.TABULAR)
              .stream()
              .filter(each -> each.model().domain().equals(domain))
              .findFirst()
              .orElseThrow();
      assertThat(tabular.model().rank()).isEqualTo(8);
      assertThat(tabular.provenance().params())
          .containsEntry("factors", set.factors(domain).orElseThrow().version())
          .containsEntry("epochs", "3");
      assertThat(tabular.provenance().metrics()).containsKeys("loss", "constant_loss", "items");
    }
  }

  @Test
  void aMetaLearningThatDivergesIsSaidAndWhatServesIsTakenOver() throws Exception {
    String name = "diverged";
    TrainingRun run = TrainingRun.open(config.artefacts(), name);
    set.manifest().objects().stream()
        .filter(ref -> ref.kind().equals(ArtefactKind.RATINGS.name()))
        .forEach(run::record);
    ThawConfig wild =
        config.withJobs(config.jobs().withParameters(Map.of("train-meta.learning_rate", "1e9")));
    assertThat(said(TrainingSettings.of(wild, name, 13, "rev-9")))
        .hasSize(2)
        .allSatisfy(
            each ->
                assertThat(each)
                    .contains("meta-learning diverged at step", "learning rate 1.0E9", "stays"));
    ArtefactManifest next = SetPublication.in(config.artefacts()).publish(name, NOW);
    ArtefactSet after = ArtefactStore.open(config.artefacts()).load(next.version());
    assertThat(after.meta(TestEvents.MOVIES).orElseThrow().version())
        .isEqualTo(set.meta(TestEvents.MOVIES).orElseThrow().version());
    assertThat(after.evidence(TestEvents.MOVIES)).isPresent();
  }

  private static List<String> said(TrainingSettings settings) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnds ends = ends(env, TrainMeta.NAME);
    TrainingInputs inputs = new TrainingInputs.OfFolder(home.resolve("data"), NOW);
    return TrainMeta.build(inputs.events(ends), settings).executeAndCollect(10);
  }

  @Test
  void eachDomainWhoseLikesHaveAnOrderHasASequentialModel() {
    for (DomainId domain : List.of(TestEvents.MOVIES, TestEvents.BOOKS)) {
      ArtefactSet.Versioned<SequentialModel> sequential = set.sequential(domain).orElseThrow();
      assertThat(sequential.model().domain()).isEqualTo(domain);
      assertThat(sequential.model().items().size()).isEqualTo(TestFolder.ITEMS);
      Provenance provenance = sequential.provenance();
      assertThat(provenance.trainer()).isEqualTo("sasrec");
      assertThat(provenance.seed()).isEqualTo(11);
      assertThat(provenance.dataHash()).hasSize(64);
      assertThat(provenance.params())
          .containsEntry("epochs", "2")
          .containsEntry("dimension", "8")
          .containsEntry("blocks", "2");
      assertThat(provenance.metrics().get("held_out_users")).isEqualTo(40);
      assertThat(provenance.metrics().get("held_out_loss"))
          .isLessThanOrEqualTo(provenance.metrics().get("held_out_start_loss"));
    }
  }

  @Test
  void theModelMayBeDinAndNoOther() throws Exception {
    ThawConfig asking =
        config.withJobs(
            config
                .jobs()
                .withParameters(
                    Map.of(
                        "train-sequences.model", "din",
                        "train-sequences.epochs", "1",
                        "train-sequences.dimension", "4")));
    assertThat(saidOfSequences(TrainingSettings.of(asking, "din", 13, "rev-9"), "data"))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each).contains("held out"));
    ArtefactRef ref =
        TrainingRun.open(config.artefacts(), "din")
            .find(ArtefactKind.SEQUENTIAL, ArtefactKind.scope(TestEvents.MOVIES))
            .orElseThrow();
    ArtefactSet.Versioned<SequentialModel> written =
        ArtefactStore.open(config.artefacts()).read(ArtefactKind.SEQUENTIAL, ref);
    assertThat(written.model()).isInstanceOf(DinModel.class);
    assertThat(written.provenance().trainer()).isEqualTo("din");
    assertThat(written.provenance().params())
        .containsEntry("dimension", "4")
        .containsEntry("negatives", "20");
    ThawConfig wrong =
        config.withJobs(config.jobs().withParameters(Map.of("train-sequences.model", "gru")));
    TrainingSettings settings = TrainingSettings.of(wrong, "gru", 13, "rev-9");
    assertThatThrownBy(() -> SequenceParameters.trainer(settings, TrainingProgress.SILENT))
        .hasMessage("jobs.parameters train-sequences.model must be sasrec or din, was \"gru\"");
  }

  @Test
  void aSequentialTrainingThatDivergesIsSaidAndWhatServesIsTakenOver() throws Exception {
    String name = "sequences-diverged";
    ThawConfig wild =
        config.withJobs(
            config.jobs().withParameters(Map.of("train-sequences.learning_rate", "1e9")));
    assertThat(saidOfSequences(TrainingSettings.of(wild, name, 13, "rev-9"), "data"))
        .hasSize(2)
        .allSatisfy(
            each ->
                assertThat(each)
                    .contains("SASRec of", "diverged at step", "learning rate 1.0E9", "stays"));
    assertThat(TrainingRun.open(config.artefacts(), name).artefacts())
        .extracting(ArtefactRef::version)
        .contains(set.sequential(TestEvents.MOVIES).orElseThrow().version());
  }

  @Test
  void aDomainOfWhichTooFewUsersHaveAnOrderIsPassedOverWithTheReason() throws Exception {
    Path few = home.resolve("few");
    Files.createDirectories(few);
    Files.write(
        few.resolve("events.jsonl"),
        Files.readAllLines(home.resolve("data").resolve("events.jsonl")).stream()
            .filter(line -> line.matches(".*\"user_id\":\"u[0-9]\".*"))
            .toList());
    assertThat(saidOfSequences(TrainingSettings.of(config, "few", 13, "rev-9"), "few"))
        .allSatisfy(
            each ->
                assertThat(each)
                    .startsWith("no sequential model of ")
                    .endsWith("needs 100 users with likes at two different times, there are 10"));
  }

  private static List<String> saidOfSequences(TrainingSettings settings, String folder)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnds ends = ends(env, TrainSequences.NAME);
    TrainingInputs inputs = new TrainingInputs.OfFolder(home.resolve(folder), NOW);
    return TrainSequences.build(inputs.events(ends), settings).executeAndCollect(10);
  }

  @Test
  void aTabularTrainingThatDivergesIsSaidAndWhatServesIsTakenOver() throws Exception {
    String name = "tabular-diverged";
    set.manifest().objects().stream()
        .filter(ref -> ref.kind().equals(ArtefactKind.FACTORS.name()))
        .forEach(TrainingRun.open(config.artefacts(), name)::record);
    ThawConfig wild =
        config.withJobs(
            config.jobs().withParameters(Map.of("train-tabular.learning_rate", "1e200")));
    TrainingSettings settings = TrainingSettings.of(wild, name, 13, "rev-9");
    assertThat(saidOfTabular(settings, home.resolve("data")))
        .hasSize(2)
        .allSatisfy(
            each ->
                assertThat(each).contains("tabular encoder diverged at step", "1.0E200", "stays"));
    assertThat(TrainingRun.open(config.artefacts(), name).artefacts())
        .filteredOn(ref -> ref.kind().equals(ArtefactKind.TABULAR.name()))
        .hasSize(2)
        .allSatisfy(ref -> assertThat(set.manifest().objects()).contains(ref));
  }

  @Test
  void itemsThatSayNothingOfThemselvesTeachNoTabularEncoder() throws Exception {
    String name = "tabular-few";
    set.manifest().objects().stream()
        .filter(ref -> ref.kind().equals(ArtefactKind.FACTORS.name()))
        .filter(ref -> ref.scope().equals(ArtefactKind.scope(TestEvents.MOVIES)))
        .forEach(TrainingRun.open(config.artefacts(), name)::record);
    Path silent = Files.createDirectories(home.resolve("silent"));
    Files.copy(home.resolve("data").resolve("events.jsonl"), silent.resolve("events.jsonl"));
    Files.writeString(
        silent.resolve("items.jsonl"),
        Files.readString(home.resolve("data").resolve("items.jsonl"))
            .replaceAll("\"categories\":\\[[^]]*]", "\"categories\":[]"));
    assertThat(saidOfTabular(TrainingSettings.of(config, name, 13, "rev-9"), silent))
        .containsExactlyInAnyOrder(
            "no tabular encoder of movies: needs 10 items with factors and attributes or"
                + " categories, there are 0",
            "no tabular encoder of books: it has no factors in this run");
  }

  private static List<String> saidOfTabular(TrainingSettings settings, Path folder)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnds ends = ends(env, TrainTabular.NAME);
    TrainingInputs inputs = new TrainingInputs.OfFolder(folder, NOW);
    return TrainTabular.build(inputs.events(ends).union(inputs.items(ends)), settings)
        .executeAndCollect(10);
  }

  private static JobEnds ends(StreamExecutionEnvironment env, String job) {
    return new JobEnds(
        config,
        env,
        job,
        () -> {
          throw new IllegalStateException("no store here");
        });
  }

  @Test
  void theBridgesGateIsDecidedAndBothItsNumbersAreKept() {
    var bridge = set.bridge(TestEvents.BOOKS, TestEvents.MOVIES).orElseThrow();
    GateDecision gate = bridge.model().decision();
    Map<String, Double> metrics = bridge.provenance().metrics();
    assertThat(metrics)
        .containsEntry("bridged_" + gate.metric(), gate.bridged())
        .containsEntry("target_only_" + gate.metric(), gate.targetOnly())
        .as("the session too")
        .containsEntry("overlap_users", TestFolder.USERS + 1.0)
        .containsEntry("deciding_users", (double) gate.difference().users())
        .containsEntry("p_value", gate.test().p())
        .containsEntry("p_value_among_pairs", gate.test().adjusted())
        .containsEntry("pairs", (double) gate.test().pairs())
        .containsEntry("enabled", 1.0);
    assertThat(gate.test().adjusted())
        .as("among %s pairs", gate.test().pairs())
        .isLessThanOrEqualTo(PairFamily.ALPHA);
    assertThat(metrics.get("difference_low")).isGreaterThan(0);
    assertThat(bridge.provenance().params())
        .containsEntry("source_factors", set.factors(TestEvents.BOOKS).orElseThrow().version())
        .containsEntry("target_factors", set.factors(TestEvents.MOVIES).orElseThrow().version())
        .as("what was asked for")
        .containsEntry("cmf", "true")
        .containsEntry("bitgcf.steps", "5");
  }

  @Test
  void aCandidateThatDivergesIsLeftOutWhichTheProvenanceSays() throws Exception {
    Map<String, String> wild =
        Map.of("train-bridge.bitgcf", "true", "train-bridge.bitgcf.learning_rate", "1e6");
    assertThat(bridged("wild", wild).get("diverged"))
        .contains("BiTGCF books -> movies diverged at step 2 with learning rate 1000000.0");
  }

  /** Parameters in the provenance of the bridge from books to movies, trained again. */
  private static Map<String, String> bridged(String run, Map<String, String> parameters)
      throws Exception {
    TrainingRun artefacts = TrainingRun.open(config.artefacts(), run);
    set.manifest().objects().stream()
        .filter(ref -> ref.kind().equals(ArtefactKind.FACTORS.name()))
        .forEach(artefacts::record);
    ThawConfig asking =
        config
            .withStore(new ThawConfig.Store("sqlite", home.resolve(run + ".db").toString(), run))
            .withJobs(config.jobs().withParameters(parameters));
    TrainingInputs inputs = new TrainingInputs.OfFolder(home.resolve("data"), NOW);
    TrainingJobs.bridge(TrainingSettings.of(asking, run, 11, "rev-7"), inputs)
        .build(asking)
        .execute();
    ArtefactRef ref =
        artefacts
            .find(ArtefactKind.BRIDGE, ArtefactKind.pair(TestEvents.BOOKS, TestEvents.MOVIES))
            .orElseThrow();
    return ArtefactStore.open(config.artefacts())
        .read(ArtefactKind.BRIDGE, ref)
        .provenance()
        .params();
  }

  @Test
  void usersOfTheSourceAreMappedIntoTheSpaceOfTheNewFactors() {
    Map<String, FeatureValue> features = mapped("u1").orElseThrow().features();
    assertThat(features.get("space"))
        .isEqualTo(
            new FeatureValue.Text(
                "factors.movies@" + set.factors(TestEvents.MOVIES).orElseThrow().version()));
    assertThat(features.get("source_domain")).isEqualTo(new FeatureValue.Text("books"));
    assertThat(features.get("vector")).isInstanceOf(FeatureValue.Float32s.class);
    var bridge = set.bridge(TestEvents.BOOKS, TestEvents.MOVIES).orElseThrow();
    assertThat(Optional.ofNullable(features.get("ranking_space")))
        .as("where the bridge %s ranks", bridge.model().bridge().name())
        .isEqualTo(
            bridge
                .model()
                .rankingSpace(bridge.version())
                .map(space -> new FeatureValue.Text(space.key())));
    assertThat(features.containsKey("ranking_vector"))
        .isEqualTo(features.containsKey("ranking_space"));
    assertThat(mapped("session:u1")).as("nothing would delete it").isEmpty();
  }

  private static Optional<FeatureRow> mapped(String user) {
    try (OnlineStore store = OnlineStores.open(config.store(), config.features().views())) {
      EntityKey key = EntityKey.of("user_id", user, "domain", "movies");
      return store.read(List.of(new OnlineStore.Read("user_mapped", key))).get(0);
    }
  }

  @Test
  void everyItemOfTheCatalogueStandsInTheIndexThatTheSetNames() {
    try (VectorIndexes indexes = indexes()) {
      for (DomainId domain : List.of(TestEvents.MOVIES, TestEvents.BOOKS)) {
        String space = FactorModel.spaceName(domain);
        String version = set.indexVersion(space).orElseThrow();
        VectorIndex index = indexes.find(space, version).orElseThrow();
        assertThat(index.size()).isEqualTo(TestFolder.ITEMS + 1);
        assertThat(indexes.active(space).orElseThrow().space()).isEqualTo(index.space());
        assertThat(index.space())
            .isEqualTo(set.factors(domain).orElseThrow().model().indexSpace(version));
        assertThat(index.find(TestFolder.item(domain, 0)).orElseThrow().cold()).isFalse();
        assertThat(index.find(TestFolder.item(domain, TestFolder.ITEMS)).orElseThrow().cold())
            .as("nobody has touched it")
            .isTrue();
      }
    }
    Provenance provenance = set.projection(TestEvents.MOVIES).orElseThrow().provenance();
    assertThat(provenance.params())
        .containsEntry("factors", set.factors(TestEvents.MOVIES).orElseThrow().version())
        .containsKey("lambda");
    assertThat(provenance.metrics()).containsKeys("new_items_ndcg@10", "held_out_items");
  }

  @Test
  void usersAreToldTheirSegmentsAndAnUnknownAttributeFallsBackToTheWholeDomain() {
    SegmentModel model = set.segments(TestEvents.MOVIES).orElseThrow().model();
    assertThat(model.segments()).as("regions go with tastes").hasSizeGreaterThan(1);
    assertThat(model.assign(Map.of("region", "r1")).isWholeDomain()).isFalse();
    assertThat(model.assign(Map.of("region", "nowhere")).isWholeDomain()).isTrue();
    assertThat(model.assign(Map.of()).isWholeDomain()).isTrue();
    assertThat(SEGMENTS)
        .as("sessions are told none, nothing would delete it")
        .noneMatch(segment -> UserId.isSession(segment.userId().value()))
        .filteredOn(segment -> segment.domain().equals(TestEvents.MOVIES))
        .hasSize(TestFolder.USERS)
        .filteredOn(segment -> segment.userId().equals(new UserId("u1")))
        .singleElement()
        .satisfies(segment -> assertThat(segment.time()).isBefore(NOW));
  }

  @Test
  void theRoutingSaysOfEveryDomainWhatWasMeasuredOnUsersHeldOut() {
    for (DomainId domain : List.of(TestEvents.MOVIES, TestEvents.BOOKS)) {
      var routing = set.routing(domain).orElseThrow();
      assertThat(routing.model().domain()).isEqualTo(domain);
      assertThat(routing.model().cells())
          .isNotEmpty()
          .allSatisfy(cell -> assertThat(cell.users()).isBetween(0, 160))
          .anySatisfy(cell -> assertThat(cell.users()).isGreaterThan(100));
      assertThat(routing.provenance().trainer()).isEqualTo("train-routing");
      assertThat(routing.provenance().params())
          .containsEntry("folds", "4")
          .containsEntry("max_users", "160");
      assertThat(routing.provenance().metrics()).containsKey("from_1_mapped_users");
    }
    assertThat(set.routing(TestEvents.MOVIES).orElseThrow().model().cell(0, true))
        .as("readers are mapped")
        .isPresent();
  }

  @Test
  void aLineThatIsNoEventGoesToTheDeadLettersAndTheRestIsLearntFrom() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("dead-letters/train-factors"))) {
      List<String> letters =
          files.filter(Files::isRegularFile).flatMap(file -> lines(file).stream()).toList();
      assertThat(letters).singleElement().asString().contains("events.jsonl", "\\\"bad\\\"");
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTrainingThatEndsHalfWayLeavesTheOldSetServing() throws Exception {
    TrainingInputs inputs = new TrainingInputs.OfFolder(home.resolve("data"), NOW);
    TrainingJobs.factors(TrainingSettings.of(config, "killed", 12, "rev-8"), inputs)
        .build(config)
        .execute();
    ArtefactStore store = ArtefactStore.open(config.artefacts());
    assertThat(store.current()).contains(set.version());

    TrainingRun killed = TrainingRun.open(config.artefacts(), "killed");
    var half = killed.artefacts().get(0);
    Path model =
        config
            .artefacts()
            .resolve("objects")
            .resolve(half.kind())
            .resolve(half.scope())
            .resolve(half.version())
            .resolve("model.bin");
    Files.write(model, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> SetPublication.in(config.artefacts()).publish("killed", NOW))
        .isInstanceOf(ArtefactException.class)
        .hasMessageContaining("model.bin of 3 bytes must have SHA-256");
    assertThat(store.current()).contains(set.version());
    assertThat(store.load(set.version()).factors(TestEvents.MOVIES)).isPresent();
    assertThatThrownBy(() -> SetPublication.in(config.artefacts()).publish("never", NOW))
        .hasMessageContaining("training run never")
        .hasMessageContaining("no artefact");
  }
}
