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

    /** Time of what first changed it, or would have. */
    long since;

    private Touched(S state) {
      this.state = state;
    }
  }

  /** What is done with the touched keys, each being Flink's current one. */
  interface Visitor<S> {
    /** Has something new to say. */
    void changed(String key, S state) throws IOException;

    /** Stays in state. */
    void kept(String key, S state) throws IOException;
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

  /** Must be called with the key being Flink's current one. */
  void forget(String key) {
    touched.remove(key);
    stored.clear();
  }

  int size() {
    return touched.size();
  }

  /** Stores what was touched and forgets it here. */
  void flush(long watermark, Visitor<S> visitor) throws IOException {
    for (Map.Entry<String, Touched<S>> entry : touched.entrySet()) {
      backend.setCurrentKey(entry.getKey());
      Touched<S> current = entry.getValue();
      if (current.changed) {
        visitor.changed(entry.getKey(), current.state);
      }
      if (fold.isEmpty(entry.getKey(), current.state, watermark)) {
        stored.clear();
      } else {
        visitor.kept(entry.getKey(), current.state);
        stored.update(current.state);
      }
    }
    touched.clear();
  }
}
