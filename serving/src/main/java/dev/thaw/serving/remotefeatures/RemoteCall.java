package dev.thaw.serving.remotefeatures;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.FeatureValueMessages;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import feast.proto.serving.ServingAPIProto.FeatureList;
import feast.proto.serving.ServingAPIProto.GetOnlineFeaturesRequest;
import feast.proto.types.ValueProto.RepeatedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads that go into one request: a request gives every one of its views the same entities, so only
 * views that are read for the same entities, or for parts of them, share one.
 */
final class RemoteCall {
  /** Of one request, well within what a feature server takes. */
  private static final int MOST_ROWS = 1_000;

  private static final int MOST_VIEWS = 8;

  private final List<Map<String, FeatureValue>> rows;
  private final Map<String, List<Integer>> positions = new LinkedHashMap<>();

  private RemoteCall(String view, Keys keys) {
    this.rows = new ArrayList<>();
    keys.keys.forEach(key -> rows.add(new TreeMap<>(key.joinKeys())));
    positions.put(view, keys.positions);
  }

  /** Of one view, in the order of the reads. */
  private static final class Keys {
    private final List<EntityKey> keys = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();

    List<Keys> slices() {
      List<Keys> slices = new ArrayList<>();
      for (int from = 0; from < keys.size(); from += MOST_ROWS) {
        int to = Math.min(keys.size(), from + MOST_ROWS);
        Keys slice = new Keys();
        slice.keys.addAll(keys.subList(from, to));
        slice.positions.addAll(positions.subList(from, to));
        slices.add(slice);
      }
      return slices;
    }
  }

  static List<RemoteCall> of(List<Read> reads) {
    Map<String, Map<Set<String>, Keys>> byView = new LinkedHashMap<>();
    for (int i = 0; i < reads.size(); i++) {
      Read read = reads.get(i);
      Keys keys =
          byView
              .computeIfAbsent(read.view(), view -> new LinkedHashMap<>())
              .computeIfAbsent(read.key().joinKeys().keySet(), names -> new Keys());
      keys.keys.add(read.key());
      keys.positions.add(i);
    }
    List<RemoteCall> calls = new ArrayList<>();
    byView.forEach(
        (view, bySignature) ->
            bySignature
                .values()
                .forEach(keys -> keys.slices().forEach(slice -> join(calls, view, slice))));
    return calls;
  }

  private static void join(List<RemoteCall> calls, String view, Keys keys) {
    for (RemoteCall call : calls) {
      boolean mayTake = !call.positions.containsKey(view) && call.positions.size() < MOST_VIEWS;
      if (mayTake && call.takes(keys.keys)) {
        call.positions.put(view, keys.positions);
        return;
      }
    }
    calls.add(new RemoteCall(view, keys));
  }

  /** Takes the view in if no row of it says another value of a join key. */
  private boolean takes(List<EntityKey> keys) {
    if (keys.size() != rows.size()) {
      return false;
    }
    for (int row = 0; row < rows.size(); row++) {
      Map<String, FeatureValue> known = rows.get(row);
      boolean differs =
          keys.get(row).joinKeys().entrySet().stream()
              .anyMatch(
                  part ->
                      known.containsKey(part.getKey())
                          && !part.getValue().equals(known.get(part.getKey())));
      if (differs) {
        return false;
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      rows.get(row).putAll(keys.get(row).joinKeys());
    }
    return true;
  }

  List<String> views() {
    return List.copyOf(positions.keySet());
  }

  /** Where the answers of a view belong among the reads, by row. */
  List<Integer> positions(String view) {
    return Optional.ofNullable(positions.get(view)).orElse(List.of());
  }

  GetOnlineFeaturesRequest request(OnlineSchema schema) {
    FeatureList.Builder features = FeatureList.newBuilder();
    for (String view : views()) {
      schema.features(view).forEach(feature -> features.addVal(view + ":" + feature));
    }
    Map<String, RepeatedValue.Builder> columns = new LinkedHashMap<>();
    for (Map<String, FeatureValue> row : rows) {
      row.forEach(
          (name, value) ->
              columns
                  .computeIfAbsent(name, key -> RepeatedValue.newBuilder())
                  .addVal(FeatureValueMessages.of(value)));
    }
    GetOnlineFeaturesRequest.Builder request =
        GetOnlineFeaturesRequest.newBuilder().setFeatures(features);
    columns.forEach((name, values) -> request.putEntities(name, values.build()));
    return request.build();
  }
}
