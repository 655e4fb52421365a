package dev.thaw.serving.featureserver.schema;

import dev.thaw.featuredefinitions.online.OnlineSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that requests can name. Immutable.
 *
 * @param entities join keys by the entities' names
 * @param views by name
 * @param onDemand names of views that are computed by Python functions at the time of reading,
 *     which this server doesn't run
 * @param services by name
 */
public record ServedFeatures(
    Map<String, String> entities,
    Map<String, ServedView> views,
    Set<String> onDemand,
    Map<String, Service> services) {

  /**
   * Views that are read together.
   *
   * @param unserved why it can't be answered; empty if it can
   */
  public record Service(String name, List<Projection> projections, Optional<String> unserved) {
    public Service {
      projections = List.copyOf(projections);
    }
  }

  public ServedFeatures {
    entities = new LinkedHashMap<>(entities);
    views = new LinkedHashMap<>(views);
    onDemand = Set.copyOf(onDemand);
    services = new LinkedHashMap<>(services);
  }

  /** What either of both has; where both have it, this one's. */
  public ServedFeatures and(ServedFeatures other) {
    Map<String, String> allEntities = new LinkedHashMap<>(other.entities);
    allEntities.putAll(entities);
    Map<String, ServedView> allViews = new LinkedHashMap<>(other.views);
    allViews.keySet().removeAll(onDemand);
    allViews.putAll(views);
    Map<String, Service> allServices = new LinkedHashMap<>(other.services);
    allServices.putAll(services);
    return new ServedFeatures(allEntities, allViews, onDemand, allServices);
  }

  /** What the store has to be able to read. */
  public OnlineSchema schema() {
    Map<String, List<String>> features = new LinkedHashMap<>();
    views.values().forEach(view -> features.put(view.name(), view.features()));
    return new OnlineSchema(features);
  }

  /** What requests may call the column of a join key: its name, or that of its entity. */
  public Optional<String> joinKey(String column) {
    if (entities.containsValue(column)) {
      return Optional.of(column);
    }
    return Optional.ofNullable(entities.get(column));
  }
}
