package dev.thaw.flinkjobs.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * The newest record of a key in a compacted topic, or that the key was deleted. A plain Flink POJO;
 * not changed after it was made.
 *
 * @param <T> type of the records
 */
public final class Change<T> {
  public String key = "";

  /** The record; null says that the key was deleted. */
  public @Nullable T record;

  /** For Flink. */
  public Change() {}

  public Change(String key, @Nullable T record) {
    this.key = key;
    this.record = record;
  }

  public boolean isDeletion() {
    return record == null;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  public static <T> TypeInformation<Change<T>> type(TypeInformation<T> record) {
    Map<String, TypeInformation<?>> fields = new HashMap<>();
    fields.put("key", Types.STRING);
    fields.put("record", record);
    return (TypeInformation) Types.POJO(Change.class, fields);
  }

  @Override
  public String toString() {
    return "Change[" + key + ", " + record + "]";
  }
}
