package dev.thaw.serving.featureserver.schema;

import feast.proto.core.EntityProto.EntitySpecV2;
import feast.proto.core.FeatureProto.FeatureSpecV2;
import feast.proto.core.FeatureViewProto.FeatureViewSpec;
import feast.proto.core.StreamFeatureViewProto.StreamFeatureViewSpec;
import feast.proto.types.ValueProto.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What feature views and stream feature views have in common. */
record RegistryView(
    String name,
    List<String> entities,
    List<FeatureSpecV2> entityColumns,
    List<FeatureSpecV2> columns,
    Duration ttl) {

  static RegistryView of(FeatureViewSpec spec) {
    return new RegistryView(
        spec.getName(),
        spec.getEntitiesList(),
        spec.getEntityColumnsList(),
        spec.getFeaturesList(),
        Duration.ofSeconds(spec.getTtl().getSeconds(), spec.getTtl().getNanos()));
  }

  static RegistryView of(StreamFeatureViewSpec spec) {
    return new RegistryView(
        spec.getName(),
        spec.getEntitiesList(),
        spec.getEntityColumnsList(),
        spec.getFeaturesList(),
        Duration.ofSeconds(spec.getTtl().getSeconds(), spec.getTtl().getNanos()));
  }

  ServedView served(RegistryEntities known) {
    List<JoinKey> keys = new ArrayList<>();
    List<String> keyNames = new ArrayList<>();
    String fault = null;
    for (String entity : entities) {
      if (entity.equals(RegistryEntities.DUMMY)) {
        continue;
      }
      Optional<EntitySpecV2> spec = known.find(entity);
      if (spec.isEmpty()) {
        fault = "the registry has no entity " + entity;
        continue;
      }
      String joinKey = spec.get().getJoinKey();
      keyNames.add(joinKey);
      ValueType.Enum type = keyType(joinKey, spec.get().getValueType());
      Optional<JoinKey.Type> keyType = RegistryEntities.keyType(type);
      keyType.ifPresent(found -> keys.add(new JoinKey(joinKey, found)));
      fault = keyType.isPresent() ? fault : "its join key " + joinKey + " is of type " + type;
    }
    List<String> features = new ArrayList<>();
    Map<String, String> unread = new LinkedHashMap<>();
    for (FeatureSpecV2 column : columns) {
      // stream feature views repeat their join keys among their features
      if (keyNames.contains(column.getName())) {
        continue;
      }
      String reason = fault == null ? unreadType(column) : fault;
      if (reason == null) {
        features.add(column.getName());
      } else {
        unread.put(column.getName(), reason);
      }
    }
    return new ServedView(name, keys, features, unread, ttl);
  }

  private static @Nullable String unreadType(FeatureSpecV2 column) {
    return switch (column.getValueType()) {
      case UNRECOGNIZED, INVALID, NULL ->
          "it is of Feast's type " + column.getValueTypeValue() + ", which is not read here";
      default -> null;
    };
  }

  /** The view's own column says more than the entity, whose type may be left out. */
  private ValueType.Enum keyType(String joinKey, ValueType.Enum ofEntity) {
    return entityColumns.stream()
        .filter(column -> column.getName().equals(joinKey))
        .map(FeatureSpecV2::getValueType)
        .findFirst()
        .orElse(ofEntity);
  }
}
