package dev.thaw.featuredefinitions.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.ExperimentConfig.Configuration;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.yaml.YamlFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentConfigTest {
  private static final String HALVES = "{name: a, share: 0.5}, {name: b, share: 0.5}";

  @TempDir Path folder;

  @Test
  void aConfigurationIsServingsOwnWithWhatItOverrides() throws IOException {
    ServingConfig serving =
        load("""
                version: 1
                serving:
                  shortlist: 50
                  draws: 300
                  methods: {20+: [content]}
                  bandit_policy: {newcomer_share: 0.1}
                  experiment:
                    name: bolder
                    salt: may
                    configurations:
                      - {name: control, share: 0.9}
                      - name: bold
                        share: 0.1
                        bandit_slots: 1
                        draws: 200
                        uniform_floor: 0.05
                        bandit_policy: {name: softmax, temperature: 0.1, prior: neighbours}
                        exploration_budget: {share: 0.2}
                        methods: {0: [factors]}
                """)
            .serving();
    ExperimentConfig experiment = Objects.requireNonNull(serving.experiment());
    assertThat(experiment.name()).isEqualTo("bolder");
    assertThat(experiment.salt()).isEqualTo("may");
    Configuration control = experiment.configurations().get(0);
    assertThat(control).isEqualTo(new Configuration("control", 0.9, serving.withExperiment(null)));
    ServingConfig bold = experiment.configurations().get(1).serving();
    assertThat(bold.shortlist()).isEqualTo(50);
    assertThat(bold.draws()).isEqualTo(200);
    assertThat(bold.banditSlots()).isEqualTo(1);
    assertThat(bold.uniformFloor()).isEqualTo(0.05);
    assertThat(bold.banditPolicy())
        .isEqualTo(
            new BanditPolicyConfig("softmax", Map.of("temperature", 0.1), 0, false, "neighbours"));
    assertThat(serving.banditPolicies())
        .isEqualTo(
            Map.of(
                new Assignment("bolder", "control"), serving.banditPolicy(),
                new Assignment("bolder", "bold"), bold.banditPolicy()));
    assertThat(bold.explorationBudget().share()).isEqualTo(0.2);
    assertThat(bold.methods().order())
        .isEqualTo(Map.of("0", List.of("factors"), "20+", List.of("content")));
  }

  @Test
  void whatAnyConfigurationAsksForIsAskedFor() throws IOException {
    ServingConfig serving =
        load("""
                version: 1
                serving:
                  methods: {1-2: [content]}
                  experiment:
                    name: adapted
                    configurations:
                      - {name: control, share: 0.5}
                      - {name: adapted, share: 0.5, methods: {1-2: [meta-learned, content]}}
                """)
            .serving();
    assertThat(serving.methods().asksForLayers()).isFalse();
    assertThat(serving.askedMethods().asksForLayers()).isTrue();
    assertThat(serving.askedMethods().asksForSequences()).isFalse();
    assertThat(serving.askedMethods().order())
        .isEqualTo(Map.of("1-2", List.of("content", "meta-learned")));
  }

  /** Each has a cell of linear statistics with every item. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: lin-ucb, alpha: 1, prior_precision: 1",
        "log_features: true",
      })
  void moreConfigurationsThanAnItemHasCellsForCanNotLogFeatures(String policy) {
    String eight =
        IntStream.range(0, 8)
            .mapToObj(i -> "{name: c" + i + ", share: 0.125, bandit_policy: {" + policy + "}}")
            .collect(Collectors.joining(", "));
    assertThatThrownBy(
            () ->
                load(
                    "version: 1\nserving: {experiment: {name: e, configurations: ["
                        + eight
                        + "]}}"))
        .isInstanceOf(YamlFault.class)
        .hasMessageContaining(
            "experiment.configurations: must be at most 7 that log features of the user, were 8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "configurations: [@] | .name: is missing",
        "name: Bolder, configurations: [@] | .name: must be a letter of a-z and then at most 62 of a-z, 0-9, _ and -, was \"Bolder\"",
        "name: e | .configurations: is missing",
        "name: e, configurations: [{name: a, share: 1}] | .configurations[0].share: must be in (0, 1), was 1.0",
        "name: e, configurations: [{name: a, share: 0.5}] | .configurations: must be in [2, 20], was 1",
        "name: e, configurations: [{name: a, share: 0.5}, {name: a, share: 0.5}] | .configurations: must have different names, twice \"a\"",
        "name: e, configurations: [{name: a, share: 0.5}, {name: b, share: 0.4}] | .configurations: must have shares that add to 1, added to 0.9",
        "name: e, configurations: [{name: a}] | .configurations[0].share: is missing",
        "name: e, configurations: [{name: 1a, share: 0.5}] | .configurations[0].name: must be a letter of a-z and then at most 62 of a-z, 0-9, _ and -, was \"1a\"",
        "name: e, configurations: [{name: a, share: 0.5, port: 80}] | .configurations[0].port: unknown key, known are name, share, bandit_slots",
        "name: e, configurations: [{name: a, share: 0.5, shortlist: 501}] | .configurations[0].shortlist: must be in [1, 500], was 501",
        "name: e, configurations: [{name: a, share: 0.5, bandit_policy: {name: ucb}}] | .configurations[0].bandit_policy.name: must be one of beta-thompson",
        "name: e, configurations: [{name: a, share: 0.5, exploration_budget: {per_user: 1}}] | .configurations[0].exploration_budget: must have a per_user of 0 or at least bandit_slots, 2, was 1",
        "name: e, configurations: [@], seed: 7 | .seed: unknown key, known are name, salt, configurations",
        "name: e, salt: \"a\\tb\", configurations: [@] | .salt: must have at most 100 characters, none of them a control character",
      })
  void faultsNameKeyValueAndBound(String settings, String message) {
    assertThatThrownBy(
            () ->
                load("version: 1\nserving:\n  experiment: {" + settings.replace("@", HALVES) + "}"))
        .isInstanceOf(YamlFault.class)
        .hasMessageStartingWith(folder.resolve("thaw.yaml") + ":3: serving.experiment" + message);
  }

  private ThawConfig load(String text) throws IOException {
    return ThawConfig.load(Files.writeString(folder.resolve("thaw.yaml"), text), Map.of());
  }
}
