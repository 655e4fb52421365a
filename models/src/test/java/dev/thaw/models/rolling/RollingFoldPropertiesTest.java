package dev.thaw.models.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.Aggregate;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.views.RollingAggregate;
import dev.thaw.featuredefinitions.vocabulary.Event;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of the rolling fold over random sequences: late, out of order, silent, restored. */
class RollingFoldPropertiesTest {
  private static final FeatureView VIEW = RollingExamples.everyAggregate();
  private static final RollingFold FOLD = RollingExamples.fold(VIEW, RollingLimits.DEFAULT);
  private static final RollingLimits TIGHT = new RollingLimits(4, 10, 5);
  private static final RollingFold TIGHT_FOLD = RollingExamples.fold(VIEW, TIGHT);

  /** One thing that happens to a key: an event, or the clock alone. */
  record Step(boolean tick, long gap, long late, String type, int item, double value) {}

  @Provide
  Arbitrary<List<Step>> sequences() {
    Arbitrary<Long> gap =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(20, Arbitraries.longs().between(0, 300)),
            net.jqwik.api.Tuple.of(3, Arbitraries.longs().between(500, 4_000)),
            net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(7_000, 12_000)));
    Arbitrary<Long> late =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.just(0L)),
            net.jqwik.api.Tuple.of(3, Arbitraries.longs().between(0, 2_000)),
            net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(2_000, 12_000)));
    return Combinators.combine(
            Arbitraries.integers().between(0, 9).map(i -> i == 0),
            gap,
            late,
            Arbitraries.of("view", "click", "like", "rating", "skip", "rating"),
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(2, 10).map(v -> v / 2.0))
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  /** Plays a step on the fold and its reference; event times start at the epoch plus a day. */
  private static long play(
      RollingFold fold,
      RollingState state,
      RollingReference reference,
      long clock,
      Step step,
      int n) {
    long now = clock + step.gap();
    if (step.tick()) {
      fold.advanceTo(state, now);
      reference.advanceTo(now);
      return now;
    }
    Double value = step.type().equals("rating") ? step.value() : null;
    Event event =
        RollingExamples.event("e" + n, step.type(), "i" + step.item(), value, now - step.late());
    fold.add(state, event, RollingExamples.vectorOf(event.itemId()));
    reference.add(event);
    return now;
  }

  @Property(tries = 400, seed = "101")
  void foldEqualsTheReferenceAfterEveryStep(@ForAll("sequences") List<Step> steps) {
    RollingState state = FOLD.empty();
    RollingReference reference = new RollingReference(VIEW);
    long clock = 86_400_000;
    for (int i = 0; i < steps.size(); i++) {
      clock = play(FOLD, state, reference, clock, steps.get(i), i);
      assertThat(state.frontier()).isEqualTo(reference.frontier);
      assertSame(FOLD.values(state), reference.values());
    }
  }

  @Property(tries = 200, seed = "102")
  void restoredEqualsUninterrupted(@ForAll("sequences") List<Step> steps) {
    RollingState state = FOLD.empty();
    RollingState restored = FOLD.empty();
    RollingReference unused = new RollingReference(VIEW);
    long clock = 86_400_000;
    for (int i = 0; i < steps.size(); i++) {
      long before = clock;
      clock = play(FOLD, state, unused, before, steps.get(i), i);
      play(FOLD, restored, unused, before, steps.get(i), i);
      restored =
          i % 2 == 0 ? FOLD.adopt(RollingState.fromBytes(restored.toBytes())) : restored.copy();
    }
    assertThat(FOLD.values(restored)).isEqualTo(FOLD.values(state));
    assertThat(restored.toBytes()).isEqualTo(state.toBytes());
  }

  @Property(tries = 300, seed = "103")
  void timersTellEveryChangeAndEndInNothing(@ForAll("sequences") List<Step> steps) {
    RollingState state = FOLD.empty();
    RollingReference reference = new RollingReference(VIEW);
    long clock = 86_400_000;
    for (int i = 0; i < steps.size(); i++) {
      clock = play(FOLD, state, reference, clock, steps.get(i), i);
    }
    int timers = 0;
    while (!FOLD.isEmpty(state)) {
      long next = FOLD.nextChange(state);
      assertThat(next).isGreaterThan(state.frontier()).isLessThan(Long.MAX_VALUE);
      reference.advanceTo(next - 1);
      assertSame(FOLD.values(state), reference.values());
      FOLD.advanceTo(state, next);
      reference.advanceTo(next);
      assertSame(FOLD.values(state), reference.values());
      assertThat(++timers).isLessThanOrEqualTo(VIEW.features().size() * (steps.size() + 1));
    }
    assertThat(FOLD.nextChange(state)).isEqualTo(Long.MAX_VALUE);
    if (state.frontier() != Long.MIN_VALUE) {
      assertThat(FOLD.values(state).get("count_1s")).isEqualTo(new FeatureValue.Int64(0));
      assertThat(FOLD.values(state).get("mean_all")).isEqualTo(FeatureValue.MISSING);
    }
  }

  @Property(tries = 300, seed = "104")
  void crowdedWindowsStayWithinOnePane(@ForAll("sequences") List<Step> steps) {
    RollingState state = TIGHT_FOLD.empty();
    RollingReference reference = new RollingReference(VIEW);
    long clock = 86_400_000;
    for (int i = 0; i < steps.size(); i++) {
      clock = play(TIGHT_FOLD, state, reference, clock, steps.get(i), i);
      for (long silence : new long[] {0, 700, 1_500, 2_600}) {
        assertWithinPane(reference, state.copy(), state.frontier() + silence);
      }
    }
  }

  private static void assertWithinPane(RollingReference reference, RollingState state, long at) {
    TIGHT_FOLD.advanceTo(state, at);
    Map<String, FeatureValue> values = TIGHT_FOLD.values(state);
    for (FeatureDefinition feature : VIEW.features()) {
      if (at == reference.frontier || feature.rolling().window() != null) {
        assertWithinPane(reference, feature.rolling(), values.get(feature.name()), at);
      }
    }
  }

  @Property(tries = 200, seed = "105")
  void lookingAtValuesChangesNothing(@ForAll("sequences") List<Step> steps) {
    RollingState watched = TIGHT_FOLD.empty();
    RollingState left = TIGHT_FOLD.empty();
    RollingReference unused = new RollingReference(VIEW);
    long clock = 86_400_000;
    for (int i = 0; i < steps.size(); i++) {
      long before = clock;
      clock = play(TIGHT_FOLD, watched, unused, before, steps.get(i), i);
      play(TIGHT_FOLD, left, unused, before, steps.get(i), i);
      TIGHT_FOLD.values(watched);
      TIGHT_FOLD.nextChange(watched);
    }
    assertThat(TIGHT_FOLD.values(left)).isEqualTo(TIGHT_FOLD.values(watched));
    assertThat(left.toBytes()).isEqualTo(watched.toBytes());
  }

  private static void assertWithinPane(
      RollingReference reference, RollingAggregate rolling, FeatureValue actual, long at) {
    FeatureValue exact = reference.value(rolling, at, 0);
    if (rolling.aggregate() == Aggregate.DISTINCT) {
      long distinct = ((FeatureValue.Int64) exact).value();
      assertThat(actual)
          .isEqualTo(new FeatureValue.Int64(Math.min(distinct, TIGHT.distinctValues())));
    } else if (rolling.window() == null || rolling.aggregate() == Aggregate.LAST) {
      assertSame(Map.of("value", actual), Map.of("value", exact));
    } else if (rolling.aggregate() == Aggregate.COUNT) {
      long pane = (rolling.window().toMillis() + TIGHT.panes() - 1) / TIGHT.panes();
      FeatureValue longer = reference.value(rolling, at, pane);
      assertThat(((FeatureValue.Int64) actual).value())
          .isBetween(((FeatureValue.Int64) exact).value(), ((FeatureValue.Int64) longer).value());
    }
  }

  private static void assertSame(
      Map<String, FeatureValue> actual, Map<String, FeatureValue> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, value) -> assertClose(name, actual.get(name), value));
  }

  private static void assertClose(String name, FeatureValue actual, FeatureValue expected) {
    if (expected instanceof FeatureValue.Float64 number
        && actual instanceof FeatureValue.Float64 other) {
      assertThat(other.value())
          .as(name)
          .isCloseTo(number.value(), org.assertj.core.data.Offset.offset(1e-9));
    } else if (expected instanceof FeatureValue.Float32s vector
        && actual instanceof FeatureValue.Float32s other) {
      assertThat(other.toArray())
          .as(name)
          .containsExactly(vector.toArray(), org.assertj.core.data.Offset.offset(2e-5f));
    } else {
      assertThat(actual).as(name).isEqualTo(expected);
    }
  }
}
