package dev.thaw.serving.remotefeatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.OnlineReaderContract;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.serving.featureserver.FeatureServer;
import dev.thaw.serving.featureserver.schema.JoinKey;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import dev.thaw.serving.featureserver.schema.ServedView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows are written into a store and read through a feature server before it. */
@Timeout(60)
class RemoteFeaturesTest extends OnlineReaderContract {
  @Override
  protected Place newPlace() {
    Path folder = newFolder();
    return new Place() {
      @Override
      public OnlineStore open(OnlineSchema schema) {
        return new BehindServer(folder, schema);
      }

      @Override
      public void corrupt(String view, EntityKey key, String feature, byte[] bytes) {
        throw new UnsupportedOperationException("bytes are the business of stores");
      }
    };
  }

  @Override
  protected OnlineStore openUnreachable() {
    BehindServer store = new BehindServer(newFolder(), SCHEMA);
    store.server.close();
    return store;
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("thaw-remote");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsOfPartsOfTheSameEntitiesShareACall() {
    EntityKey both = EntityKey.of("user_id", "u", "domain", "books");
    List<RemoteCall> calls =
        RemoteCall.of(
            List.of(
                new OnlineReader.Read("history", both),
                new OnlineReader.Read("factors", both),
                new OnlineReader.Read("profile", user("u")),
                new OnlineReader.Read("profile", user("v"))));
    // two users and one can't be in the same rows
    assertThat(calls)
        .extracting(RemoteCall::views)
        .containsExactly(List.of("history", "factors"), List.of("profile"));
    assertThat(
            RemoteCall.of(
                List.of(
                    new OnlineReader.Read("history", both),
                    new OnlineReader.Read("profile", user("u")))))
        .hasSize(1);
    assertThat(
            RemoteCall.of(
                List.of(
                    new OnlineReader.Read("history", both),
                    new OnlineReader.Read("profile", user("v")))))
        .hasSize(2);
  }

  @Test
  void aReadLongerThanARequestMayBeComesBackWhole() {
    List<FeatureRow> rows = new ArrayList<>();
    List<OnlineReader.Read> reads = new ArrayList<>();
    for (int i = 0; i < 2_345; i++) {
      rows.add(row(user("u" + i), NOON, "count", i));
      reads.add(new OnlineReader.Read("profile", user("u" + i)));
      reads.add(new OnlineReader.Read("never_written", user("u" + i)));
    }
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      store.write("profile", rows);
      List<Optional<FeatureRow>> found = store.read(reads);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(found.get(2 * i)).contains(rows.get(i));
        assertThat(found.get(2 * i + 1)).isEmpty();
      }
    }
  }

  @Test
  void aServerThatDoesNotHaveAViewIsNamedWithItsReason() {
    try (BehindServer store = new BehindServer(newFolder(), SCHEMA);
        RemoteFeatures other =
            RemoteFeatures.open(
                store.location(), new OnlineSchema(Map.of("elsewhere", List.of("x"))))) {
      assertThatThrownBy(() -> read(other, "elsewhere", user("u")))
          .hasMessageContainingAll(store.location(), "elsewhere:x", "profile");
    }
    assertThatThrownBy(() -> RemoteFeatures.open("http://h:1", SCHEMA))
        .hasMessage("location must be grpc://host:port or grpcs://host:port, was \"http://h:1\"");
  }

  /** Writes go to the store. */
  private static final class BehindServer implements OnlineStore {
    private final OnlineStore store;
    private final FeatureServer server;
    private final RemoteFeatures reader;

    BehindServer(Path folder, OnlineSchema schema) {
      store =
          OnlineStores.open(
              new ThawConfig.Store("sqlite", folder.resolve("online.db").toString(), "thaw"),
              schema);
      server =
          FeatureServer.start(
              new FeatureServerConfig("127.0.0.1", 0),
              served(schema),
              store,
              InstantSource.fixed(NOON));
      reader = RemoteFeatures.open(location(), schema);
    }

    String location() {
      return "grpc://127.0.0.1:" + server.port();
    }

    private static ServedFeatures served(OnlineSchema schema) {
      Map<String, ServedView> views = new LinkedHashMap<>();
      schema
          .featuresByView()
          .forEach(
              (name, features) ->
                  views.put(
                      name,
                      new ServedView(
                          name,
                          List.of(new JoinKey("user_id", JoinKey.Type.STRING)),
                          features,
                          Map.of(),
                          Duration.ZERO)));
      return new ServedFeatures(Map.of("user", "user_id"), views, Set.of(), Map.of());
    }

    @Override
    public List<Optional<FeatureRow>> read(List<Read> reads) {
      return reader.read(reads);
    }

    @Override
    public int write(String view, List<FeatureRow> rows) {
      return store.write(view, rows);
    }

    @Override
    public void delete(List<Read> rows) {
      store.delete(rows);
    }

    @Override
    public void close() {
      reader.close();
      server.close();
      store.close();
    }
  }
}
