package dev.thaw.serving.featureserver.schema;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A view as it lies in the online store.
 *
 * @param joinKeys none where the view is about everything at once
 * @param features that can be read, in their order
 * @param unread features that can't be, with the reason
 * @param ttl age from which values are outside of it; zero for none
 */
public record ServedView(
    String name,
    List<JoinKey> joinKeys,
    List<String> features,
    Map<String, String> unread,
    Duration ttl) {
  public ServedView {
    joinKeys = List.copyOf(joinKeys);
    features = List.copyOf(features);
    unread = new LinkedHashMap<>(unread);
  }
}
