package dev.thaw.featuredefinitions.online.redis;

import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.EntityKeyBytes;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Feast's names in Redis: a key is the entity key followed by the project; a field is murmur3_32 of
 * {@code view:feature}, little-endian, or {@code _ts:view}. Immutable.
 */
final class RedisFields {
  /** Fields of one view. */
  record OfView(byte[] time, List<String> names, Map<String, byte[]> byName) {}

  private final byte[] project;
  private final OnlineSchema schema;
  private final Map<String, OfView> views = new LinkedHashMap<>();

  RedisFields(String project, OnlineSchema schema) {
    this.project = project.getBytes(StandardCharsets.UTF_8);
    this.schema = schema;
    schema.featuresByView().forEach((view, names) -> views.put(view, fields(view, names)));
  }

  private static OfView fields(String view, List<String> names) {
    Map<String, byte[]> byName = new LinkedHashMap<>();
    names.forEach(name -> byName.put(name, field(view, name)));
    return new OfView(("_ts:" + view).getBytes(StandardCharsets.UTF_8), names, byName);
  }

  /** Four bytes. */
  static byte[] field(String view, String feature) {
    return Hashing.murmur3_32_fixed()
        .hashString(view + ":" + feature, StandardCharsets.UTF_8)
        .asBytes();
  }

  /**
   * @throws IllegalArgumentException if the view is not declared
   */
  OfView of(String view) {
    schema.features(view);
    return Objects.requireNonNull(views.get(view));
  }

  byte[] key(EntityKey key) {
    byte[] entity = EntityKeyBytes.encode(key);
    byte[] bytes = Arrays.copyOf(entity, entity.length + project.length);
    System.arraycopy(project, 0, bytes, entity.length, project.length);
    return bytes;
  }
}
