package dev.thaw.featuredefinitions.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FeatureDefinitionsTest {
  private final FeatureDefinitions shipped = FeatureDefinitions.shipped();

  @Test
  void shippedFileCoversEveryAggregateWithAtLeastTwelveRollingFeatures() {
    List<RollingAggregate> rolling =
        shipped.rollingViews().stream()
            .flatMap(view -> view.features().stream())
            .map(FeatureDefinition::rolling)
            .map(Objects::requireNonNull)
            .toList();

    assertThat(rolling).hasSizeGreaterThanOrEqualTo(12);
    assertThat(rolling.stream().map(RollingAggregate::aggregate).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(Aggregate.class));
  }

  @Test
  void joinKeysAreSortedAsFeastSortsThem() {
    assertThat(shipped.joinKeys(shipped.view("user_domain_activity")))
        .containsExactly("domain", "user_id");
    assertThat(shipped.joinKeys(shipped.view("popularity"))).containsExactly("domain", "segment");
  }
}
