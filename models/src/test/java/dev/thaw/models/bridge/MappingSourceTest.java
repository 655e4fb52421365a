package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.metrics.Interval;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MappingSourceTest {
  private record Source(GatedBridge bridge, History history) {}

  private static Source source(String domain, boolean enabled, int least, int interactions) {
    Bridge bridge =
        new LinearBridge(
            new DomainId(domain),
            new DomainId("movies"),
            1,
            new float[] {0, 1},
            new BiasTransfer(0));
    GateDecision decision =
        new GateDecision(
            enabled, "ndcg@10", 1, 0, new Interval(1, 1, 1, 50), least, 1, PairTest.alone(0.001));
    List<History.Entry> entries =
        IntStream.range(0, interactions)
            .mapToObj(i -> new History.Entry(new ItemId(domain + i), 5, i))
            .toList();
    return new Source(new GatedBridge(bridge, decision), new History(interactions, entries));
  }

  private static Optional<String> chosen(Source... sources) {
    return MappingSource.longest(List.of(sources), Source::bridge, Source::history)
        .map(found -> found.source().bridge().bridge().source().value());
  }

  @Test
  void theLongestHistoryIsMappedWhereverItStands() {
    Source few = source("a", true, 1, 3);
    Source many = source("b", true, 1, 30);
    assertThat(chosen(few, many)).contains("b");
    assertThat(chosen(many, few)).contains("b");
  }

  @Test
  void ofEquallyLongHistoriesTheFirstDomainIsMappedWhateverTheOrder() {
    Source one = source("a", true, 1, 5);
    Source other = source("b", true, 1, 5);
    assertThat(chosen(one, other)).isEqualTo(chosen(other, one)).contains("a");
  }

  @Test
  void aSourceWhoseGateDoesNotAdmitTheUserIsPassedOver() {
    Source disabled = source("a", false, 1, 50);
    Source tooShort = source("b", true, 20, 10);
    assertThat(chosen(disabled, tooShort, source("c", true, 1, 2))).contains("c");
    assertThat(chosen(disabled, tooShort)).isEmpty();
    assertThat(chosen(source("d", true, 1, 0))).as("nothing to map").isEmpty();
  }
}
