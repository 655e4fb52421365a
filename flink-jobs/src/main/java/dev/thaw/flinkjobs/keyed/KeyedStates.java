package dev.thaw.flinkjobs.keyed;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.jspecify.annotations.Nullable;

/**
 * The states of the keys touched since the last flush, in front of Flink's keyed state. A busy key
 * is read and written once a flush instead of once a record, which is what makes RocksDB bearable.
 * Must be flushed before every snapshot.
 *
 * @param <S> state of a key
 */
final class KeyedStates<S> {
  /** The state of a key and what happened to it since the last flush. */
  static final class Touched<S> {
    final S state;
    boolean changed;

    private Touched(S state) {
      this.state = state;
    }
  }

  /** What is done with each touched key, with the key being Flink's current one. */
  interface Visitor<S> {
    void visit(String key, Touched<S> touched) throws IOException;
  }

  private final KeyedStateBackend<String> backend;
  private final ValueState<S> stored;
  private final KeyedFold<?, S, ?> fold;
  private final Map<String, Touched<S>> touched = new LinkedHashMap<>();

  KeyedStates(KeyedStateBackend<String> backend, ValueState<S> stored, KeyedFold<?, S, ?> fold) {
    this.backend = backend;
    this.stored = stored;
    this.fold = fold;
  }

  /** Must be called with the key being Flink's current one. */
  Touched<S> touch(String key) throws IOException {
    Touched<S> known = touched.get(key);
    if (known != null) {
      return known;
    }
    @Nullable S state = stored.value();
    Touched<S> loaded = new Touched<>(state == null ? fold.empty() : fold.adopt(state));
    touched.put(key, loaded);
    return loaded;
  }

  int size() {
    return touched.size();
  }

  /** Stores what was touched and forgets it here. */
  void flush(Visitor<S> visitor) throws IOException {
    for (Map.Entry<String, Touched<S>> entry : touched.entrySet()) {
      backend.setCurrentKey(entry.getKey());
      Touched<S> current = entry.getValue();
      visitor.visit(entry.getKey(), current);
      if (fold.isEmpty(current.state)) {
        stored.clear();
      } else {
        stored.update(current.state);
      }
    }
    touched.clear();
  }
}
