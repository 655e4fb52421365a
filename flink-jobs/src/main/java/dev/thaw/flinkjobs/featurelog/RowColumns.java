package dev.thaw.flinkjobs.featurelog;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Takes rows of one view apart into the columns of {@link LogColumns}. */
final class RowColumns extends WriteSupport<RowColumns.Stamped> {
  private static final int MICROS = 1_000_000;

  private final LogColumns columns;
  private RecordConsumer out;

  /**
   * @param erased whether it is of an erasure
   * @param createdMicros when it was written, epoch microseconds
   */
  record Stamped(FeatureRow row, boolean erased, long createdMicros) {}

  @SuppressWarnings("NullAway.Init") // Parquet gives the consumer before the first row
  RowColumns(LogColumns columns) {
    this.columns = columns;
  }

  @Override
  @SuppressWarnings("deprecation") // still abstract; the other one is called
  public WriteContext init(Configuration configuration) {
    throw new UnsupportedOperationException("Hadoop is not configured here");
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(columns.schema(), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Stamped stamped) {
    FeatureRow row = stamped.row();
    int index = 0;
    out.startMessage();
    for (String key : columns.joinKeys()) {
      FeatureValue value = row.key().joinKeys().get(key);
      if (!(value instanceof FeatureValue.Text text)) {
        throw new IllegalArgumentException(
            "join key " + key + " of view " + columns.view() + " must be a string, was " + value);
      }
      scalar(key, index++, text);
    }
    for (String feature : columns.features().keySet()) {
      int column = index++;
      row.get(feature).ifPresent(value -> feature(feature, column, value));
    }
    micros(LogColumns.EVENT_TIME, index++, micros(row.eventTime()));
    micros(LogColumns.CREATED, index++, stamped.createdMicros());
    out.startField(LogColumns.ERASED, index);
    out.addBoolean(stamped.erased());
    out.endField(LogColumns.ERASED, index);
    out.endMessage();
  }

  static long micros(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / 1_000);
  }

  private void micros(String name, int index, long value) {
    out.startField(name, index);
    out.addLong(value);
    out.endField(name, index);
  }

  private void feature(String name, int index, FeatureValue value) {
    if (value instanceof FeatureValue.Texts list) {
      list(
          name, index, list.values().size(), i -> add(new FeatureValue.Text(list.values().get(i))));
    } else if (value instanceof FeatureValue.Int64s list) {
      long[] values = list.toArray();
      list(name, index, values.length, i -> out.addLong(values[i]));
    } else if (value instanceof FeatureValue.Float64s list) {
      double[] values = list.toArray();
      list(name, index, values.length, i -> out.addDouble(values[i]));
    } else if (value instanceof FeatureValue.Float32s list) {
      float[] values = list.toArray();
      list(name, index, values.length, i -> out.addFloat(values[i]));
    } else {
      scalar(name, index, value);
    }
  }

  private void scalar(String name, int index, FeatureValue value) {
    out.startField(name, index);
    add(value);
    out.endField(name, index);
  }

  private void add(FeatureValue value) {
    if (value instanceof FeatureValue.Text v) {
      out.addBinary(Binary.fromString(v.value()));
    } else if (value instanceof FeatureValue.Int64 v) {
      out.addLong(v.value());
    } else if (value instanceof FeatureValue.Int32 v) {
      out.addInteger(v.value());
    } else if (value instanceof FeatureValue.Float64 v) {
      out.addDouble(v.value());
    } else if (value instanceof FeatureValue.Float32 v) {
      out.addFloat(v.value());
    } else if (value instanceof FeatureValue.Bool v) {
      out.addBoolean(v.value());
    } else if (value instanceof FeatureValue.Timestamp v) {
      out.addLong(micros(v.value()));
    } else {
      throw new IllegalArgumentException(
          "view " + columns.view() + " has no column type for feature value " + value);
    }
  }

  private interface Element {
    void add(int index);
  }

  private void list(String name, int index, int size, Element element) {
    out.startField(name, index);
    out.startGroup();
    if (size > 0) {
      out.startField("list", 0);
      for (int i = 0; i < size; i++) {
        out.startGroup();
        out.startField("element", 0);
        element.add(i);
        out.endField("element", 0);
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
    out.endField(name, index);
  }
}
