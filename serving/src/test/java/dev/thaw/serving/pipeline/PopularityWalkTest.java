package dev.thaw.serving.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.snapshot.DomainRanks;
import dev.thaw.serving.snapshot.PopularityList;
import dev.thaw.serving.snapshot.SnapshotFixtures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PopularityWalkTest {
  private static final DomainId MOVIES = DomainId.of("movies");

  private final Catalogue catalogue = new Catalogue(List.of(MOVIES));
  private DomainCatalogue movies;
  private DomainRanks ranks;

  @BeforeEach
  void rank() {
    put("a", true, "Drama");
    put("b", true, "Comedy");
    put("c", true, "Drama", "Comedy");
    put("d", false, "Drama");
    put("e", true);
    movies = catalogue.domains().iterator().next();
    ranks =
        SnapshotFixtures.ranks(
            movies,
            new PopularityList(List.of("b", "d", "a", "unknown"), new double[] {9, 8, 7, 6}),
            Map.of("young", new PopularityList(List.of("a", "d"), new double[] {3, 2})));
  }

  @Test
  void segmentFirstThenDomainThenTheUntouchedNewestFirst() {
    assertThat(walk("young", eligibility(), 10)).containsExactly("a", "b", "e", "c");
    assertThat(walk(null, eligibility(), 10)).containsExactly("b", "a", "e", "c");
    assertThat(walk("old", eligibility(), 2)).containsExactly("b", "a");
  }

  @Test
  void leavesOutWhatIsExcludedUnavailableOrOfOtherCategories() {
    assertThat(walk("young", eligibility("a"), 10)).containsExactly("b", "e", "c");
    assertThat(walk("young", categories("Drama"), 10)).containsExactly("a", "c");
    assertThat(walk(null, categories("Drama", "Comedy"), 10)).containsExactly("b", "a", "c");
    assertThat(walk(null, categories("Western"), 10)).isEmpty();
  }

  @Test
  void findsTheLastEligibleItemEvenIfItCameAfterTheSnapshot() {
    put("f", true, "Western");
    assertThat(walk(null, eligibility("a", "b", "c", "e"), 10)).containsExactly("f");
    assertThat(walk(null, categories("Western"), 10)).containsExactly("f");
  }

  @Test
  void findsTheLastEligibleItemEvenIfItBecameAvailableAfterTheSnapshot() {
    put("d", true, "Drama");
    assertThat(walk(null, eligibility("a", "b", "c", "e"), 10)).containsExactly("d");
    assertThat(walk("young", categories("Drama"), 10)).containsExactly("a", "c", "d");
  }

  @Test
  void anItemDeletedAfterTheSnapshotIsGone() {
    catalogue.delete(ItemId.of("b"));
    assertThat(walk(null, eligibility(), 10)).containsExactly("a", "e", "c");
  }

  private List<String> walk(String segment, Eligibility eligibility, int wanted) {
    return PopularityWalk.walk(ranks, segment, eligibility, List.of(), wanted).stream()
        .map(each -> each.item().id().value())
        .toList();
  }

  private Eligibility eligibility(String... excluded) {
    return Eligibility.in(
        movies, List.of(), java.util.Arrays.stream(excluded).map(ItemId::of).toList());
  }

  private Eligibility categories(String... categories) {
    return Eligibility.in(movies, List.of(categories));
  }

  private void put(String id, boolean available, String... categories) {
    catalogue.put(
        new CatalogueItem(
            ItemId.of(id),
            MOVIES,
            "Title of " + id,
            "",
            List.of(categories),
            Map.of(),
            available,
            Instant.EPOCH.plusSeconds(id.charAt(0))));
  }
}
