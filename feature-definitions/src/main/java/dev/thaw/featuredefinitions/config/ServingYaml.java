package dev.thaw.featuredefinitions.config;

import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file form of {@link ServingConfig}. */
final class ServingYaml {
  /** Keys of what decides an answer, which the configurations of an experiment may have, too. */
  static final List<String> DECIDING =
      List.of(
          "bandit_slots",
          "shortlist",
          "uniform_floor",
          "draws",
          "bandit_policy",
          "exploration_budget",
          "methods");

  private final Path folder;

  /**
   * @param folder that relative paths are meant from
   */
  ServingYaml(Path folder) {
    this.folder = folder;
  }

  ServingConfig read(YamlMapping section, ServingConfig defaults) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "host",
                "port",
                "deadline",
                "max_k",
                "seed",
                "scored_whole",
                "features",
                "onboarding",
                "experiment"));
    keys.addAll(DECIDING);
    section.only(keys.toArray(String[]::new));
    ServingConfig whole =
        section.build(
            () ->
                new ServingConfig(
                    section.text("host", defaults.host()),
                    section.intNumber("port", defaults.port()),
                    section.duration("deadline", defaults.deadline()),
                    section.intNumber("max_k", defaults.maxK()),
                    defaults.banditSlots(),
                    defaults.shortlist(),
                    defaults.uniformFloor(),
                    defaults.draws(),
                    defaults.banditPolicy(),
                    defaults.explorationBudget(),
                    section.has("seed") ? section.integer("seed") : defaults.seed(),
                    scoredWhole(section, defaults.scoredWhole()),
                    section
                        .optionalMapping("features")
                        .map(this::features)
                        .orElse(defaults.features()),
                    new MethodsConfig(
                        defaults.methods().order(),
                        section.text("onboarding", defaults.methods().onboarding())),
                    null));
    ServingConfig own = section.build(() -> deciding(section, whole));
    return section
        .optionalMapping("experiment")
        .map(experiment -> own.withExperiment(ExperimentYaml.read(experiment, own)))
        .orElse(own);
  }

  /**
   * What the keys {@link #DECIDING} say, the rest as it was.
   *
   * @throws IllegalArgumentException of values that don't go together
   */
  static ServingConfig deciding(YamlMapping section, ServingConfig otherwise) {
    return otherwise.deciding(
        section.intNumber("bandit_slots", otherwise.banditSlots()),
        section.intNumber("shortlist", otherwise.shortlist()),
        section.optionalNumber("uniform_floor").orElse(otherwise.uniformFloor()),
        section.intNumber("draws", otherwise.draws()),
        section
            .optionalMapping("bandit_policy")
            .map(BanditYaml::policy)
            .orElse(otherwise.banditPolicy()),
        section
            .optionalMapping("exploration_budget")
            .map(BanditYaml::budget)
            .orElse(otherwise.explorationBudget()),
        section
            .optionalMapping("methods")
            .map(given -> methods(given, otherwise.methods()))
            .orElse(otherwise.methods()));
  }

  private static MethodsConfig methods(YamlMapping given, MethodsConfig otherwise) {
    Map<String, List<String>> order = new LinkedHashMap<>(otherwise.order());
    given.keys().forEach(stage -> order.put(stage, given.texts(stage)));
    return new MethodsConfig(order, otherwise.onboarding());
  }

  private static @Nullable Integer scoredWhole(YamlMapping section, @Nullable Integer otherwise) {
    String key = "scored_whole";
    if (!section.has(key)) {
      return otherwise;
    }
    return section.text(key).equals("auto") ? null : section.intNumber(key, 0);
  }

  private FeatureSource features(YamlMapping section) {
    section.only("type", "location", "key", "ca");
    return section.build(
        () ->
            new FeatureSource(
                section.text("type"),
                section.text("location", ""),
                section.text("key", ""),
                section
                    .optionalText("ca")
                    .map(file -> folder.resolve(file).normalize())
                    .orElse(null)));
  }
}
