package dev.thaw.featuredefinitions.online.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
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

  @Test
  void aPatientStoreWaitsForABusyServerUnlessItsLocationSaysHowLong() {
    RedisServer server = RedisServer.single();
    Duration patience = Duration.ofSeconds(60);
    List<FeatureRow> rows =
        List.of(row(user("u"), Instant.parse("2026-03-01T12:00:00Z"), "count", 1));
    String location = "redis://127.0.0.1:" + server.port();
    try (OnlineStore patient = RedisOnlineStore.open(location, "thaw", SCHEMA, patience);
        OnlineStore hasty =
            RedisOnlineStore.open(location + "?timeout=500ms", "thaw", SCHEMA, patience)) {
      assertThat(patient.write("profile", rows)).isEqualTo(1);
      assertThat(read(hasty, "profile", user("u"))).isPresent();
      pause(server, Duration.ofSeconds(4));
      assertThatThrownBy(() -> read(hasty, "profile", user("u")))
          .isInstanceOf(OnlineStoreException.class)
          .hasMessageContaining("PT0.5S");
      assertThat(read(patient, "profile", user("u"))).isPresent();
    } finally {
      server.kill();
    }
  }

  private static void pause(RedisServer server, Duration time) {
    try (RedisPipeline redis = new RedisPipeline(server.location(), RedisPipeline.PATIENCE)) {
      redis.run(
          List.of(
              RedisPipeline.command(
                  CommandType.CLIENT,
                  new StatusOutput<>(ByteArrayCodec.INSTANCE),
                  RedisPipeline.args().add("PAUSE").add(time.toMillis()))));
    }
  }
}
