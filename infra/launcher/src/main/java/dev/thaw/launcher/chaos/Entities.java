package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every key that a view of these entities may have a row for.
 *
 * @param features names the join key of each entity
 * @param ids by the name of the entity
 */
record Entities(FeatureDefinitions features, Map<String, List<String>> ids) {
  static final String USER = "user";

  Entities {
    ids = Map.copyOf(ids);
  }

  /** With these users instead. */
  Entities ofUsers(List<UserId> users) {
    Map<String, List<String>> others = new HashMap<>(ids);
    others.put(USER, users.stream().map(UserId::value).toList());
    return new Entities(features, others);
  }

  List<EntityKey> keys(FeatureView view) {
    List<Map<String, String>> keys = List.of(Map.of());
    for (String entity : view.entities()) {
      String joinKey = features.entity(entity).joinKey();
      keys = with(keys, joinKey, ids.getOrDefault(entity, List.of()));
    }
    return keys.stream().map(EntityKey::of).toList();
  }

  private static List<Map<String, String>> with(
      List<Map<String, String>> keys, String joinKey, List<String> values) {
    List<Map<String, String>> longer = new ArrayList<>();
    for (Map<String, String> each : keys) {
      for (String value : values) {
        Map<String, String> key = new HashMap<>(each);
        key.put(joinKey, value);
        longer.add(key);
      }
    }
    return longer;
  }
}
