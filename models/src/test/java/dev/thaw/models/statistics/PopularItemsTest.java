package dev.thaw.models.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PopularItemsTest {
  private static final Duration HALF_LIFE = Duration.ofSeconds(10);

  record Hit(int item, long time) {}

  @Provide
  Arbitrary<List<Hit>> hits() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 30).map(i -> i * i / 30),
            Arbitraries.longs().between(100_000, 160_000))
        .as(Hit::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(120);
  }

  private static PopularItems count(PopularItems items, List<Hit> hits) {
    hits.forEach(hit -> items.add(ItemId.of("i" + hit.item()), hit.time()));
    return items;
  }

  private static Map<ItemId, Double> exact(List<Hit> hits, long at) {
    Map<ItemId, Double> scores = new HashMap<>();
    hits.forEach(
        hit ->
            scores.merge(
                ItemId.of("i" + hit.item()),
                Math.pow(2, -(at - hit.time()) / 10_000.0),
                Double::sum));
    return scores;
  }

  @Property(tries = 200, seed = "411")
  void scoresAreExactWithinCapacityInAnyOrder(@ForAll("hits") List<Hit> hits) {
    long at = 200_000;
    Map<ItemId, Double> exact = exact(hits, at);
    for (int order = 0; order < 2; order++) {
      List<PopularItems.Popular> top = count(new PopularItems(HALF_LIFE, 20), hits).top(100, at);
      assertThat(top).hasSize(exact.size());
      top.forEach(p -> assertThat(p.score()).isCloseTo(exact.get(p.item()), offset(1e-9)));
      Collections.shuffle(hits, new Random(order));
    }
  }

  @Property(tries = 300, seed = "412")
  void scoresStayWithinTheBoundOfMisraAndGries(@ForAll("hits") List<Hit> hits) {
    long at = 200_000;
    Map<ItemId, Double> exact = exact(hits, at);
    double total = exact.values().stream().mapToDouble(Double::doubleValue).sum();
    PopularItems items = count(new PopularItems(HALF_LIFE, 4), hits);
    Map<ItemId, Double> kept = new HashMap<>();
    items.top(100, at).forEach(p -> kept.put(p.item(), p.score()));

    assertThat(kept).hasSizeLessThanOrEqualTo(8);
    assertThat(items.maxError(at)).isLessThanOrEqualTo(total / 5 + 1e-9);
    exact.forEach(
        (item, score) ->
            assertThat(kept.getOrDefault(item, 0.0))
                .isBetween(score - items.maxError(at) - 1e-9, score + 1e-9));
  }

  @Property(tries = 100, seed = "413")
  void restoredEqualsUninterrupted(@ForAll("hits") List<Hit> hits) {
    PopularItems items = new PopularItems(HALF_LIFE, 4);
    PopularItems restored = new PopularItems(HALF_LIFE, 4);
    for (Hit hit : hits) {
      count(items, List.of(hit));
      restored = PopularItems.fromBytes(count(restored, List.of(hit)).copy().toBytes());
    }
    assertThat(restored.toBytes()).isEqualTo(items.toBytes());
    assertThat(restored.top(9, 200_000)).isEqualTo(items.top(9, 200_000));
  }

  @Test
  void passingTimeLowersScoresAndKeepsTheOrder() {
    PopularItems items = new PopularItems(HALF_LIFE, 10);
    for (int i = 1; i <= 5; i++) {
      for (int n = 0; n < i; n++) {
        items.add(ItemId.of("i" + i), 1_000);
      }
    }
    List<PopularItems.Popular> now = items.top(3, 1_000);
    List<PopularItems.Popular> later = items.top(3, 11_000);
    assertThat(now).extracting(p -> p.item().value()).containsExactly("i5", "i4", "i3");
    assertThat(later)
        .extracting(PopularItems.Popular::item)
        .isEqualTo(now.stream().map(PopularItems.Popular::item).toList());
    assertThat(later.get(0).score()).isCloseTo(2.5, offset(1e-12));
  }

  @Test
  void yearsOfHalfLivesNeitherOverflowNorVanish() {
    PopularItems items = new PopularItems(HALF_LIFE, 10);
    SplittableRandom random = new SplittableRandom(5);
    long time = 0;
    for (int i = 0; i < 20_000; i++) {
      time += random.nextLong(60_000);
      items.add(ItemId.of("i" + i % 3), time);
      items.add(ItemId.of("late"), Math.max(0, time - 1_000_000_000L));
    }
    List<PopularItems.Popular> top = items.top(10, time);
    assertThat(top.get(0).score()).isBetween(1.0, 3.0);
    assertThat(top).allMatch(p -> Double.isFinite(p.score()));
  }

  @Property(tries = 200, seed = "414")
  void shortListsAreTheHeadOfLongOnes(@ForAll("hits") List<Hit> hits) {
    PopularItems items = count(new PopularItems(HALF_LIFE, 20), hits);
    List<PopularItems.Popular> all = items.top(1_000, 200_000);
    for (int n = 0; n <= all.size(); n++) {
      assertThat(items.top(n, 200_000)).isEqualTo(all.subList(0, n));
    }
  }

  @Test
  void removedItemsAreGoneAndTheRowListsTheRest() {
    PopularItems items = new PopularItems(HALF_LIFE, 10);
    items.add(ItemId.of("a"), 1_000);
    items.add(ItemId.of("b"), 1_000);
    items.remove(ItemId.of("a"));
    assertThat(items.row(EntityKey.of("domain", "d", "segment", "*"), 5).get("item_ids"))
        .contains(new FeatureValue.Texts(List.of("b")));
  }

  @Test
  void badBoundsAndBytesAreRefused() {
    assertThatThrownBy(() -> new PopularItems(HALF_LIFE, 0))
        .hasMessage("capacity must be in [1, 1000000], was 0");
    assertThatThrownBy(() -> PopularItems.fromBytes(new byte[] {1}))
        .hasMessageContaining("popular items must have magic 80");
  }
}
