package dev.thaw.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ArmEvidence;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RanksRefreshTest {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final ItemId A = ItemId.of("a");
  private static final ItemId B = ItemId.of("b");

  @Test
  void posteriorsAreNamedByWhatWasReadAndNothingElse() {
    Map<ItemId, ArmEvidence> there = new LinkedHashMap<>();
    there.put(A, new ArmEvidence(10, 3));
    there.put(B, new ArmEvidence(5, 1));
    Map<ItemId, ArmEvidence> here = new LinkedHashMap<>();
    here.put(B, new ArmEvidence(5, 1));
    here.put(A, new ArmEvidence(10, 3));
    String version = RanksRefresh.version(MOVIES, there);
    assertThat(version).startsWith("movies@").isEqualTo(RanksRefresh.version(MOVIES, here));
    here.put(A, new ArmEvidence(10, 4));
    assertThat(RanksRefresh.version(MOVIES, here)).isNotEqualTo(version);
    assertThat(RanksRefresh.version(DomainId.of("books"), there)).isNotEqualTo(version);
  }
}
