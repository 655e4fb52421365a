package dev.thaw.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import dev.thaw.featuredefinitions.online.PassingStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.NeighbourPriors;
import dev.thaw.serving.catalogue.Catalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RanksRefreshTest {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final ItemId A = ItemId.of("a");
  private static final ItemId B = ItemId.of("b");

  private final Catalogue catalogue = new Catalogue(List.of(MOVIES));
  private Cuttable store;
  private RanksRefresh refresh;

  @BeforeEach
  void open(@TempDir Path folder) {
    store =
        new Cuttable(
            OnlineStores.open(
                new ThawConfig.Store("sqlite", folder.resolve("online.db").toString(), "thaw"),
                FeatureDefinitions.shipped().views()));
    put(A);
    put(B);
    refresh = newRefresh();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void posteriorsAreNamedByWhatWasReadAndNothingElse() {
    Map<ItemId, ArmEvidence> there = new LinkedHashMap<>();
    there.put(A, new ArmEvidence(10, 3));
    there.put(B, new ArmEvidence(5, 1));
    Map<ItemId, ArmEvidence> here = new LinkedHashMap<>();
    here.put(B, new ArmEvidence(5, 1));
    here.put(A, new ArmEvidence(10, 3));
    String version = ArmRows.version(MOVIES, there);
    assertThat(version).isEqualTo(ArmRows.version(MOVIES, here));
    here.put(A, new ArmEvidence(10, 4));
    assertThat(ArmRows.version(MOVIES, here)).isNotEqualTo(version);
    assertThat(ArmRows.version(DomainId.of("books"), there)).isNotEqualTo(version);
  }

  @Test
  void theNameFitsIntoAnImpressionHoweverLongThatOfTheDomain() {
    DomainId longest = DomainId.of("x".repeat(256));
    for (Map<ItemId, ArmEvidence> evidence :
        List.<Map<ItemId, ArmEvidence>>of(Map.of(), Map.of(A, new ArmEvidence(10, 3)))) {
      assertThat(ArmRows.version(longest, evidence))
          .isNotEmpty()
          .hasSizeLessThanOrEqualTo(WireLimits.MAX_CATEGORY);
    }
  }

  @Test
  void listsReadBeforeTheStoreFailedShowAfterTheNextRefresh() {
    popular(A, B);
    refresh.refresh();
    assertThat(first()).isEqualTo(A);

    popular(B, A);
    failAfter(1);
    refresh.refresh();
    assertThat(first()).isEqualTo(B);
  }

  @Test
  void countsReadBeforeTheStoreFailedShowAfterTheNextRefresh() {
    for (int i = 0; i < 400; i++) {
      put(ItemId.of("m" + i));
    }
    refresh.refresh();

    write("item_statistics", key(A), Map.of("interactions", new FeatureValue.Int64(7)));
    shown(A, 10, 2);
    failAfter(2);
    put(A);
    refresh.refreshFromMemory();
    refresh.refresh();
    assertThat(refresh.current().interactions(0)).isEqualTo(7);
    assertThat(refresh.current().posteriors().of(A)).isEqualTo(new ArmEvidence(10, 2));
  }

  @Test
  void anArmWhoseRowHasGoneIsOneThatWasNeverShown() {
    shown(A, 10, 2);
    shown(B, 5, 1);
    refresh.refresh();
    assertThat(refresh.current().posteriors().of(A)).isEqualTo(new ArmEvidence(10, 2));

    store.delete(List.of(new OnlineStore.Read("arm_posterior", key(A))));
    refresh.refresh();
    assertThat(refresh.current().posteriors().of(A)).isEqualTo(ArmEvidence.NONE);
    RanksRefresh restarted = newRefresh();
    restarted.refresh();
    assertThat(refresh.current().posteriors()).isEqualTo(restarted.current().posteriors());
  }

  @Test
  void aRowThatCanNotBeKeepsNoneOfTheOthersFromBeingRead() {
    shown(A, -1, 0);
    shown(B, 5, 1);
    refresh.refresh();
    assertThat(refresh.current().posteriors().of(A)).isEqualTo(ArmEvidence.NONE);
    assertThat(refresh.current().posteriors().of(B)).isEqualTo(new ArmEvidence(5, 1));
  }

  @Test
  void aConfigurationSeesItsOwnEvidenceAndThatOfAnswersOutsideOfItsExperiment() {
    Assignment usual = new Assignment("floors", "usual");
    Assignment bolder = new Assignment("floors", "bolder");
    RanksRefresh configured =
        newRefresh(
            new BanditEvidence(
                RewardDefinition.POSITIVE, List.of(usual, bolder), Map.of(), Set.of()));
    counted(
        A,
        Map.of("*:positive", new double[] {10, 2}, "floors/usual:positive", new double[] {5, 1}));
    counted(
        B, Map.of("floors/bolder:positive", new double[] {8, 4}, "*:spend", new double[] {7, 7}));
    configured.refresh();
    DomainRanks ranks = configured.current();
    assertThat(ranks.posteriors(usual).evidence())
        .isEqualTo(Map.of(A, new ArmEvidence(15, 3), B, ArmEvidence.NONE));
    assertThat(ranks.posteriors(bolder).evidence())
        .isEqualTo(Map.of(A, new ArmEvidence(10, 2), B, new ArmEvidence(8, 4)));
    assertThat(ranks.posteriors().evidence())
        .isEqualTo(Map.of(A, new ArmEvidence(15, 3), B, new ArmEvidence(8, 4)));
    assertThat(ranks.posteriors(usual).version()).isNotEqualTo(ranks.posteriors(bolder).version());
    assertThatThrownBy(() -> ranks.posteriors(new Assignment("floors", "other")))
        .hasMessageContaining("configuration must be one of");
  }

  @Test
  void evidenceFadesToTheNewestImpressionOfTheDomain() {
    RanksRefresh fading =
        newRefresh(
            new BanditEvidence(
                new RewardDefinition(
                    "positive",
                    List.of(),
                    new RewardDefinition.Whole(),
                    null,
                    Duration.ofSeconds(1)),
                List.of(),
                Map.of(),
                Set.of()));
    counted(A, 1_000, Map.of("*:positive", new double[] {8, 4}));
    counted(B, 3_000, Map.of("*:positive", new double[] {8, 4}));
    fading.refresh();
    assertThat(fading.current().posteriors().evidence())
        .isEqualTo(Map.of(A, new ArmEvidence(2, 1), B, new ArmEvidence(8, 4)));
    assertThat(fading.current().shownEver(A)).as("caps don't fade").isEqualTo(100);
    assertThat(fading.current().shownEver(ItemId.of("unseen"))).isZero();
  }

  private void counted(ItemId item, Map<String, double[]> cells) {
    counted(item, 1_000, cells);
  }

  private void counted(ItemId item, long time, Map<String, double[]> cells) {
    List<String> names = List.copyOf(cells.keySet());
    write(
        "arm_posterior",
        key(item),
        Map.of(
            "impressions",
            new FeatureValue.Int64(100),
            "rewards",
            new FeatureValue.Float64(0),
            "cells",
            new FeatureValue.Texts(names),
            "cell_impressions",
            FeatureValue.Float64s.copyOf(
                names.stream().mapToDouble(name -> cells.get(name)[0]).toArray()),
            "cell_rewards",
            FeatureValue.Float64s.copyOf(
                names.stream().mapToDouble(name -> cells.get(name)[1]).toArray()),
            "cell_times",
            FeatureValue.Int64s.copyOf(names.stream().mapToLong(name -> time).toArray())));
  }

  /** Else what exploration has found would be lost until a model learns of it. */
  @Test
  void anItemThatExplorationHasFoundSomebodyForStaysEligibleUntilItIsKnown() {
    ItemId blank = ItemId.of("blank");
    ItemId later = ItemId.of("later");
    put(blank, "");
    put(later, "");
    popular(blank, A);
    refresh.refresh();
    assertThat(newcomers()).contains(later).doesNotContain(blank);

    write("item_statistics", key(blank), Map.of("interactions", new FeatureValue.Int64(9)));
    shown(blank, 10, 9);
    refresh.refresh();
    assertThat(newcomers()).startsWith(blank).contains(later);

    shown(blank, 1_000, 9);
    refresh.refresh();
    assertThat(newcomers()).endsWith(blank);

    write("item_statistics", key(blank), Map.of("interactions", new FeatureValue.Int64(50)));
    refresh.refresh();
    assertThat(newcomers()).contains(later).doesNotContain(blank);
  }

  @Test
  void aHundredThousandArmsAreReadAndTheEligibleOnesStayFew() {
    int arms = 100_000;
    BanditEvidence evidence =
        new BanditEvidence(RewardDefinition.POSITIVE, List.of(), Map.of(), Set.of());
    ArmRows rows = new ArmRows(MOVIES, evidence);
    for (int i = 0; i < arms; i++) {
      ItemId item = ItemId.of("blank" + i);
      put(item, "");
      rows.put(item, Optional.of(row(item, 10, i == 77_777 ? 9 : 0)));
    }
    DomainRanks ranks =
        new RanksBuilder(catalogue.domains().iterator().next())
            .build(
                PopularityList.EMPTY,
                Map.of(),
                new long[0],
                rows.snapshot(
                    new LinearRows(evidence),
                    new Neighbourhoods(
                        catalogue.domains().iterator().next(), Set.of(), NeighbourPriors.DEFAULT)));
    assertThat(ranks.posteriors().evidence()).hasSize(arms);
    assertThat(ranks.rewardRate()).isEqualTo(14.0 / (100 + 10.0 * arms));
    assertThat(ranks.newcomers()).hasSize(RanksBuilder.MAX_NEWCOMERS);
    assertThat(ranks.item(ranks.newcomers()[0]).id()).isEqualTo(ItemId.of("blank77777"));
  }

  @Test
  void anArmWhoseItemIsDeletedIsNoLongerEligibleAndWhatItTaughtStays() {
    ItemId blank = ItemId.of("blank");
    put(blank, "");
    shown(blank, 10, 9);
    refresh.refresh();
    assertThat(newcomers()).contains(blank);
    catalogue.put(
        new CatalogueItem(
            blank, MOVIES, "", "", List.of(), Map.of(), false, Instant.EPOCH.plusSeconds(2)));
    refresh.refresh();
    assertThat(newcomers()).doesNotContain(blank);
    assertThat(refresh.current().posteriors().of(blank)).isEqualTo(new ArmEvidence(10, 9));
  }

  private List<ItemId> newcomers() {
    return Arrays.stream(refresh.current().newcomers())
        .mapToObj(number -> refresh.current().item(number).id())
        .toList();
  }

  private RanksRefresh newRefresh() {
    return newRefresh(new BanditEvidence(RewardDefinition.POSITIVE, List.of(), Map.of(), Set.of()));
  }

  private RanksRefresh newRefresh(BanditEvidence evidence) {
    return new RanksRefresh(
        catalogue.domains().iterator().next(), store, () -> DomainModels.NONE, evidence);
  }

  private ItemId first() {
    return refresh.current().item(refresh.current().everyone()[0]).id();
  }

  /** A refresh during which the store goes away. */
  private void failAfter(int reads) {
    store.readsLeft = reads;
    assertThatThrownBy(refresh::refresh).isInstanceOf(OnlineStoreException.class);
    store.readsLeft = Integer.MAX_VALUE;
  }

  private void popular(ItemId first, ItemId second) {
    write(
        "popularity",
        EntityKey.of("domain", MOVIES.value(), "segment", "*"),
        Map.of(
            "item_ids",
            new FeatureValue.Texts(List.of(first.value(), second.value())),
            "scores",
            FeatureValue.Float64s.copyOf(new double[] {2, 1})));
  }

  private void shown(ItemId item, long impressions, double rewards) {
    store.write("arm_posterior", List.of(row(item, impressions, rewards)));
  }

  private static FeatureRow row(ItemId item, long impressions, double rewards) {
    return new FeatureRow(
        key(item),
        Map.of(
            "impressions", new FeatureValue.Int64(impressions),
            "rewards", new FeatureValue.Float64(rewards)),
        Instant.EPOCH.plusSeconds(1));
  }

  private void write(String view, EntityKey key, Map<String, FeatureValue> features) {
    store.write(view, List.of(new FeatureRow(key, features, Instant.EPOCH.plusSeconds(1))));
  }

  private static EntityKey key(ItemId item) {
    return EntityKey.of("item_id", item.value());
  }

  private void put(ItemId item) {
    put(item, "Title");
  }

  private void put(ItemId item, String title) {
    catalogue.put(
        new CatalogueItem(
            item, MOVIES, title, "", List.of(), Map.of(), true, Instant.EPOCH.plusSeconds(1)));
  }

  /** The real store behind a line that can be cut between two reads. */
  private static final class Cuttable extends PassingStore {
    private int readsLeft = Integer.MAX_VALUE;

    Cuttable(OnlineStore store) {
      super(store);
    }

    @Override
    public List<Optional<FeatureRow>> read(List<Read> reads) {
      if (readsLeft-- <= 0) {
        throw new OnlineStoreException("connection refused");
      }
      return super.read(reads);
    }
  }
}
