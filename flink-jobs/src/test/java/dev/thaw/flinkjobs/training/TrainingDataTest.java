package dev.thaw.flinkjobs.training;

import static dev.thaw.flinkjobs.TestEvents.at;
import static dev.thaw.flinkjobs.TestEvents.click;
import static dev.thaw.flinkjobs.TestEvents.rating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestItems;
import dev.thaw.models.history.History;
import dev.thaw.models.statistics.ItemStatisticsFold;
import dev.thaw.models.statistics.ItemStatisticsState;
import dev.thaw.models.statistics.StatisticsPrior;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private final TrainingData data = new TrainingData(DomainDefinitions.shipped());

  private void event(Event event) {
    TrainingRecord record = new TrainingRecord();
    record.event = event;
    data.add(record);
  }

  private void erasure(Erasure erasure) {
    TrainingRecord record = new TrainingRecord();
    record.erasure = erasure;
    data.add(record);
  }

  private List<ItemId> historyOf(String user) {
    return data
        .interactions(TestEvents.MOVIES)
        .orElseThrow()
        .history(new UserId(user))
        .entries()
        .stream()
        .map(History.Entry::item)
        .toList();
  }

  @Test
  void nothingIsLearntFromAnErasedUserButWhatCameAfter() {
    event(rating("e1", "u1", "m1", 5, Duration.ZERO));
    erasure(Erasure.of(new UserId("u1"), at(HOUR)));
    event(rating("e2", "u1", "m2", 5, HOUR));
    event(rating("e3", "u1", "m3", 5, HOUR.multipliedBy(2)));
    event(rating("e4", "u2", "m1", 5, Duration.ZERO));
    assertThat(historyOf("u1")).containsExactly(ItemId.of("m3"));
    assertThat(historyOf("u2")).containsExactly(ItemId.of("m1"));
    assertThat(data.ratings(TestEvents.MOVIES).orElseThrow().size()).isEqualTo(2);
  }

  @Test
  void anErasureThatComesFirstErasesAllTheSame() {
    erasure(Erasure.of(new UserId("u1"), at(HOUR)));
    event(rating("e1", "u1", "m1", 5, Duration.ZERO));
    event(rating("e2", "u2", "m1", 5, Duration.ZERO));
    assertThat(data.interactions(TestEvents.MOVIES).orElseThrow().users())
        .containsExactly(new UserId("u2"));
  }

  @Test
  void anErasedItemIsInNobodysHistoryAndNoLongerAnItem() {
    event(rating("e1", "u1", "m1", 5, Duration.ZERO));
    event(rating("e2", "u1", "m2", 5, Duration.ZERO));
    erasure(Erasure.of(ItemId.of("m1"), at(HOUR)));
    assertThat(historyOf("u1")).containsExactly(ItemId.of("m2"));
    assertThat(data.interactions(TestEvents.MOVIES).orElseThrow().items().indexOf(ItemId.of("m1")))
        .isNegative();
    assertThat(data.interactionsWith(ItemId.of("m1"))).isZero();
  }

  @Test
  void interactionsAreCountedAsItemStatisticsDoes() {
    List<Event> seen =
        List.of(
            click("e1", "u1", "m1", Duration.ZERO),
            rating("e2", "u1", "m1", 2, HOUR),
            click("e3", "u2", "m1", HOUR));
    seen.forEach(this::event);
    ItemStatisticsFold online = new ItemStatisticsFold(StatisticsPrior.DEFAULT);
    ItemStatisticsState state = new ItemStatisticsState();
    seen.forEach(each -> online.add(state, each));
    EntityKey key = EntityKey.of("item_id", "m1");
    assertThat(online.row(key, state, 3).get("interactions"))
        .contains(new FeatureValue.Int64(data.interactionsWith(ItemId.of("m1"))))
        .contains(new FeatureValue.Int64(2));
    assertThat(data.interactionsWith(ItemId.of("m2"))).isZero();
  }

  @Test
  void deletedItemsVectorsAndUsersAreNotThere() {
    TrainingRecord item = new TrainingRecord();
    item.item = TestItems.item("m1", "Heat", Duration.ZERO);
    TrainingRecord profile = new TrainingRecord();
    profile.profile = new UserProfile(new UserId("u1"), Map.of(), List.of(), Instant.EPOCH);
    data.add(item);
    data.add(profile);
    assertThat(data.catalogue(TestEvents.MOVIES)).containsKey(ItemId.of("m1"));
    TrainingRecord gone = new TrainingRecord();
    gone.deletedItem = "m1";
    TrainingRecord left = new TrainingRecord();
    left.deletedUser = "u1";
    data.add(gone);
    data.add(left);
    assertThat(data.catalogue(TestEvents.MOVIES)).isEmpty();
    assertThat(data.profiles()).isEmpty();
    data.add(item);
    assertThat(data.catalogue(TestEvents.MOVIES)).as("it came back").hasSize(1);
  }

  @Test
  void vectorsAreOfTheSpaceThatMostItemsHave() {
    VectorSpace old = new VectorSpace("content", "old", 2, Metric.COSINE);
    VectorSpace fresh = new VectorSpace("content", "fresh", 2, Metric.COSINE);
    vector("m1", old);
    vector("m2", fresh);
    vector("m3", fresh);
    assertThat(data.vectors()).containsOnlyKeys(ItemId.of("m2"), ItemId.of("m3"));
  }

  private void vector(String item, VectorSpace space) {
    TrainingRecord record = new TrainingRecord();
    record.vector = new ItemVector(ItemId.of(item), Embedding.copyOf(space, new float[] {1, 0}));
    data.add(record);
  }
}
