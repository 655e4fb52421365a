package dev.thaw.featuredefinitions.views;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Everything {@code features.yaml} declares: project, entities and views. Immutable, thread-safe.
 */
public final class FeatureDefinitions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The job that computes rolling views. */
  public static final String ROLLING_WRITER = "user-features";

  private final String project;
  private final LinkedHashMap<String, EntityDefinition> entities = new LinkedHashMap<>();
  private final LinkedHashMap<String, FeatureView> views = new LinkedHashMap<>();

  private final ArrayList<FeatureService> services;

  FeatureDefinitions(
      String project,
      Collection<EntityDefinition> entities,
      Collection<FeatureView> views,
      Collection<FeatureService> services) {
    this.project = project;
    this.services = new ArrayList<>(services);
    entities.forEach(entity -> this.entities.put(entity.name(), entity));
    views.forEach(view -> this.views.put(view.name(), view));
  }

  /**
   * @throws dev.thaw.featuredefinitions.yaml.YamlFault naming file, line, key, value and bound
   */
  public static FeatureDefinitions load(Path file) {
    return FeaturesYaml.load(file);
  }

  /**
   * As an installation uses it: its lines must fit the domains, and views that jobs write by name
   * must be declared as those write them.
   *
   * @throws dev.thaw.featuredefinitions.yaml.YamlFault naming file, line, key, value and bound
   */
  public static FeatureDefinitions load(Path file, DomainDefinitions domains) {
    return FeaturesYaml.load(file, domains);
  }

  /** The shipped {@code features.yaml}. */
  public static FeatureDefinitions shipped() {
    return FeaturesYaml.shipped();
  }

  /** Feast's project, part of every key in the online store. */
  public String project() {
    return project;
  }

  /** In the order of the file. */
  public List<EntityDefinition> entities() {
    return List.copyOf(entities.values());
  }

  /**
   * @throws IllegalArgumentException naming the known entities
   */
  public EntityDefinition entity(String name) {
    EntityDefinition entity = entities.get(name);
    if (entity == null) {
      throw new IllegalArgumentException(
          "entity must be one of " + entities.keySet() + ", was \"" + name + '"');
    }
    return entity;
  }

  /** In the order of the file. */
  public List<FeatureView> views() {
    return List.copyOf(views.values());
  }

  public Optional<FeatureView> find(String name) {
    return Optional.ofNullable(views.get(name));
  }

  /**
   * @throws IllegalArgumentException naming the known views
   */
  public FeatureView view(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "view must be one of " + views.keySet() + ", was \"" + name + '"'));
  }

  /** In the order of the file. */
  public List<FeatureService> services() {
    return List.copyOf(services);
  }

  /** The views that are computed from events, in the order of the file. */
  public List<FeatureView> rollingViews() {
    return views.values().stream().filter(FeatureView::isRolling).toList();
  }

  /**
   * Join keys of the view's entities as Feast sorts them; they are ASCII, so any order of strings
   * will do.
   */
  public List<String> joinKeys(FeatureView view) {
    return view.entities().stream().map(entity -> entity(entity).joinKey()).sorted().toList();
  }
}
