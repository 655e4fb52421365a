package dev.thaw.featuredefinitions.config;

import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The file forms of {@link BanditPolicyConfig} and {@link ExplorationBudgetConfig}. */
final class BanditYaml {
  private static final Set<String> SETTINGS =
      Set.of("name", "newcomer_share", "allow_unsupported", "prior", "log_features");

  private BanditYaml() {}

  static BanditPolicyConfig policy(YamlMapping section) {
    section.only(
        "name",
        "epsilon",
        "c",
        "gap",
        "width",
        "temperature",
        "noise",
        "alpha",
        BanditPolicyConfig.PRIOR_PRECISION,
        "newcomer_share",
        "allow_unsupported",
        "prior",
        "log_features");
    Map<String, Double> parameters = new LinkedHashMap<>();
    section.keys().stream()
        .filter(key -> !SETTINGS.contains(key))
        .forEach(key -> parameters.put(key, section.number(key)));
    BanditPolicyConfig usual = BanditPolicyConfig.USUAL;
    return section.build(
        () ->
            new BanditPolicyConfig(
                section.text("name", usual.name()),
                parameters,
                section.optionalNumber("newcomer_share").orElse(usual.newcomerShare()),
                section.flag("allow_unsupported", usual.allowUnsupported()),
                section.text("prior", usual.prior()),
                section.flag("log_features", usual.logFeatures())));
  }

  static ExplorationBudgetConfig budget(YamlMapping section) {
    section.only("share", "per_item", "per_user", "per_session");
    ExplorationBudgetConfig none = ExplorationBudgetConfig.NONE;
    return section.build(
        () ->
            new ExplorationBudgetConfig(
                section.optionalNumber("share").orElse(none.share()),
                section.intNumber("per_item", none.perItem()),
                section.intNumber("per_user", none.perUser()),
                section.intNumber("per_session", none.perSession())));
  }
}
