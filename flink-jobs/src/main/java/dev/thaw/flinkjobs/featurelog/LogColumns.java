package dev.thaw.flinkjobs.featurelog;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.views.ValueType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Columns of a view's log: join keys, features in the order of the file, {@value #EVENT_TIME} and
 * {@value #CREATED} (microseconds UTC), {@value #ERASED}. Features are optional: a row without any
 * says that the store has none for its key from then on.
 */
record LogColumns(String view, List<String> joinKeys, Map<String, ValueType> features)
    implements Serializable {
  static final String EVENT_TIME = "event_timestamp";
  static final String CREATED = "created_timestamp";

  /** Whether the row is of an erasure, so that all rows of its key are to go. */
  static final String ERASED = "erased";

  /** The folder of a day, which readers take for a column too. */
  static final String DAY = "dt";

  private static final List<String> RESERVED = List.of(EVENT_TIME, CREATED, ERASED, DAY);

  static LogColumns of(FeatureView view, List<String> joinKeys) {
    Map<String, ValueType> features = new LinkedHashMap<>();
    for (FeatureDefinition feature : view.features()) {
      if (RESERVED.contains(feature.name()) || joinKeys.contains(feature.name())) {
        throw new IllegalArgumentException(
            "feature of view "
                + view.name()
                + " must not be named as a column of the feature log, "
                + RESERVED
                + " or a join key, was "
                + feature.name());
      }
      features.put(feature.name(), feature.type());
    }
    return new LogColumns(view.name(), List.copyOf(joinKeys), features);
  }

  MessageType schema() {
    List<Type> fields = new ArrayList<>();
    joinKeys.forEach(key -> fields.add(Types.required(BINARY).as(stringType()).named(key)));
    features.forEach((name, type) -> fields.add(column(name, type)));
    fields.add(Types.required(INT64).as(timestampType(true, MICROS)).named(EVENT_TIME));
    fields.add(Types.required(INT64).as(timestampType(true, MICROS)).named(CREATED));
    fields.add(Types.required(BOOLEAN).named(ERASED));
    return new MessageType(view, fields);
  }

  private static Type column(String name, ValueType type) {
    return switch (type) {
      case STRING -> Types.optional(BINARY).as(stringType()).named(name);
      case INT32 -> Types.optional(INT32).named(name);
      case INT64 -> Types.optional(INT64).named(name);
      case FLOAT -> Types.optional(FLOAT).named(name);
      case DOUBLE -> Types.optional(DOUBLE).named(name);
      case BOOL -> Types.optional(BOOLEAN).named(name);
      case UNIX_TIMESTAMP -> Types.optional(INT64).as(timestampType(true, MICROS)).named(name);
      case STRING_LIST -> list(name, Types.required(BINARY).as(stringType()).named("element"));
      case INT64_LIST -> list(name, Types.required(INT64).named("element"));
      case DOUBLE_LIST -> list(name, Types.required(DOUBLE).named("element"));
      case FLOAT_LIST -> list(name, Types.required(FLOAT).named("element"));
    };
  }

  private static Type list(String name, PrimitiveType element) {
    return Types.optionalList().element(element).named(name);
  }
}
