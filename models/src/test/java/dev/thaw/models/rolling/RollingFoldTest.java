package dev.thaw.models.rolling;

import static dev.thaw.models.rolling.RollingExamples.event;
import static dev.thaw.models.rolling.RollingExamples.feature;
import static dev.thaw.models.rolling.RollingExamples.fold;
import static dev.thaw.models.rolling.RollingExamples.rolling;
import static dev.thaw.models.rolling.RollingExamples.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.Aggregate;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.RollingAggregate;
import dev.thaw.featuredefinitions.views.ValueType;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollingFoldTest {
  private static final FeatureDefinition COUNT =
      feature("n_1s", ValueType.INT64, rolling(Aggregate.COUNT, null, List.of(), 1_000));
  private static final FeatureDefinition SUM =
      feature("sum", ValueType.DOUBLE, rolling(Aggregate.SUM, "value", List.of(), 0));

  @Test
  void rowIsKeyedByTheEntitiesAndTimedByTheFrontier() {
    RollingFold fold = fold(view("v", COUNT), RollingLimits.DEFAULT);
    RollingState state = fold.empty();
    assertThat(fold.add(state, event("a", "view", "i", null, 5_000), null)).isTrue();
    fold.advanceTo(state, 5_500);
    EntityKey key = fold.keyOf(event("a", "view", "i", null, 5_000));

    FeatureRow row = fold.row(key, state);

    assertThat(key).isEqualTo(EntityKey.of("user_id", "u", "domain", "movies"));
    assertThat(row.eventTime()).isEqualTo(Instant.ofEpochMilli(5_500));
    assertThat(row.get("n_1s")).contains(new FeatureValue.Int64(1));
  }

  @Test
  void countFallsToZeroOneWindowAfterTheLastEventEvenWhenMerged() {
    RollingFold fold = fold(view("v", COUNT), new RollingLimits(2, 6, 1));
    RollingState state = fold.empty();
    for (int i = 0; i < 1_000; i++) {
      fold.add(state, event("e" + i, "view", "i", null, 10_000 + i), null);
    }
    fold.advanceTo(state, 11_998);
    assertThat(fold.values(state).get("n_1s")).isNotEqualTo(new FeatureValue.Int64(0));
    fold.advanceTo(state, 11_999);
    assertThat(fold.values(state).get("n_1s")).isEqualTo(new FeatureValue.Int64(0));
    assertThat(fold.isEmpty(state)).isTrue();
  }

  @Test
  void stateOfABusyKeyStaysBounded() {
    RollingFold fold = fold(RollingExamples.everyAggregate(), RollingLimits.DEFAULT);
    RollingState state = fold.empty();
    for (int i = 0; i < 50_000; i++) {
      fold.add(state, event("e" + i, "rating", "i" + i, 3.0, 10_000 + i / 20), null);
    }
    assertThat(state.toBytes().length).isLessThan(60_000);
  }

  @Test
  void addedFeaturesStartEmptyRemovedOnesGoAndOthersStay() {
    RollingFold before = fold(view("v", COUNT, SUM), RollingLimits.DEFAULT);
    RollingState state = before.empty();
    before.add(state, event("a", "rating", "i", 4.0, 5_000), null);
    FeatureDefinition added =
        feature("max", ValueType.DOUBLE, rolling(Aggregate.MAX, "value", List.of(), 0));
    RollingFold after = fold(view("v", added, SUM), RollingLimits.DEFAULT);

    RollingState adopted = after.adopt(RollingState.fromBytes(state.toBytes()));
    after.add(adopted, event("b", "rating", "i", 2.0, 5_100), null);

    assertThat(after.values(adopted))
        .containsOnlyKeys("max", "sum")
        .containsEntry("sum", new FeatureValue.Float64(6))
        .containsEntry("max", new FeatureValue.Float64(2));
  }

  @Test
  void changedDefinitionUnderTheSameNameStartsEmpty() {
    RollingFold before = fold(view("v", SUM), RollingLimits.DEFAULT);
    RollingState state = before.empty();
    before.add(state, event("a", "rating", "i", 4.0, 5_000), null);
    FeatureDefinition changed =
        feature("sum", ValueType.DOUBLE, rolling(Aggregate.SUM, "value", List.of("rating"), 0));
    RollingFold after = fold(view("v", changed), RollingLimits.DEFAULT);

    assertThat(after.values(after.adopt(state))).containsEntry("sum", new FeatureValue.Float64(0));
  }

  @Test
  void newestSpaceWinsInAVectorMean() {
    FeatureDefinition taste =
        feature(
            "taste",
            ValueType.FLOAT_LIST,
            RollingExamples.decayed(Aggregate.DECAYED_VECTOR_MEAN, "item.vector", 1_000, false));
    FeatureDefinition space =
        feature("space", ValueType.STRING, rolling(Aggregate.LAST, "item.space", List.of(), 0));
    RollingFold fold = fold(view("v", taste, space), RollingLimits.DEFAULT);
    VectorSpace old = new VectorSpace("content", "1", 2, Metric.COSINE);
    VectorSpace current = new VectorSpace("content", "2", 3, Metric.COSINE);
    RollingState state = fold.empty();
    fold.add(
        state, event("a", "like", "i", null, 1_000), Embedding.copyOf(old, new float[] {1, 0}));
    fold.add(
        state,
        event("b", "like", "j", null, 2_000),
        Embedding.copyOf(current, new float[] {0, 1, 0}));
    fold.add(
        state, event("c", "like", "k", null, 1_500), Embedding.copyOf(old, new float[] {1, 1}));

    assertThat(fold.needsItemVectors()).isTrue();
    assertThat(fold.values(state))
        .containsEntry("taste", FeatureValue.Float32s.copyOf(0, 1, 0))
        .containsEntry("space", new FeatureValue.Text("content@2"));
  }

  @Test
  void weightsSurviveAgesFarBeyondTheRangeOfADouble() {
    FeatureDefinition decayed =
        feature(
            "decayed",
            ValueType.DOUBLE,
            RollingExamples.decayed(Aggregate.DECAYED_MEAN, "value", 1, false));
    RollingFold fold = fold(view("v", decayed), RollingLimits.DEFAULT);
    RollingState state = fold.empty();
    fold.add(state, event("a", "rating", "i", 1.0, 1_000), null);
    fold.add(state, event("b", "rating", "i", 5.0, 7_000), null);
    fold.add(state, event("c", "rating", "i", 2.0, 2_000), null);

    assertThat(fold.values(state)).containsEntry("decayed", new FeatureValue.Float64(5.0));
  }

  @Test
  void badDefinitionsAreRefusedWithViewFeatureAndReason() {
    assertThatThrownBy(
            () ->
                fold(
                    view(
                        "v",
                        feature(
                            "x", ValueType.STRING, rolling(Aggregate.MEAN, "value", List.of(), 1))),
                    RollingLimits.DEFAULT))
        .hasMessage("view v, feature x: type must be INT32, INT64, FLOAT or DOUBLE, was STRING");
    assertThatThrownBy(
            () ->
                fold(
                    view(
                        "v",
                        feature(
                            "x",
                            ValueType.DOUBLE,
                            rolling(Aggregate.MEAN, "colour", List.of(), 1))),
                    RollingLimits.DEFAULT))
        .hasMessageContaining("view v, feature x: field must be")
        .hasMessageContaining("was colour");
    assertThatThrownBy(
            () ->
                fold(
                    view(
                        "v",
                        feature(
                            "x",
                            ValueType.DOUBLE,
                            rolling(Aggregate.DECAYED_MEAN, "value", List.of(), 0))),
                    RollingLimits.DEFAULT))
        .hasMessageContaining("needs a half_life of at least 1 ms, was null");
    assertThatThrownBy(() -> new RollingLimits(10, 20, 5)).hasMessageContaining("cells 20");
  }

  @Test
  void damagedBytesAreRefused() {
    RollingFold fold = fold(RollingExamples.everyAggregate(), RollingLimits.DEFAULT);
    RollingState state = fold.empty();
    fold.add(state, event("a", "rating", "i", 4.0, 5_000), null);
    byte[] bytes = state.toBytes();

    for (int length = 0; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> RollingState.fromBytes(torn))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rolling state");
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> RollingState.fromBytes(longer)).hasMessageContaining("too many");
    bytes[0] = 0;
    assertThatThrownBy(() -> RollingState.fromBytes(bytes)).hasMessageContaining("magic 82");
  }

  @Test
  void aVectorThatComesAfterItsEventEndsInTheSameRowAndCountsNothingTwice() {
    FeatureDefinition space =
        feature("space", ValueType.STRING, rolling(Aggregate.LAST, "item.space", List.of(), 2_000));
    FeatureDefinition inSpace =
        feature(
            "in_space",
            ValueType.INT64,
            new RollingAggregate(
                Aggregate.COUNT,
                null,
                List.of(),
                Map.of("item.space", List.of(RollingExamples.SPACE.key())),
                false,
                null,
                null,
                null));
    List<FeatureDefinition> features = new ArrayList<>(RollingExamples.everyAggregate().features());
    features.addAll(List.of(space, inSpace));
    RollingFold fold =
        fold(view("v", features.toArray(FeatureDefinition[]::new)), RollingLimits.DEFAULT);
    List<String> types = List.of("view", "click", "like", "rating");
    RollingState together = fold.empty();
    RollingState apart = fold.empty();
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      Event event =
          event("e" + i, types.get(i % 4), "i" + random.nextInt(40), 1.0 + i % 5, 5_000 + 30L * i);
      Embedding vector = RollingExamples.vectorOf(event.itemId());
      fold.add(together, event, vector);
      fold.add(apart, event, null);
      if (vector != null) {
        fold.correct(apart, event, vector);
      }
      assertThat(fold.values(apart)).isEqualTo(fold.values(together));
    }
    assertThat(fold.values(apart).get("in_space")).isNotEqualTo(new FeatureValue.Int64(0));
    assertThat(fold.values(apart).get("taste")).isInstanceOf(FeatureValue.Float32s.class);
  }

  @Test
  void aCorrectionOfAViewWithoutVectorsChangesNothing() {
    RollingFold fold = fold(view("v", COUNT, SUM), RollingLimits.DEFAULT);
    RollingState state = fold.empty();
    Event event = event("a", "rating", "i", 4.0, 5_000);
    fold.add(state, event, null);
    Embedding vector = Embedding.copyOf(RollingExamples.SPACE, new float[] {1, 0, 0});
    assertThat(fold.correct(state, event, vector)).isFalse();
    assertThat(fold.values(state).get("n_1s")).isEqualTo(new FeatureValue.Int64(1));
    assertThat(fold.values(state).get("sum")).isEqualTo(new FeatureValue.Float64(4));
  }
}
