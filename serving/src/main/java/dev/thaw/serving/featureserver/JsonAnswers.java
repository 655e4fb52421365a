package dev.thaw.serving.featureserver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Answers as {@code feast serve} writes them: {@code {"metadata": {"feature_names": [...]},
 * "results": [{"values": [...], "statuses": [...], "event_timestamps": [...]}]}}, join keys before
 * the features.
 */
final class JsonAnswers {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
  private static final String NO_TIME = "1970-01-01T00:00:00Z";
  private static final String PRESENT = "PRESENT";
  private static final int BYTES_OF_A_VALUE = 56;

  private JsonAnswers() {}

  static byte[] write(FeatureAnswer answer) {
    int cells = answer.views().stream().mapToInt(ViewRows::size).max().orElse(1);
    ByteArrayBuilder out =
        new ByteArrayBuilder(256 + cells * answer.outputs().size() * BYTES_OF_A_VALUE);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("results");
      for (List<FeatureValue> column : answer.joinKeys().values()) {
        joinKey(json, column);
      }
      for (Selection.Output output : answer.outputs()) {
        feature(json, output.feature(), answer.rows(output));
      }
      json.writeEndArray();
      names(json, answer);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void names(JsonGenerator json, FeatureAnswer answer) throws IOException {
    json.writeObjectFieldStart("metadata");
    json.writeArrayFieldStart("feature_names");
    for (Map.Entry<String, ?> column : answer.joinKeys().entrySet()) {
      json.writeString(column.getKey());
    }
    for (Selection.Output output : answer.outputs()) {
      json.writeString(output.name());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void joinKey(JsonGenerator json, List<FeatureValue> column) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("values");
    for (FeatureValue value : column) {
      JsonValues.write(json, value);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("statuses");
    for (int row = 0; row < column.size(); row++) {
      json.writeString(PRESENT);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("event_timestamps");
    for (int row = 0; row < column.size(); row++) {
      json.writeString(NO_TIME);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void feature(JsonGenerator json, String feature, ViewRows rows)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("values");
    for (int row = 0; row < rows.size(); row++) {
      JsonValues.write(json, rows.value(row, feature));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("statuses");
    for (int row = 0; row < rows.size(); row++) {
      json.writeString(rows.status(row, feature).name());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("event_timestamps");
    for (int row = 0; row < rows.size(); row++) {
      json.writeString(rows.timeText(row));
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
