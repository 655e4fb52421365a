package dev.thaw.serving.featureserver.schema;

import feast.proto.core.EntityProto.EntitySpecV2;
import feast.proto.types.ValueProto.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entities of a project by name, without the one that {@code feast apply} adds for views that
 * are about nothing in particular.
 */
record RegistryEntities(Map<String, EntitySpecV2> byName) {
  static final String DUMMY = "__dummy";

  static RegistryEntities of(List<EntitySpecV2> specs) {
    Map<String, EntitySpecV2> byName = new LinkedHashMap<>();
    specs.stream()
        .filter(spec -> !spec.getName().equals(DUMMY))
        .forEach(spec -> byName.put(spec.getName(), spec));
    return new RegistryEntities(byName);
  }

  Map<String, String> joinKeys() {
    Map<String, String> joinKeys = new LinkedHashMap<>();
    byName.forEach((name, spec) -> joinKeys.put(name, spec.getJoinKey()));
    return joinKeys;
  }

  Optional<EntitySpecV2> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Empty for types that keys don't have here. */
  static Optional<JoinKey.Type> keyType(ValueType.Enum type) {
    return switch (type) {
      case STRING -> Optional.of(JoinKey.Type.STRING);
      case INT32 -> Optional.of(JoinKey.Type.INT32);
      case INT64 -> Optional.of(JoinKey.Type.INT64);
      case UNIX_TIMESTAMP -> Optional.of(JoinKey.Type.UNIX_TIMESTAMP);
      default -> Optional.empty();
    };
  }
}
