package dev.thaw.featuredefinitions.domains;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.yaml.YamlMapping;
import dev.thaw.featuredefinitions.yaml.YamlResource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** The file form of {@link DomainDefinitions}. */
final class DomainsYaml {
  private static final int VERSION = 1;

  private DomainsYaml() {}

  static DomainDefinitions load(Path file) {
    return read(YamlMapping.read(file));
  }

  static DomainDefinitions shipped() {
    return read(YamlResource.read("domains.yaml"));
  }

  static DomainDefinitions read(YamlMapping root) {
    root.only("version", "event_types", "domains").requireVersion(VERSION);
    List<EventType> configured = root.texts("event_types", EventType::new);
    Set<EventType> types = new LinkedHashSet<>(EventType.SHIPPED);
    types.addAll(configured);
    List<YamlMapping> entries = root.mappings("domains");
    Set<DomainId> names = new LinkedHashSet<>();
    for (YamlMapping entry : entries) {
      DomainId name = entry.build(() -> DomainId.of(entry.text("name")));
      if (!names.add(name)) {
        throw entry.fault("name", "must be unique, was \"" + name + "\" again");
      }
    }
    List<DomainDefinition> domains = new ArrayList<>();
    for (YamlMapping entry : entries) {
      domains.add(domain(entry, types, names));
    }
    return root.build(() -> DomainDefinitions.of(domains, configured));
  }

  private static DomainDefinition domain(
      YamlMapping entry, Set<EventType> types, Set<DomainId> names) {
    entry.only("name", "rating", "positive", "attributes", "sources", "rewards");
    YamlMapping rating = entry.mapping("rating").only("min", "max");
    YamlMapping positive = entry.mapping("positive").only("rating_at_least", "types");
    return entry.build(
        () ->
            new DomainDefinition(
                DomainId.of(entry.text("name")),
                rating.number("min"),
                rating.number("max"),
                positive.number("rating_at_least"),
                positiveTypes(positive, types),
                entry.texts("attributes"),
                sources(entry, names),
                RewardsYaml.read(entry, types)));
  }

  private static List<EventType> positiveTypes(YamlMapping positive, Set<EventType> types) {
    List<EventType> result = positive.texts("types", EventType::new);
    for (EventType type : result) {
      if (!types.contains(type)) {
        throw positive.fault("types", "must be among " + types + ", was \"" + type + '"');
      }
      if (type.equals(EventType.RATING)) {
        throw positive.fault("types", "must not hold rating: rating_at_least decides that");
      }
    }
    return result;
  }

  private static List<DomainId> sources(YamlMapping entry, Set<DomainId> names) {
    List<DomainId> sources = entry.texts("sources", DomainId::of);
    for (DomainId source : sources) {
      if (!names.contains(source)) {
        throw entry.fault("sources", "must be among " + names + ", was \"" + source + '"');
      }
    }
    return sources;
  }

  static String write(Collection<EventType> configured, Collection<DomainDefinition> domains) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", VERSION);
    root.put("event_types", configured.stream().map(EventType::name).toList());
    root.put("domains", domains.stream().map(DomainsYaml::entry).toList());
    return new Yaml().dump(root);
  }

  private static Map<String, Object> entry(DomainDefinition domain) {
    Map<String, Object> rating = new LinkedHashMap<>();
    rating.put("min", domain.minRating());
    rating.put("max", domain.maxRating());
    Map<String, Object> positive = new LinkedHashMap<>();
    positive.put("rating_at_least", domain.positiveRating());
    positive.put("types", domain.positiveTypes().stream().map(EventType::name).toList());
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", domain.name().value());
    entry.put("rating", rating);
    entry.put("positive", positive);
    entry.put("attributes", domain.attributes());
    entry.put("sources", domain.sources().stream().map(DomainId::value).toList());
    if (!domain.rewards().equals(List.of(RewardDefinition.POSITIVE))) {
      entry.put("rewards", RewardsYaml.entries(domain.rewards()));
    }
    return entry;
  }
}
