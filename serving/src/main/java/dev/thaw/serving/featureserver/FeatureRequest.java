package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.online.FeatureValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for, as it was given.
 *
 * @param service name of a feature service; null where features are named one by one
 * @param features {@code view:feature} each; empty with a service
 * @param entities values by column, one an entity row
 */
record FeatureRequest(
    @Nullable String service, List<String> features, Map<String, List<FeatureValue>> entities) {
  FeatureRequest {
    features = List.copyOf(features);
    entities = new LinkedHashMap<>(entities);
  }
}
