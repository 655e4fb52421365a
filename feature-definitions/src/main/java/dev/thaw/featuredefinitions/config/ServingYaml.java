package dev.thaw.featuredefinitions.config;

import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file form of {@link ServingConfig}. */
final class ServingYaml {
  private final Path folder;

  /**
   * @param folder that relative paths are meant from
   */
  ServingYaml(Path folder) {
    this.folder = folder;
  }

  ServingConfig read(YamlMapping section, ServingConfig defaults) {
    section.only(
        "host",
        "port",
        "deadline",
        "max_k",
        "bandit_slots",
        "shortlist",
        "uniform_floor",
        "draws",
        "bandit_policy",
        "exploration_budget",
        "seed",
        "scored_whole",
        "features",
        "methods",
        "onboarding");
    return section.build(
        () ->
            new ServingConfig(
                section.text("host", defaults.host()),
                section.intNumber("port", defaults.port()),
                section.duration("deadline", defaults.deadline()),
                section.intNumber("max_k", defaults.maxK()),
                section.intNumber("bandit_slots", defaults.banditSlots()),
                section.intNumber("shortlist", defaults.shortlist()),
                section.optionalNumber("uniform_floor").orElse(defaults.uniformFloor()),
                section.intNumber("draws", defaults.draws()),
                section
                    .optionalMapping("bandit_policy")
                    .map(BanditYaml::policy)
                    .orElse(defaults.banditPolicy()),
                section
                    .optionalMapping("exploration_budget")
                    .map(BanditYaml::budget)
                    .orElse(defaults.explorationBudget()),
                section.has("seed") ? section.integer("seed") : defaults.seed(),
                scoredWhole(section, defaults.scoredWhole()),
                section.optionalMapping("features").map(this::features).orElse(defaults.features()),
                methods(section, defaults.methods())));
  }

  private static MethodsConfig methods(YamlMapping section, MethodsConfig defaults) {
    Map<String, List<String>> order = new LinkedHashMap<>(defaults.order());
    section
        .optionalMapping("methods")
        .ifPresent(given -> given.keys().forEach(key -> order.put(key, given.texts(key))));
    return new MethodsConfig(order, section.text("onboarding", defaults.onboarding()));
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
