package dev.thaw.launcher.datafolder;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes {@code domains.yaml} as its reader wants it. */
final class DomainsYaml {
  private DomainsYaml() {}

  static String write(List<DomainDefinition> domains) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", 1);
    root.put("event_types", List.of());
    root.put("domains", domains.stream().map(DomainsYaml::domain).toList());
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
    return new Yaml(options).dump(root);
  }

  private static Map<String, Object> domain(DomainDefinition d) {
    Map<String, Object> positive = new LinkedHashMap<>();
    positive.put("rating_at_least", d.positiveRating());
    positive.put("types", d.positiveTypes().stream().map(EventType::name).toList());
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("name", d.name().value());
    m.put("rating", new LinkedHashMap<>(Map.of("min", d.minRating(), "max", d.maxRating())));
    m.put("positive", positive);
    m.put("attributes", d.attributes());
    m.put("sources", d.sources().stream().map(DomainId::value).toList());
    return m;
  }
}
