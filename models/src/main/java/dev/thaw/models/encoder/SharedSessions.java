package dev.thaw.models.encoder;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Loaded models of this process, counted: whoever opens the same one shares it, the last to close
 * it frees its memory. Weights are a hundred megabytes, and every parallel operator and the server
 * want them.
 */
final class SharedSessions {
  private static final Map<Key, Counted> OPEN = new HashMap<>();

  record Key(String model, int threads) {}

  private static final class Counted {
    final OnnxSession session;
    int users;

    Counted(OnnxSession session) {
      this.session = session;
    }
  }

  private SharedSessions() {}

  static OnnxSession open(Key key, Supplier<OnnxSession> loader) {
    synchronized (OPEN) {
      Counted counted = OPEN.computeIfAbsent(key, absent -> new Counted(loader.get()));
      counted.users++;
      return counted.session;
    }
  }

  static void release(Key key) {
    synchronized (OPEN) {
      Counted counted = OPEN.get(key);
      if (counted != null && --counted.users == 0) {
        OPEN.remove(key);
        counted.session.close();
      }
    }
  }

  static int users(Key key) {
    synchronized (OPEN) {
      Counted counted = OPEN.get(key);
      return counted == null ? 0 : counted.users;
    }
  }
}
