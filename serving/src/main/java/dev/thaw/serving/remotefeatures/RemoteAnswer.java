package dev.thaw.serving.remotefeatures;

import com.google.protobuf.Timestamp;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.FeatureValueMessages;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import feast.proto.serving.ServingAPIProto.FieldStatus;
import feast.proto.serving.ServingAPIProto.GetOnlineFeaturesResponse;
import feast.proto.serving.ServingAPIProto.GetOnlineFeaturesResponse.FeatureVector;
import feast.proto.types.ValueProto.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of an answer as rows again. Columns may come in any order. */
final class RemoteAnswer {
  private final Map<String, FeatureVector> columns = new HashMap<>();

  RemoteAnswer(GetOnlineFeaturesResponse response) {
    List<String> names = response.getMetadata().getFeatureNames().getValList();
    for (int i = 0; i < names.size() && i < response.getResultsCount(); i++) {
      columns.put(names.get(i), response.getResults(i));
    }
  }

  /**
   * The row of a view; empty if the server knows none.
   *
   * @throws OnlineStoreException if the answer has not what was asked for
   */
  Optional<FeatureRow> row(String view, List<String> features, int row, EntityKey key) {
    Map<String, FeatureValue> values = new HashMap<>();
    Optional<Timestamp> time = Optional.empty();
    for (String feature : features) {
      FeatureVector column = column(view + ":" + feature, row);
      if (column.getStatuses(row) == FieldStatus.NOT_FOUND) {
        continue;
      }
      time = Optional.of(column.getEventTimestamps(row));
      Value value = column.getValues(row);
      if (value.getValCase() != Value.ValCase.VAL_NOT_SET) {
        values.put(feature, FeatureValueMessages.read(value));
      }
    }
    return time.map(
        at -> new FeatureRow(key, values, Instant.ofEpochSecond(at.getSeconds(), at.getNanos())));
  }

  private FeatureVector column(String name, int row) {
    FeatureVector column = columns.get(name);
    if (column == null
        || column.getValuesCount() <= row
        || column.getStatusesCount() <= row
        || column.getEventTimestampsCount() <= row) {
      throw new OnlineStoreException(
          "the feature server's answer has no " + name + " in row " + row);
    }
    return column;
  }
}
