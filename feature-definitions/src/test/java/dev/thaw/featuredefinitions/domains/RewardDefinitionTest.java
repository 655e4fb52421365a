package dev.thaw.featuredefinitions.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.yaml.YamlFault;
import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewardDefinitionTest {
  private static final String DOMAIN =
      """
      version: 1
      domains:
        - name: shop
          rating: {min: 1, max: 5}
          positive: {rating_at_least: 4, types: [like]}
          rewards:
      """;
  private static final String REWARDS =
      """
            - {name: positive}
            - {name: click, types: [click]}
            - {name: liked, types: [rating], at_least: 4.5}
            - {name: spend, types: [purchase], up_to: 50, window: 7d, half_life: 60d}
            - {name: dwell, types: [view], of: dwell_seconds, at_least: 30}
      """;

  private static DomainDefinitions read(String rewards) {
    return DomainsYaml.read(YamlMapping.parse("domains.yaml", DOMAIN + rewards));
  }

  private static final DomainDefinition SHOP = read(REWARDS).all().get(0);

  private static Event event(String type, @Nullable Double value, @Nullable String dwell) {
    return new Event(
        EventId.of("e"),
        UserId.of("u"),
        ItemId.of("i"),
        SHOP.name(),
        new EventType(type),
        value,
        Instant.EPOCH,
        dwell == null ? Map.of() : Map.of("dwell_seconds", dwell),
        null,
        null,
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "positive, like, , , 1",
    "positive, rating, 4, , 1",
    "positive, rating, 3, , ",
    "positive, click, , , ",
    "click, click, , , 1",
    "click, like, , , ",
    "liked, rating, 4, , ",
    "liked, rating, 4.5, , 1",
    "spend, purchase, 10, , 0.2",
    "spend, purchase, 50, , 1",
    "spend, purchase, 80, , 1",
    "spend, purchase, 0, , 0",
    "dwell, view, , 29.9, ",
    "dwell, view, , 30, 1",
    "dwell, click, , 90, ",
    "dwell, view, , , ",
    "spend, purchase, , , "
  })
  void anEventEarnsWhatTheDefinitionSays(
      String reward, String type, Double value, String dwell, Double earned) {
    var earns = SHOP.reward(reward).of(event(type, value, dwell), SHOP);
    if (earned == null) {
      assertThat(earns).isEmpty();
    } else {
      assertThat(earns).hasValue(earned);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "spend, purchase, -5, , 'value of a reward must be >= 0, was -5.0'",
    "dwell, view, , long, 'context.dwell_seconds of a reward must be a number, was long'",
    "dwell, view, , NaN, 'context.dwell_seconds of a reward must be a number, was NaN'"
  })
  void whatCannotBeMeasuredIsSaid(
      String reward, String type, Double value, String dwell, String reason) {
    assertThatThrownBy(() -> SHOP.reward(reward).of(event(type, value, dwell), SHOP))
        .hasMessage(reason);
  }

  @Test
  void windowsAndHalfLivesAreTheirOwnAndWhatIsWrittenIsRead() {
    assertThat(SHOP.reward().name()).isEqualTo("positive");
    Duration usual = Duration.ofMinutes(30);
    assertThat(SHOP.reward("click").window(usual)).isEqualTo(usual);
    assertThat(SHOP.reward("spend").window(usual)).isEqualTo(Duration.ofDays(7));
    assertThat(SHOP.reward("spend").halfLife()).isEqualTo(Duration.ofDays(60));

    DomainDefinitions domains = read(REWARDS);
    assertThat(DomainsYaml.read(YamlMapping.parse("again", domains.toYaml()))).isEqualTo(domains);
    assertThat(DomainDefinitions.shipped().all())
        .allSatisfy(each -> assertThat(each.rewards()).containsOnly(RewardDefinition.POSITIVE));
    assertThatThrownBy(() -> SHOP.reward("fame"))
        .hasMessage(
            "reward of shop must be one of [positive, click, liked, spend, dwell], was fame");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: Fame}                                        | name: must be a letter",
        "{name: a, types: [applause]}                        | types: must be among",
        "{name: a, at_least: 3}                              | types must name the events",
        "{name: a, types: [rating], at_least: 3, up_to: 4}   | up_to: must be left out",
        "{name: a, types: [purchase], up_to: 0}              | up_to: must be > 0, was 0.0",
        "{name: a, types: [view], of: dwell}                 | of: must be left out",
        "{name: a, types: [view], at_least: 30}              | of: must be a key of the events'",
        "{name: a, window: 0s}                               | window: must be at least 1 ms",
        "{name: a, half: 1d}                                 | half"
      })
  void badDefinitionsNameFileLineAndBound(String reward, String reason) {
    assertThatThrownBy(() -> read("      - " + reward.strip() + "\n"))
        .isInstanceOf(YamlFault.class)
        .hasMessageContaining("domains.yaml")
        .hasMessageContaining(reason);
  }

  @Test
  void rewardsOfADomainDiffer() {
    assertThatThrownBy(() -> read("      - {name: a}\n      - {name: a}\n"))
        .hasMessageContaining("rewards: of shop must differ in name, were [a, a]");
    assertThat(DomainId.of("shop")).isEqualTo(SHOP.name());
  }
}
