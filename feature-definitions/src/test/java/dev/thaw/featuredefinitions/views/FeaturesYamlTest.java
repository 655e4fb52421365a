package dev.thaw.featuredefinitions.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.yaml.YamlFault;
import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesYamlTest {
  private static final String GOOD =
      """
      version: 1
      project: thaw
      entities:
        - {name: user, join_key: user_id, description: A user}
        - {name: segment, join_key: segment, description: A group}
      views:
        - name: activity
          entities: [user]
          ttl: 7d
          writer: user-features
          owner: me
          description: What a user did
          features:
            - {name: amount, type: DOUBLE, aggregate: sum, field: value, window: 1d, description: Sum}
            - {name: taste, type: FLOAT_LIST, aggregate: decayed_vector_mean, field: item.vector, half_life: 6h, description: Taste}
        - name: popular
          entities: [segment]
          ttl: 1d
          writer: item-statistics
          owner: me
          description: Popular items
          features:
            - {name: ids, type: STRING_LIST, description: Items}
            - {name: scores, type: DOUBLE_LIST, description: Scores}
      services:
        - {name: all, views: [activity, popular], description: Everything}
      """;

  @Test
  void readsAFeatureThatIsAddedByOneLine() {
    String line =
        """
              - {name: phone_sales, type: INT64, aggregate: count, types: [purchase], where: {context.device: phone, domain: [movies, books]}, positive: true, min_value: 2.5, window: 90m, description: New}
        """;
    FeatureView view =
        read(GOOD.replaceFirst("features:\n", "features:\n" + line)).view("activity");

    assertThat(view.features()).hasSize(3);
    assertThat(view.feature("phone_sales").rolling())
        .isEqualTo(
            new RollingAggregate(
                Aggregate.COUNT,
                null,
                List.of("purchase"),
                Map.of("context.device", List.of("phone"), "domain", List.of("movies", "books")),
                true,
                2.5,
                Duration.ofMinutes(90),
                null));
    assertThat(view.isRolling()).isTrue();
    assertThat(read(GOOD).view("popular").isRolling()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "version: 1 | version: 2 | 1 | version: must be 1, was 2",
        "version: 1 | project: a | 2 | project: is given twice",
        "project: thaw | project: Thaw! | 2 | project: must be 1 to 63 characters",
        "join_key: segment | join_key: user_id | 5 | entities[1].join_key: must be unique",
        "name: segment | name: user | 5 | entities[1].name: must be unique",
        "entities: [user] | entities: [usr] | 8 | views[0].entities: must be among [user, segment]",
        "entities: [user] | entities: [] | 8 | views[0].entities: must name at least one",
        "entities: [user] | entities: [user, user] | 8 | must be different",
        "entities: [user] | entities: [segment] | 8 | must have a join key among [user_id",
        "ttl: 7d | ttl: soon | 9 | views[0].ttl: must be a duration such as 200ms",
        "ttl: 7d | ttl: 0s | 9 | views[0].ttl: must be longer than 0",
        "ttl: 7d | tll: 7d | 9 | views[0].tll: unknown key, known are name, entities, ttl",
        "writer: user-features | writer: mine | 10 | must be user-features, was \"mine\"",
        "window: 1d | window: 0m | 14 | views[0].features[0].window: must be longer than 0",
        "window: 1d | window: 8d | 14 | window: must be at most the view's ttl of 7d, was 8d",
        "window: 1d | windw: 1d | 14 | features[0].windw: unknown key",
        "aggregate: sum | aggregate: total | 14 | must be one of COUNT, SUM, MEAN",
        "type: DOUBLE, | type: INT64, | 14 | type: must be DOUBLE for sum of value, was INT64",
        "field: value | field: valu | 14 | field: must be one of domain, event_id",
        "field: value | field: item_id | 14 | sum can't aggregate item_id, which is STRING",
        "field: value, | ~~ | 14 | views[0].features[0].field: is missing",
        "aggregate: sum | aggregate: count | 14 | field: is not used by count",
        "aggregate: sum, | ~~ | 14 | field: needs an aggregate beside it",
        "name: amount, type: DOUBLE, aggregate: sum, field: value, window: 1d | name: amount, type: INT64"
            + " | 15 | belongs into a view of rolling features only",
        "name: taste, type: FLOAT_LIST, aggregate: decayed_vector_mean, field: item.vector,"
            + " half_life: 6h | name: taste, type: INT64 | 15 | aggregate: is missing",
        "half_life: 6h, | ~~ | 15 | half_life: is missing",
        "window: 1d | half_life: 1d | 14 | half_life: is not used by sum",
        "half_life: 6h | window: 6h | 15 | window: is not used by decayed_vector_mean",
        "half_life: 6h | half_life: 0h | 15 | half_life: must be longer than 0",
        "field: item.vector | field: value | 15 | decayed_vector_mean can't aggregate value",
        "name: taste | name: amount | 15 | name: must be unique, was \"amount\" again",
        "name: popular | name: activity | 16 | name: must be unique",
        "window: 1d | window: 1d, types: [Buy] | 14 | types: type must be 1 to 32 characters",
        "window: 1d | window: 1d, where: {value: 3} | 14 | must be a text field",
        "window: 1d | window: 1d, where: {domain: []} | 14 | must allow at least one value",
        "window: 1d | window: 1d, min_value: high | 14 | min_value: must be a number",
        "window: 1d | window: 1d, min_value: .nan | 14 | min_value: must be a finite",
        "window: 1d | window: 1d, positive: 1 | 14 | positive: must be true or false",
        "type: STRING_LIST | type: TEXTS | 23 | must be one of STRING, INT32",
        "{name: scores, | {name: scores, window: 1d, | 24 | window: needs an aggregate",
        "{name: scores, type: DOUBLE_LIST, | {name: scores, type: INT64, aggregate: count, | 24"
            + " | the job item-statistics writes this one",
        "views: [activity, | views: [activiti, | 26 | services[0].views: must be among [activity",
        "{name: all, | [all, | 26 | services[0]: must be a mapping",
      })
  void faultsNameLineKeyValueAndBound(String part, String replacement, int line, String message) {
    assertThat(GOOD).contains(part);
    String text = GOOD.replaceFirst(java.util.regex.Pattern.quote(part), replacement);
    if (replacement.startsWith("[all")) {
      text = text.replace("description: Everything}", "]");
    }
    String bad = text;

    assertThatThrownBy(() -> read(bad))
        .isInstanceOf(YamlFault.class)
        .hasMessageStartingWith("features.yaml:" + line + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void whatIsNoYamlSaysSo() {
    assertThatThrownBy(() -> read("version: [1"))
        .hasMessageStartingWith("features.yaml:1: is not YAML");
    assertThatThrownBy(() -> read("")).hasMessage("features.yaml:1: is empty");
    assertThatThrownBy(() -> read("- a"))
        .hasMessage("features.yaml:1: must be a mapping of keys to values");
    assertThatThrownBy(() -> FeatureDefinitions.load(Path.of("no", "such.yaml")))
        .hasMessageContaining("such.yaml:1: can't be read");
  }

  @Test
  void unknownNamesListTheKnownOnes() {
    FeatureDefinitions definitions = read(GOOD);

    assertThatThrownBy(() -> definitions.view("x"))
        .hasMessage("view must be one of [activity, popular], was \"x\"");
    assertThatThrownBy(() -> definitions.entity("x"))
        .hasMessage("entity must be one of [user, segment], was \"x\"");
    assertThatThrownBy(() -> definitions.view("popular").feature("x"))
        .hasMessage("feature of view popular must be one of [ids, scores], was \"x\"");
    assertThat(definitions.services().get(0).views()).containsExactly("activity", "popular");
  }

  private static String shippedText() throws IOException {
    try (InputStream in = FeatureDefinitions.class.getResourceAsStream("/features.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static FeatureDefinitions readFor(DomainDefinitions domains, String text) {
    return FeaturesYaml.readFor(domains, YamlMapping.parse("features.yaml", text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "types: [rating], window: 90d, description: Mean | types: [ratng], window: 90d, description:"
            + " Mean | types: must be among view, click, ",
        "types: [purchase], window: 30d | where: {type: [purchse]}, window: 30d | where.type: must be"
            + " among view, click, ",
        "types: [purchase], window: 30d | where: {domain: mvies}, window: 30d | where.domain: must"
            + " be among movies, books, was \"mvies\"",
        "      - {name: ctr, | #     - {name: ctr, | features: must hold ctr DOUBLE, which"
            + " item-statistics writes",
        "{name: ctr, type: DOUBLE | {name: ctr, type: FLOAT | features: must hold ctr DOUBLE",
        "{name: ctr, | {name: reach, type: INT64, description: New}\\n      - {name: ctr, | features:"
            + " must be among [",
        "writer: item-statistics\\n    owner: catalogue\\n    description: Top | writer: mine\\n   "
            + " owner: catalogue\\n    description: Top | writer: must be item-statistics",
        "entities: [domain, segment] | entities: [domain] | entities: must be [domain, segment]",
      })
  void whatCanNeverHoldAValueIsRefusedWithItsPlace(String part, String replacement, String message)
      throws IOException {
    String shipped = shippedText();
    String wanted = part.replace("\\n", "\n");
    assertThat(shipped).contains(wanted);
    String bad = shipped.replace(wanted, replacement.replace("\\n", "\n"));
    assertThatThrownBy(() -> readFor(DomainDefinitions.shipped(), bad))
        .isInstanceOf(YamlFault.class)
        .hasMessageMatching("(?s)features\\.yaml:\\d+: .*")
        .hasMessageContaining(message);
  }

  @Test
  void aViewThatAJobWritesMustBeThere() throws IOException {
    String text = shippedText();
    int from = text.indexOf("  - name: arm_posterior");
    String without =
        (text.substring(0, from) + text.substring(text.indexOf("# What each method")))
            .replace("[arm_posterior, arm_linear, item_statistics]", "[item_statistics]");
    assertThatThrownBy(() -> readFor(DomainDefinitions.shipped(), without))
        .hasMessageContaining("views: must hold view arm_posterior, which arm-posteriors writes");
  }

  @Test
  void eventTypesAreThoseOfTheDomainsToo() throws IOException {
    String text = shippedText().replace("types: [skip]", "types: [skip, share]");
    assertThat(text).contains("share");
    assertThatThrownBy(() -> readFor(DomainDefinitions.shipped(), text))
        .hasMessageContaining("was \"share\"");
    DomainDefinitions sharing =
        DomainDefinitions.of(DomainDefinitions.shipped().all(), List.of(new EventType("share")));
    assertThat(readFor(sharing, text).rollingViews()).isNotEmpty();
  }

  @Test
  void rollingViewsAndViewsOfOthersAreFree() throws IOException {
    String text =
        shippedText()
            .replace(
                "  - name: user_history\n",
                """
                  - name: mine
                    entities: [user]
                    ttl: 1d
                    writer: another-job
                    owner: me
                    description: Mine
                    features:
                      - {name: score, type: DOUBLE, description: Score}

                  - name: user_history
                """);
    assertThat(readFor(DomainDefinitions.shipped(), text).view("mine").writer())
        .isEqualTo("another-job");
  }

  private static FeatureDefinitions read(String text) {
    return FeaturesYaml.read(YamlMapping.parse("features.yaml", text));
  }
}
