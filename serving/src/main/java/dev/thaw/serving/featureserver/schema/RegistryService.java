package dev.thaw.serving.featureserver.schema;

import feast.proto.core.FeatureProto.FeatureSpecV2;
import feast.proto.core.FeatureReferenceProto.FeatureViewProjection;
import feast.proto.core.FeatureServiceProto.FeatureServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Feature services of a registry. */
final class RegistryService {
  private RegistryService() {}

  static ServedFeatures.Service of(
      FeatureServiceSpec spec, Map<String, ServedView> views, Set<String> onDemand) {
    List<Projection> projections = new ArrayList<>();
    Optional<String> unserved = Optional.empty();
    for (FeatureViewProjection projection : spec.getFeaturesList()) {
      String name = projection.getFeatureViewName();
      ServedView view = views.get(name);
      if (view != null) {
        projections.add(projection(view, projection));
      } else {
        unserved =
            Optional.of(
                onDemand.contains(name)
                    ? "its view " + name + " is on demand, a Python function that is not run here"
                    : "the registry has no view " + name);
      }
    }
    return new ServedFeatures.Service(spec.getName(), projections, unserved);
  }

  private static Projection projection(ServedView view, FeatureViewProjection projection) {
    String alias = projection.getFeatureViewNameAlias();
    List<String> features =
        projection.getFeatureColumnsList().stream()
            .map(FeatureSpecV2::getName)
            .filter(
                feature -> view.features().contains(feature) || view.unread().containsKey(feature))
            .toList();
    return new Projection(
        view, alias.isEmpty() ? view.name() : alias, projection.getJoinKeyMapMap(), features);
  }
}
