package dev.thaw.flinkjobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestFolder;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.trainfactors.TrainFactors;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job train-factors in one task, and distributed in one task and in four; a user and an item
 * were erased.
 */
class DistributedFactorsTest {
  private static final Instant NOW = TestEvents.at(Duration.ofDays(30));
  private static final ItemId ERASED = TestFolder.item(TestEvents.MOVIES, 5);
  private static final List<Erasure> ERASURES =
      List.of(
          new Erasure(Erasure.Subject.USER, "u7", NOW),
          new Erasure(Erasure.Subject.ITEM, ERASED.value(), NOW));
  private static final Change<UserProfile> PROFILE =
      new Change<>("u8", UserProfile.empty(new UserId("u8")));
  private static final Map<String, String> DISTRIBUTED =
      Map.of("train-factors.distributed", "true");

  @TempDir static Path home;
  private static List<Event> events;
  private static ArtefactSet whole;
  private static ArtefactSet byOne;
  private static ArtefactSet byFour;

  @BeforeAll
  static void train() throws Exception {
    events = events();
    whole = train("whole", 1, Map.of());
    byOne = train("one", 1, DISTRIBUTED);
    byFour = train("four", 4, DISTRIBUTED);
  }

  /** Of some users in one domain. */
  private static List<Event> events() throws IOException {
    var format = WireFormats.events(DomainDefinitions.shipped(), WireLimits.DEFAULT);
    return Files.readAllLines(TestFolder.write(home.resolve("data")).resolve("events.jsonl"))
        .stream()
        .map(line -> format.read(line.getBytes(StandardCharsets.UTF_8), NOW).orElseThrow())
        .filter(event -> event.domain().equals(TestEvents.MOVIES))
        .filter(event -> event.userId().value().length() < 4)
        .toList();
  }

  private static TrainingSettings settings(String run, Map<String, String> more) {
    ThawConfig embedded = ThawConfig.embedded(home);
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("train-factors.rank", "8");
    parameters.put("train-factors.sweeps", "5");
    return TrainingSettings.of(
        embedded.withJobs(embedded.jobs().withParameters(parameters)), run, 11, "rev-7");
  }

  private static StreamExecutionEnvironment job(TrainingSettings settings, int parallelism) {
    Configuration flink = JobEnvironment.configuration(ThawConfig.embedded(home), "test");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
    TrainFactors.build(
            TrainingRecord.ofEvents(env.fromData(events, StreamTypes.EVENT))
                .union(TrainingRecord.ofErasures(env.fromData(ERASURES, StreamTypes.ERASURE))),
            () ->
                TrainingRecord.ofProfiles(
                    env.fromData(List.of(PROFILE), Change.type(StreamTypes.PROFILE))),
            settings)
        .sinkTo(new DiscardingSink<>());
    return env;
  }

  private static ArtefactSet train(String run, int parallelism, Map<String, String> more)
      throws Exception {
    TrainingSettings settings = settings(run, more);
    job(settings, parallelism).execute();
    Path artefacts = Path.of(settings.artefacts());
    var manifest = SetPublication.in(artefacts).publish(run, NOW);
    return ArtefactStore.open(artefacts).load(manifest.version());
  }

  @Test
  void anyParallelismGivesTheFactorsOfOneTaskByItself() {
    for (ArtefactSet each : List.of(byOne, byFour)) {
      equal(factors(each), factors(whole), 1e-4f);
      assertThat(each.popularity(TestEvents.MOVIES).orElseThrow().model())
          .isEqualTo(whole.popularity(TestEvents.MOVIES).orElseThrow().model());
      assertThat(each.itemToItem(TestEvents.MOVIES).orElseThrow().provenance().metrics())
          .isEqualTo(whole.itemToItem(TestEvents.MOVIES).orElseThrow().provenance().metrics());
      assertThat(each.factors(TestEvents.MOVIES).orElseThrow().provenance().metrics())
          .as("what was chosen on all users, as the sample has them all")
          .isEqualTo(whole.factors(TestEvents.MOVIES).orElseThrow().provenance().metrics());
    }
    equal(factors(byFour), factors(byOne), 0);
    equal(ratings(byFour), ratings(byOne), 0);
  }

  private static FactorModel factors(ArtefactSet set) {
    return set.factors(TestEvents.MOVIES).orElseThrow().model();
  }

  private static FactorModel ratings(ArtefactSet set) {
    return set.ratings(TestEvents.MOVIES).orElseThrow().model();
  }

  private static void equal(FactorModel one, FactorModel other, float tolerance) {
    assertThat(one.items()).isEqualTo(other.items());
    for (int i = 0; i < other.items().size(); i++) {
      assertThat(one.indexVector(i)).containsExactly(other.indexVector(i), within(tolerance));
    }
  }

  @Test
  void ratingFactorsAreThoseOfTheTrainerInOneProcess() {
    TrainingData data = new TrainingData(DomainDefinitions.shipped());
    for (Event event : events) {
      TrainingRecord record = new TrainingRecord();
      record.event = event;
      data.add(record);
    }
    for (Erasure erasure : ERASURES) {
      TrainingRecord record = new TrainingRecord();
      record.erasure = erasure;
      data.add(record);
    }
    Interactions ratings = data.ratings(TestEvents.MOVIES).orElseThrow();
    Map<String, String> chosen =
        byFour.ratings(TestEvents.MOVIES).orElseThrow().provenance().params();
    ExplicitAlsConfig config =
        ExplicitAlsConfig.DEFAULT
            .withSize(8, 5)
            .withRegularisation(
                Double.parseDouble(chosen.get("lambda")),
                Double.parseDouble(chosen.get("count_power")),
                Double.parseDouble(chosen.get("fold_in_lambda")));
    RatingScale scale = RatingScale.of(DomainDefinitions.shipped().require(TestEvents.MOVIES));
    FactorModel alone =
        FactorTrainers.explicitAls(config, scale, 1, TrainingProgress.SILENT)
            .fit(ratings, settings("any", Map.of()).random("als"));
    equal(ratings(byFour), alone, 1e-4f);
    assertThat(ratings(byFour).items().indexOf(ERASED)).isNegative();
  }

  @Test
  void theProvenanceSaysThatItWasDistributed() {
    assertThat(byFour.factors(TestEvents.MOVIES).orElseThrow().provenance().params())
        .containsEntry("distributed", "true")
        .containsEntry("parallelism", "4")
        .containsEntry("blocks", "32")
        .containsEntry("rank", "8");
    assertThat(byFour.itemToItem(TestEvents.MOVIES).orElseThrow().provenance().params())
        .containsEntry("sampled_users", "99");
    assertThat(byFour.ratings(TestEvents.MOVIES).orElseThrow().provenance().dataHash())
        .isEqualTo(byOne.ratings(TestEvents.MOVIES).orElseThrow().provenance().dataHash())
        .hasSize(64);
    assertThat(whole.factors(TestEvents.MOVIES).orElseThrow().provenance().params())
        .doesNotContainKey("distributed");
  }

  /** They hold the ratings: most of what lies between the steps. */
  @Test
  void blocksAreWrittenOnceForAllStepsOfTheirSide() {
    Map<String, List<Integer>> readers = new HashMap<>();
    job(settings("graph", DISTRIBUTED), 4)
        .getStreamGraph()
        .getJobGraph()
        .getVertices()
        .forEach(
            step ->
                readers.put(
                    step.getName(),
                    step.getProducedDataSets().stream()
                        .map(written -> written.getConsumers().size())
                        .sorted()
                        .toList()));
    assertThat(readers)
        .containsEntry("train-factors-begin", List.of(1, 4))
        .containsEntry("train-factors-items-1", List.of(1, 4))
        .containsEntry("train-factors-users-1", List.of(1))
        .containsEntry("train-factors-items-2", List.of(1));
  }

  @Test
  void aParameterOutOfBoundsIsNamed() {
    Map<String, String> none = new HashMap<>(DISTRIBUTED);
    none.put("train-factors.blocks", "0");
    assertThatThrownBy(() -> job(settings("bad", none), 1))
        .hasMessage("jobs.parameters train-factors.blocks must be in [1, 1024], was 0");
    assertThatThrownBy(() -> job(settings("bad", Map.of("train-factors.distributed", "yes")), 1))
        .hasMessage("jobs.parameters train-factors.distributed must be true or false, was \"yes\"");
  }
}
