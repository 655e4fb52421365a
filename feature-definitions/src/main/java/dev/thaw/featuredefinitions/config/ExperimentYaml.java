package dev.thaw.featuredefinitions.config;

import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.List;

/** The file form of {@link ExperimentConfig}. */
final class ExperimentYaml {
  private ExperimentYaml() {}

  /**
   * @param own what configurations fall back to
   */
  static ExperimentConfig read(YamlMapping section, ServingConfig own) {
    section.only("name", "salt", "configurations");
    List<ExperimentConfig.Configuration> configurations = new ArrayList<>();
    for (YamlMapping each : section.mappings("configurations")) {
      configurations.add(configuration(each, own));
    }
    return section.build(
        () -> new ExperimentConfig(section.text("name"), section.text("salt", ""), configurations));
  }

  private static ExperimentConfig.Configuration configuration(
      YamlMapping section, ServingConfig own) {
    List<String> keys = new ArrayList<>(List.of("name", "share"));
    keys.addAll(ServingYaml.DECIDING);
    section.only(keys.toArray(String[]::new));
    return section.build(
        () ->
            new ExperimentConfig.Configuration(
                section.text("name"), section.number("share"), ServingYaml.deciding(section, own)));
  }
}
