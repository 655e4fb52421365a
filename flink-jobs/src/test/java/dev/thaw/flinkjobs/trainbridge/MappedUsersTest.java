package dev.thaw.flinkjobs.trainbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.artefact.Provenance;
import dev.thaw.models.bridge.Bridge;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainers;
import dev.thaw.models.bridge.GateDecision;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.PairTest;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.training.TrainingProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedUsersTest {
  private static final DomainId BOOKS = TestEvents.BOOKS;
  private static final DomainId MOVIES = TestEvents.MOVIES;
  private static final RatingScale SCALE =
      RatingScale.of(DomainDefinitions.shipped().get(MOVIES).orElseThrow());

  @TempDir Path folder;

  private final TrainingData data = data();
  private final Interactions books = data.interactions(BOOKS).orElseThrow();
  private final Interactions movies = data.positives(MOVIES).orElseThrow();

  private static TrainingData data() {
    TrainingData data = new TrainingData(DomainDefinitions.shipped());
    SplittableRandom random = new SplittableRandom(3);
    for (DomainId domain : List.of(BOOKS, MOVIES)) {
      for (int u = 0; u < 40; u++) {
        for (int n = 0; n < 6; n++) {
          TrainingRecord record = new TrainingRecord();
          record.event =
              Event.of(
                      EventId.of(domain + "-" + u + "-" + n),
                      new UserId("u" + u),
                      ItemId.of(domain + "-" + u % 2 + "-" + random.nextInt(8)),
                      domain,
                      EventType.RATING,
                      TestEvents.at(Duration.ofMinutes(n)))
                  .withValue(5);
          data.add(record);
        }
      }
    }
    return data;
  }

  private static FactorModel factors(Interactions positives, long seed) {
    return FactorTrainers.implicitAls(
            new ImplicitAlsConfig(4, 5, 1, 5, 0), SCALE, 1, TrainingProgress.SILENT)
        .fit(positives, new SplittableRandom(seed));
  }

  /** Of one training. */
  private record Models(FactorModel source, FactorModel target, GatedBridge bridge) {}

  private Models models(boolean kernel, long seed) {
    FactorModel source = factors(books, seed);
    FactorModel target = factors(movies, seed);
    BridgeData pair = new BridgeData(books, movies, source, target);
    SplittableRandom random = new SplittableRandom(seed);
    Bridge bridge =
        kernel
            ? BridgeTrainers.kernel().fit(pair, random)
            : BridgeTrainers.linear().fit(pair, random);
    Interval gain = new Interval(1, 1, 1, 100);
    return new Models(
        source,
        target,
        new GatedBridge(
            bridge, new GateDecision(true, "ndcg@10", 1, 0, gain, 1, 2, PairTest.alone(0.001))));
  }

  /** The set that serves while the next is trained. */
  private ArtefactSet active(Models models) {
    ArtefactStore store = ArtefactStore.open(folder);
    Provenance provenance = new Provenance("test", Map.of(), "hash", 1, "rev", Map.of());
    return store.load(
        store
            .publish(
                List.of(
                    store.write(ArtefactKind.FACTORS, models.source, provenance),
                    store.write(ArtefactKind.FACTORS, models.target, provenance),
                    store.write(ArtefactKind.BRIDGE, models.bridge, provenance)),
                Map.of(),
                TestEvents.START)
            .version());
  }

  private Map<String, Map<String, FeatureValue>> rows(Models now, Optional<ArtefactSet> active) {
    MappedUsers.From from =
        new MappedUsers.From(
            BOOKS, now.bridge, "new", now.source, now.target.userSpace("new-factors"));
    List<ViewRow> rows = new ArrayList<>();
    new MappedUsers(data, MOVIES, List.of(from), active).rows(rows::add);
    Map<String, Map<String, FeatureValue>> byUser = new HashMap<>();
    rows.forEach(each -> byUser.put(each.row().key().toString(), each.row().features()));
    return byUser;
  }

  private Map<String, FeatureValue> row(String user, Models now, Optional<ArtefactSet> active) {
    return rows(now, active).entrySet().stream()
        .filter(each -> each.getKey().contains(user))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void aPlaceUnderTheBridgeThatServesStandsBesideTheNewOne() {
    Models served = models(true, 1);
    ArtefactSet set = active(served);
    Models now = models(true, 2);
    Map<String, FeatureValue> features = row("u17", now, Optional.of(set));
    float[] newPlace = place(now);
    float[] servedPlace = place(served);
    assertThat(newPlace).isNotEqualTo(servedPlace);
    assertThat(features)
        .containsEntry("ranking_vector", FeatureValue.Float32s.copyOf(newPlace))
        .containsEntry("ranking_space", new FeatureValue.Text("bridge.books.movies@new"))
        .containsEntry("previous_ranking_vector", FeatureValue.Float32s.copyOf(servedPlace))
        .containsEntry(
            "previous_ranking_space",
            new FeatureValue.Text(
                "bridge.books.movies@" + set.bridge(BOOKS, MOVIES).orElseThrow().version()));
  }

  private float[] place(Models models) {
    return Objects.requireNonNull(
        models.bridge.map(books.history(new UserId("u17")), models.source).orElseThrow().place());
  }

  @Test
  void aBridgeThatRanksByTheFactorsHasNoPlaceButAVector() {
    Map<String, FeatureValue> features =
        row("u17", models(true, 2), Optional.of(active(models(false, 1))));
    assertThat(features)
        .containsKeys("ranking_vector", "previous_vector", "previous_space")
        .doesNotContainKeys("previous_ranking_vector", "previous_ranking_space");
    features = row("u17", models(false, 2), Optional.of(active(models(true, 1))));
    assertThat(features)
        .containsKeys("vector", "previous_ranking_vector", "previous_ranking_space")
        .doesNotContainKeys("ranking_vector", "ranking_space");
  }

  @Test
  void whereNothingServesYetThereIsNothingBefore() {
    assertThat(row("u17", models(true, 2), Optional.empty()))
        .containsKeys("vector", "ranking_vector")
        .allSatisfy((name, value) -> assertThat(name).doesNotStartWith("previous_"));
  }
}
