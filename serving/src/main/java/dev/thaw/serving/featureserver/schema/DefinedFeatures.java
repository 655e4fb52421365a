package dev.thaw.serving.featureserver.schema;

import dev.thaw.featuredefinitions.views.EntityDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.views.FeatureService;
import dev.thaw.featuredefinitions.views.FeatureView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code features.yaml} declares, as it is served. */
public final class DefinedFeatures {
  private DefinedFeatures() {}

  public static ServedFeatures of(FeatureDefinitions definitions) {
    Map<String, String> entities = new LinkedHashMap<>();
    for (EntityDefinition entity : definitions.entities()) {
      entities.put(entity.name(), entity.joinKey());
    }
    Map<String, ServedView> views = new LinkedHashMap<>();
    for (FeatureView view : definitions.views()) {
      views.put(view.name(), view(definitions, view));
    }
    Map<String, ServedFeatures.Service> services = new LinkedHashMap<>();
    for (FeatureService service : definitions.services()) {
      services.put(service.name(), service(service, views));
    }
    return new ServedFeatures(entities, views, Set.of(), services);
  }

  private static ServedView view(FeatureDefinitions definitions, FeatureView view) {
    List<JoinKey> keys =
        definitions.joinKeys(view).stream()
            .map(name -> new JoinKey(name, JoinKey.Type.STRING))
            .toList();
    List<String> features = view.features().stream().map(FeatureDefinition::name).toList();
    return new ServedView(view.name(), keys, features, Map.of(), view.ttl());
  }

  private static ServedFeatures.Service service(
      FeatureService service, Map<String, ServedView> views) {
    List<Projection> projections =
        service.views().stream()
            .flatMap(name -> Optional.ofNullable(views.get(name)).stream())
            .map(view -> Projection.of(view, view.features()))
            .toList();
    return new ServedFeatures.Service(service.name(), projections, Optional.empty());
  }
}
