package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Loaded models of this process, counted: whoever opens the same one shares it, the last to close
 * it frees its memory. Weights are a hundred megabytes, and every parallel operator and the server
 * want them.
 *
 * @param <S> what is loaded
 */
final class SharedSessions<S extends SharedSessions.Session> {
  static final SharedSessions<OnnxSession> TEXTS = new SharedSessions<>();
  static final SharedSessions<OnnxImageSession> IMAGES = new SharedSessions<>();

  private final Map<Key, Counted<S>> open = new HashMap<>();

  /** A loaded model. */
  interface Session extends AutoCloseable {
    VectorSpace space();

    @Override
    void close();
  }

  record Key(String model, int threads) {}

  private static final class Counted<S> {
    final S session;
    int users;

    Counted(S session) {
      this.session = session;
    }
  }

  S open(Key key, Supplier<S> loader) {
    synchronized (open) {
      Counted<S> counted = open.computeIfAbsent(key, absent -> new Counted<>(loader.get()));
      counted.users++;
      return counted.session;
    }
  }

  void release(Key key) {
    synchronized (open) {
      Counted<S> counted = open.get(key);
      if (counted != null && --counted.users == 0) {
        open.remove(key);
        counted.session.close();
      }
    }
  }

  int users(Key key) {
    synchronized (open) {
      Counted<S> counted = open.get(key);
      return counted == null ? 0 : counted.users;
    }
  }
}
