package dev.thaw.featuredefinitions.online.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RedisOnlineStoreIT extends RedisStoreContract {
  private static final class Shared {
    static final RedisServer SERVER = RedisServer.single();
  }

  @Override
  protected RedisServer server() {
    return Shared.SERVER;
  }

  @Test
  void aServerThatComesBackIsUsedAgain() {
    RedisServer server = RedisServer.single();
    Instant time = Instant.parse("2026-03-01T12:00:00Z");
    try (OnlineStore store = RedisOnlineStore.open(server.location(), "thaw", SCHEMA)) {
      store.write("profile", List.of(row(user("u"), time, "count", 1)));
      server.kill();
      assertThatThrownBy(() -> read(store, "profile", user("u")))
          .isInstanceOf(OnlineStoreException.class)
          .hasMessageContaining("" + server.port());
      server.start();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      boolean written = false;
      while (!written) {
        try {
          // the server is empty and has forgotten the script
          written = store.write("profile", List.of(row(user("u"), time, "count", 2))) == 1;
        } catch (OnlineStoreException e) {
          assertThat(System.nanoTime()).as("reconnecting: %s", e).isLessThan(deadline);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
      }
      assertThat(read(store, "profile", user("u"))).contains(row(user("u"), time, "count", 2));
    } finally {
      server.kill();
    }
  }
}
