package dev.thaw.featuredefinitions.views;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.yaml.YamlMapping;
import dev.thaw.featuredefinitions.yaml.YamlResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The file form of {@link FeatureDefinitions}. */
final class FeaturesYaml {
  private static final int VERSION = 1;

  /** Names become table names, Python names and parts of keys. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private FeaturesYaml() {}

  static FeatureDefinitions load(Path file) {
    return read(YamlMapping.read(file));
  }

  static FeatureDefinitions load(Path file, DomainDefinitions domains) {
    return readFor(domains, YamlMapping.read(file));
  }

  static FeatureDefinitions readFor(DomainDefinitions domains, YamlMapping root) {
    FeatureDefinitions declared = read(root);
    for (YamlMapping view : root.mappings("views")) {
      for (YamlMapping feature : view.mappings("features")) {
        RollingYaml.check(feature, domains);
      }
    }
    WrittenViews.check(root, declared, shipped());
    return declared;
  }

  static FeatureDefinitions shipped() {
    return read(YamlResource.read("features.yaml"));
  }

  static FeatureDefinitions read(YamlMapping root) {
    root.only("version", "project", "entities", "views", "services").requireVersion(VERSION);
    Map<String, EntityDefinition> entities = entities(root);
    List<FeatureView> views = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlMapping view : root.mappings("views")) {
      unique(view, names);
      views.add(view(view, entities));
    }
    return new FeatureDefinitions(
        name(root, "project"), entities.values(), views, services(root, names));
  }

  private static List<FeatureService> services(YamlMapping root, Set<String> views) {
    List<FeatureService> services = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlMapping service :
        root.has("services") ? root.mappings("services") : List.<YamlMapping>of()) {
      service.only("name", "views", "description");
      String name = unique(service, names);
      List<String> members = service.texts("views");
      if (members.isEmpty() || !views.containsAll(members)) {
        throw service.fault("views", "must be among " + new TreeSet<>(views) + ", was " + members);
      }
      services.add(new FeatureService(name, members, service.text("description")));
    }
    return services;
  }

  private static Map<String, EntityDefinition> entities(YamlMapping root) {
    Map<String, EntityDefinition> entities = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    Set<String> joinKeys = new HashSet<>();
    for (YamlMapping entity : root.mappings("entities")) {
      entity.only("name", "join_key", "description");
      String name = unique(entity, names);
      String joinKey = name(entity, "join_key");
      if (!joinKeys.add(joinKey)) {
        throw entity.fault("join_key", "must be unique, was \"" + joinKey + "\" again");
      }
      entities.put(name, new EntityDefinition(name, joinKey, entity.text("description")));
    }
    return entities;
  }

  private static FeatureView view(YamlMapping view, Map<String, EntityDefinition> entities) {
    view.only("name", "entities", "ttl", "writer", "owner", "description", "features");
    Duration ttl = view.duration("ttl");
    if (ttl.isZero()) {
      throw view.fault("ttl", "must be longer than 0, was " + view.text("ttl"));
    }
    FeatureView result =
        new FeatureView(
            view.text("name"),
            entityNames(view, entities),
            ttl,
            view.text("writer"),
            view.text("owner"),
            view.text("description"),
            features(view, ttl));
    if (result.isRolling()) {
      checkRolling(view, result, entities);
    }
    return result;
  }

  private static List<String> entityNames(
      YamlMapping view, Map<String, EntityDefinition> entities) {
    List<String> names = view.texts("entities");
    if (names.isEmpty()) {
      throw view.fault("entities", "must name at least one of " + entities.keySet());
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!entities.containsKey(name)) {
        throw view.fault(
            "entities", "must be among " + entities.keySet() + ", was \"" + name + '"');
      }
      if (!seen.add(name)) {
        throw view.fault("entities", "must be different, was \"" + name + "\" again");
      }
    }
    return names;
  }

  private static List<FeatureDefinition> features(YamlMapping view, Duration ttl) {
    List<YamlMapping> entries = view.mappings("features");
    if (entries.isEmpty()) {
      throw view.fault("features", "must hold at least one feature");
    }
    List<FeatureDefinition> features = new ArrayList<>();
    Set<String> names = new HashSet<>();
    boolean rolling = entries.get(0).has("aggregate");
    for (YamlMapping entry : entries) {
      entry.only(KEYS);
      String name = unique(entry, names);
      if (entry.has("aggregate") != rolling) {
        throw entry.fault(
            "aggregate",
            rolling
                ? "is missing: the other features of this view are rolling, and a view has one"
                    + " writer"
                : "belongs into a view of rolling features only: the job "
                    + view.text("writer")
                    + " writes this one");
      }
      ValueType type = entry.oneOf("type", ValueType.class);
      features.add(
          new FeatureDefinition(
              name, type, entry.text("description"), RollingYaml.read(entry, type, ttl)));
    }
    return features;
  }

  private static final String[] KEYS =
      Stream.concat(Stream.of("name", "type", "description"), Stream.of(RollingYaml.KEYS))
          .toArray(String[]::new);

  private static void checkRolling(
      YamlMapping view, FeatureView result, Map<String, EntityDefinition> entities) {
    for (String name : result.entities()) {
      EntityDefinition entity = entities.get(name);
      if (entity != null && !EventFields.KEYS.contains(entity.joinKey())) {
        throw view.fault(
            "entities",
            "of a rolling view must have a join key among "
                + EventFields.KEYS
                + ", which events carry; "
                + name
                + " has "
                + entity.joinKey());
      }
    }
    if (!result.writer().equals(FeatureDefinitions.ROLLING_WRITER)) {
      throw view.fault(
          "writer",
          "of a rolling view must be "
              + FeatureDefinitions.ROLLING_WRITER
              + ", was \""
              + result.writer()
              + '"');
    }
  }

  private static String unique(YamlMapping entry, Set<String> names) {
    String name = name(entry, "name");
    if (!names.add(name)) {
      throw entry.fault("name", "must be unique, was \"" + name + "\" again");
    }
    return name;
  }

  private static String name(YamlMapping entry, String key) {
    String name = entry.text(key);
    if (!NAME.matcher(name).matches()) {
      throw entry.fault(key, "must be 1 to 63 characters of a-z, 0-9 and _, was \"" + name + '"');
    }
    return name;
  }
}
