package dev.thaw.serving.featureserver;

import static dev.thaw.serving.featureserver.FeastProcess.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.feast.FeastClient;
import dev.feast.Row;
import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.feast.FeastSession;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.online.redis.RedisServer;
import dev.thaw.serving.featureserver.schema.RegistryFile;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import feast.proto.serving.ServingAPIProto.FieldStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same requests to {@code feast serve} and to ours, over one Redis and one registry. */
class BesideFeastServeIT {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");

  @TempDir static Path repo;
  private static FeastProcess feast;
  private static OnlineStore store;
  private static FeatureServer ours;
  private static URI theirs;

  @BeforeAll
  static void start() throws Exception {
    RedisServer redis = RedisServer.single();
    feast = FeastProcess.applied(repo, "rides", redis.port());
    ServedFeatures known = RegistryFile.read(feast.registry(), "rides");
    store =
        OnlineStores.open(new ThawConfig.Store("redis", redis.location(), "rides"), known.schema());
    write();
    ours =
        FeatureServer.start(
            new FeatureServerConfig("127.0.0.1", 0), known, store, InstantSource.fixed(NOW));
    theirs = feast.serve();
  }

  @AfterAll
  static void stop() {
    if (ours != null) {
      ours.close();
    }
    if (store != null) {
      store.close();
    }
    if (feast != null) {
      feast.close();
    }
  }

  private static void write() {
    Map<String, FeatureValue> all = new LinkedHashMap<>();
    all.put("text", new FeatureValue.Text("Amélie 😀"));
    all.put("int64", new FeatureValue.Int64(-9_007_199_254_740_993L));
    all.put("int32", new FeatureValue.Int32(Integer.MIN_VALUE));
    all.put("float64", new FeatureValue.Float64(0.1));
    all.put("float32", new FeatureValue.Float32(0.1f));
    all.put("bool", new FeatureValue.Bool(true));
    all.put("timestamp", new FeatureValue.Timestamp(Instant.ofEpochSecond(1_772_368_215)));
    all.put("bytes", FeatureValue.Bytes.copyOf((byte) 0, (byte) -1, (byte) 62));
    all.put("texts", new FeatureValue.Texts(List.of("a", "", "日本")));
    all.put("int64s", FeatureValue.Int64s.copyOf(1, Long.MIN_VALUE));
    all.put("int32s", FeatureValue.Int32s.copyOf(1, -2));
    all.put("float64s", FeatureValue.Float64s.copyOf(0.5, -1e-300, 1e22));
    all.put("float32s", FeatureValue.Float32s.copyOf(0.25f, 0.3f, 1e10f));
    all.put("bools", new FeatureValue.Bools(List.of(true, false)));
    all.put("timestamps", new FeatureValue.Timestamps(FeatureValue.Int64s.copyOf(0, 1)));
    all.put(
        "byte_strings", new FeatureValue.ByteStrings(List.of(FeatureValue.Bytes.copyOf((byte) 1))));
    Map<String, FeatureValue> nulls = new LinkedHashMap<>();
    all.keySet().forEach(name -> nulls.put(name, FeatureValue.MISSING));
    Map<String, FeatureValue> some =
        Map.of(
            "text",
            new FeatureValue.Text(""),
            "int64",
            new FeatureValue.Int64(0),
            "float64",
            new FeatureValue.Float64(0),
            "texts",
            new FeatureValue.Texts(List.of()));
    store.write(
        "by_user",
        List.of(
            new FeatureRow(EntityKey.of("user_id", "full"), all, NOW),
            new FeatureRow(EntityKey.of("user_id", "nulls"), nulls, NOW.minusMillis(250)),
            new FeatureRow(EntityKey.of("user_id", "some"), some, NOW),
            new FeatureRow(EntityKey.of("user_id", "old 日本"), all, NOW.minus(Duration.ofDays(2)))));
    store.write(
        "by_user_domain",
        List.of(
            new FeatureRow(
                EntityKey.of("user_id", "full", "domain", "books"),
                Map.of("score", new FeatureValue.Float64(0.75), "text", new FeatureValue.Text("t")),
                NOW)));
    store.write(
        "by_driver",
        List.of(
            new FeatureRow(
                key(Map.of("driver_id", new FeatureValue.Int64(1001))),
                Map.of("trips", new FeatureValue.Int64(7)),
                NOW)));
    store.write(
        "by_shift",
        List.of(
            new FeatureRow(
                key(
                    Map.of(
                        "driver_id", new FeatureValue.Int64(1001),
                        "shift", new FeatureValue.Int32(-2),
                        "since", new FeatureValue.Timestamp(Instant.ofEpochSecond(1_700_000_000)))),
                Map.of("hours", new FeatureValue.Int32(8)),
                NOW)));
    store.write(
        "everything",
        List.of(
            new FeatureRow(
                EntityKey.of("__dummy_id", ""), Map.of("rate", new FeatureValue.Float64(2)), NOW)));
    store.write(
        "newer",
        List.of(
            new FeatureRow(
                EntityKey.of("user_id", "full"), Map.of("plain", new FeatureValue.Int64(1)), NOW)));
  }

  private static EntityKey key(Map<String, FeatureValue> parts) {
    return new EntityKey(new TreeMap<>(parts));
  }

  private static final String ALL =
      "'by_user:text','by_user:int64','by_user:int32','by_user:float64','by_user:float32',"
          + "'by_user:bool','by_user:timestamp','by_user:bytes','by_user:texts','by_user:int64s',"
          + "'by_user:int32s','by_user:float64s','by_user:float32s','by_user:bools',"
          + "'by_user:timestamps','by_user:byte_strings'";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'features':[" + ALL + "],'entities':{'user_id':['full']}}",
        "{'features':["
            + ALL
            + "],'full_feature_names':true,"
            + "'entities':{'user_id':['nobody','full','nulls','some','old 日本','full','nulls']}}",
        "{'features':['by_user:text','by_user_domain:score'],"
            + "'entities':{'domain':['books','films'],'user_id':['full','full']}}",
        "{'features':['by_user:text','by_user_domain:text'],'full_feature_names':true,"
            + "'entities':{'user_id':['full'],'domain':['books']}}",
        "{'features':['by_driver:trips'],'entities':{'driver_id':[1001,1,1001]}}",
        "{'features':['by_driver:trips'],'entities':{'driver':[1001]}}",
        "{'features':['by_shift:hours','by_driver:trips'],"
            + "'entities':{'since':[1700000000,5],'driver_id':[1001,1001],'shift':[-2,2]}}",
        "{'features':['everything:rate'],'entities':{'user_id':['a','b']}}",
        "{'features':['newer:plain'],'entities':{'user_id':['full','unknown']}}",
        "{'feature_service':'both','entities':{'user_id':['full','x'],'domain':['books','books']}}",
        "{'feature_service':'both','full_feature_names':true,"
            + "'entities':{'user_id':['full'],'domain':['books']}}",
        "{'features':['by_driver:trips'],'entities':{'driver_id':[1001],'domain':['books'],'unrelated':[1]}}",
      })
  void answersAreTheSame(String request) {
    Map<String, JsonNode> own = columns(expectOk(ours.uri(), request));
    Map<String, JsonNode> other = columns(expectOk(theirs, request));
    assertThat(own.keySet()).isEqualTo(other.keySet());
    own.forEach((name, column) -> assertSame(name, column, other.get(name)));
  }

  /**
   * Values and times are equal; what Feast's server calls present whatever it found, ours tells
   * apart.
   */
  private static void assertSame(String name, JsonNode own, JsonNode other) {
    assertThat(own.get("values")).as(name).isEqualTo(other.get("values"));
    assertThat(own.get("event_timestamps")).as(name).isEqualTo(other.get("event_timestamps"));
    for (int row = 0; row < own.get("statuses").size(); row++) {
      String status = own.get("statuses").get(row).asText();
      boolean isNull = own.get("values").get(row).isNull();
      assertThat(other.get("statuses").get(row).asText()).as(name).isEqualTo("PRESENT");
      assertThat(isNull)
          .as("%s of %s", status, name)
          .isEqualTo(
              status.equals("NULL_VALUE")
                  || status.equals("NOT_FOUND")
                  || (isNull && status.equals("OUTSIDE_MAX_AGE")));
    }
  }

  private static Map<String, JsonNode> columns(JsonNode answer) {
    Map<String, JsonNode> columns = new TreeMap<>();
    JsonNode names = answer.at("/metadata/feature_names");
    assertThat(answer.get("results")).hasSize(names.size());
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i).asText(), answer.get("results").get(i));
    }
    assertThat(columns).hasSize(names.size());
    return columns;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'features':['nowhere:x'],'entities':{'user_id':['full']}}",
        "{'features':['by_user:x'],'entities':{'user_id':['full']}}",
        "{'feature_service':'x','entities':{'user_id':['full']}}",
        "{'features':['by_user:text','by_user_domain:text'],"
            + "'entities':{'user_id':['full'],'domain':['books']}}",
        "{'features':['by_user:text'],'entities':{'user_id':['a','b'],'domain':['books']}}",
        "{'features':['by_driver:trips'],'entities':{'driver_id':['x']}}",
        "{'features':['by_driver:trips'],'entities':{}}",
        "{'features':['by_user:text'],'entities':{'user_id':[null]}}",
      })
  void whatFeastCanNotAnswerIsOursToRefuse(String request) {
    assertThat(post(theirs, request).status().code()).isGreaterThanOrEqualTo(400);
    AggregatedHttpResponse refused = post(ours.uri(), request);
    assertThat(refused.status().code()).as(refused.contentUtf8()).isEqualTo(400);
  }

  /** {@code feast serve} 0.66 answers 500 to it, so there is nothing to compare with. */
  @Test
  void aServiceMayReadOneViewOfTwoEntities() {
    Map<String, JsonNode> columns =
        columns(
            expectOk(
                ours.uri(),
                "{'feature_service':'friends','full_feature_names':true,"
                    + "'entities':{'user_id':['full'],'friend_id':['some']}}"));
    assertThat(columns.keySet())
        .containsExactlyInAnyOrder("user_id", "friend_id", "by_user__int64", "friend__text");
    assertThat(columns.get("by_user__int64").at("/values/0").asLong())
        .isEqualTo(-9_007_199_254_740_993L);
    assertThat(columns.get("friend__text").at("/values/0").asText()).isEmpty();
    assertThat(columns.get("friend__text").at("/statuses/0").asText()).isEqualTo("PRESENT");
  }

  @Test
  void whatOnlyFeastsPythonCanAnswerIsRefusedByName() {
    String computed = "{'features':['computed:twice'],'entities':{'driver_id':[1001]}}";
    assertThat(columns(expectOk(theirs, computed)).get("twice").at("/values/0").asInt())
        .isEqualTo(14);
    assertThat(post(ours.uri(), computed).contentUtf8()).contains("computed", "Python function");
    String service = "{'feature_service':'python','entities':{'driver_id':[1001]}}";
    assertThat(post(ours.uri(), service).contentUtf8()).contains("computed", "Python function");
    String map = "{'features':['newer:map'],'entities':{'user_id':['full']}}";
    assertThat(post(ours.uri(), map).contentUtf8()).contains("newer:map", "Feast's type");
  }

  @Test
  void feastsJavaClientReadsTheSame() throws Exception {
    FeastClient client = FeastClient.create("127.0.0.1", ours.port());
    try {
      List<Row> rows =
          client.getOnlineFeatures(
              List.of("by_driver:trips"),
              List.of(Row.create().set("driver_id", 1001L), Row.create().set("driver_id", 5L)),
              "rides");
      assertThat(rows.get(0).getLong("by_driver:trips")).isEqualTo(7);
      assertThat(rows.get(0).getStatus("by_driver:trips")).isEqualTo(FieldStatus.PRESENT);
      assertThat(rows.get(1).getStatus("by_driver:trips")).isEqualTo(FieldStatus.NOT_FOUND);
    } finally {
      client.close();
    }
  }

  /**
   * {@code online_store: remote} in {@code feature_store.yaml}. JSON has neither bytes, times nor
   * floats of 32 bits: what Feast's client makes of those is the same through Feast's server.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void feastsPythonClientReadsThroughOurs(boolean full, @TempDir Path folder) throws Exception {
    Path throughOurs = remote(folder.resolve("ours"), ours.uri());
    Path throughTheirs = remote(folder.resolve("theirs"), theirs);
    FeastSession session = FeastSession.in(folder);
    for (Path each : List.of(repo, throughOurs, throughTheirs)) {
      session.add("online", each, "full", full, "features", EXACT, "keys", USERS);
      session.add("online", each, "full", full, "features", INEXACT, "keys", USERS);
      session.add(
          "online",
          each,
          "full",
          full,
          "features",
          List.of("by_driver:trips"),
          "keys",
          List.of(Map.of("driver_id", 1001), Map.of("driver_id", 5)));
      session.add(
          "online",
          each,
          "full",
          full,
          "features",
          "both",
          "keys",
          List.of(
              Map.of("user_id", "full", "domain", "books"),
              Map.of("user_id", "nobody", "domain", "films")));
    }

    JsonNode answers = session.run();

    for (int i = 0; i < 4; i++) {
      List<JsonNode> own = answers.get(4 + i).findValues("values");
      assertThat(own).isNotEmpty().isEqualTo(answers.get(8 + i).findValues("values"));
      if (i != 1) {
        assertThat(own).isEqualTo(answers.get(i).findValues("values"));
      }
    }
    assertThat(answers.get(4).get(0).get("values").get(full ? "by_user__text" : "text").asText())
        .isEqualTo("Amélie 😀");
    assertThat(answers.get(6).get(0).get("values").get(full ? "by_driver__trips" : "trips").asInt())
        .isEqualTo(7);
  }

  private static final List<String> EXACT =
      List.of(
          "by_user:text",
          "by_user:int64",
          "by_user:int32",
          "by_user:float64",
          "by_user:bool",
          "by_user:texts",
          "by_user:int64s",
          "by_user:int32s",
          "by_user:float64s",
          "by_user:bools");
  private static final List<String> INEXACT =
      List.of(
          "by_user:float32",
          "by_user:float32s",
          "by_user:timestamp",
          "by_user:timestamps",
          "by_user:bytes",
          "by_user:byte_strings");
  private static final List<Map<String, String>> USERS =
      List.of(
          Map.of("user_id", "full"),
          Map.of("user_id", "nulls"),
          Map.of("user_id", "old 日本"),
          Map.of("user_id", "nobody"));

  private static Path remote(Path folder, URI server) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("feature_store.yaml"),
        """
        project: rides
        provider: local
        registry: %s
        online_store: {type: remote, path: "http://127.0.0.1:%d"}
        offline_store: {type: duckdb}
        entity_key_serialization_version: 3
        """
            .formatted(feast.registry(), server.getPort()));
    return folder;
  }

  private static JsonNode expectOk(URI server, String request) {
    AggregatedHttpResponse response = post(server, request);
    assertThat(response.status().code()).as(response.contentUtf8()).isEqualTo(200);
    return FeatureServerFixture.tree(response);
  }
}
