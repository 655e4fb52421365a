package dev.thaw.launcher.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.launcher.console.Progress;
import dev.thaw.serving.featureserver.FeatureServer;
import dev.thaw.serving.featureserver.schema.RegistryFile;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Our feature server and {@code feast serve} in turn: the same JSON requests over one connection,
 * on one Redis and one registry. Both answer a sample alike before anything is measured.
 */
final class FeatureServerBench implements Benchmark {
  private static final String PROJECT = "bench";
  private static final String VIEW = "measured";
  private static final int FEATURES = 50;
  private static final int USERS = 1_000;
  private static final int WINDOWS = 5;
  private static final int COMPARED = 20;
  private static final Duration TURN = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A size of requests and how much faster than Feast's server ours has to be at the median. */
  private record Shape(int entities, int features, double target) {
    @Override
    public String toString() {
      return entities + (entities == 1 ? " entity x " : " entities x ") + features + " features";
    }
  }

  @Override
  public String name() {
    return "feature-server";
  }

  @Override
  public String description() {
    return "our feature server beside feast serve on the same Redis, JSON over HTTP on both sides";
  }

  @Override
  public Optional<String> leftOut(BenchContext context) {
    return FeastServe.missing();
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    Path folder = context.folder(name());
    Path feast = FeastServe.feast().orElseThrow();
    try (FeastServe processes = new FeastServe(feast, folder);
        Progress.Task task = context.progress().begin("asking feature servers", 0)) {
      String redis = processes.redis();
      URI theirs = processes.serve(PROJECT, definitions());
      ServedFeatures known = RegistryFile.read(folder.resolve("registry.db"), PROJECT);
      try (OnlineStore store =
              OnlineStores.open(new ThawConfig.Store("redis", redis, PROJECT), known.schema());
          FeatureServer ours =
              FeatureServer.start(
                  new FeatureServerConfig("127.0.0.1", 0), known, store, InstantSource.system())) {
        store.write(VIEW, rows(new SplittableRandom(context.seed())));
        List<Figure> figures = new ArrayList<>();
        for (Shape shape : List.of(new Shape(1, 10, 4), new Shape(100, FEATURES, 8))) {
          figures.addAll(measure(shape, ours.uri(), theirs, context));
        }
        return figures;
      }
    }
  }

  private static List<Figure> measure(Shape shape, URI ours, URI theirs, BenchContext context)
      throws Exception {
    double equal = equalAnswers(shape, ours, theirs, context.seed());
    if (equal < 1) {
      throw new IllegalStateException(
          "the answers of both servers to %s must be equal, %s of them were"
              .formatted(shape, equal));
    }
    Load own = load(shape, ours, context.seed());
    Load other = load(shape, theirs, context.seed());
    WarmUp.Taken warm = WarmUp.of(own, TURN);
    other.closedLoop(context.measured());
    Load.Outcome[] mine = new Load.Outcome[WINDOWS];
    Load.Outcome[] feasts = new Load.Outcome[WINDOWS];
    Duration window = context.measured().dividedBy(WINDOWS);
    for (int i = 0; i < WINDOWS; i++) {
      mine[i] = own.closedLoop(window);
      feasts[i] = other.closedLoop(window);
    }
    double p50 = PairedLoad.medianMillis(mine, 50);
    double feastP50 = PairedLoad.medianMillis(feasts, 50);
    return List.of(
        Figure.of(shape + ", times faster at p50", feastP50 / p50, "x")
            .with("answers equal to feast serve's", equal)
            .with("answers as expected", PairedLoad.together(mine).good())
            .with("feast serve's as expected", PairedLoad.together(feasts).good())
            .after(warm)
            .atLeast(shape.target()),
        Figure.of(shape + ", p50", p50, "ms").beside("feast serve", feastP50),
        Figure.of(shape + ", p99", PairedLoad.together(mine).millis(99), "ms")
            .beside("feast serve", PairedLoad.together(feasts).millis(99)));
  }

  private static Load load(Shape shape, URI server, long seed) {
    return new Load(
        server,
        1,
        number -> request(shape, seed + number),
        answer -> answer.status() == 200 && !answer.body().contains("NOT_FOUND"));
  }

  private static byte[] request(Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int first = random.nextInt(USERS);
    String users =
        IntStream.range(0, shape.entities())
            .mapToObj(i -> "\"u" + (first + i) % USERS + '"')
            .collect(Collectors.joining(","));
    String features =
        IntStream.range(0, shape.features())
            .mapToObj(i -> '"' + VIEW + ":f" + i + '"')
            .collect(Collectors.joining(","));
    return HttpConnection.postJson(
        "/get-online-features",
        "{\"features\":[%s],\"entities\":{\"user_id\":[%s]}}".formatted(features, users));
  }

  private static double equalAnswers(Shape shape, URI ours, URI theirs, long seed)
      throws IOException {
    int equal = 0;
    try (HttpConnection own = new HttpConnection(ours);
        HttpConnection other = new HttpConnection(theirs)) {
      for (int i = 0; i < COMPARED; i++) {
        byte[] request = request(shape, seed + i);
        equal += columns(own.send(request)).equals(columns(other.send(request))) ? 1 : 0;
      }
    }
    return (double) equal / COMPARED;
  }

  /** By name: Feast's server gives them in no fixed order. */
  private static Map<String, JsonNode> columns(HttpConnection.Response response)
      throws IOException {
    JsonNode answer = JSON.readTree(response.body());
    JsonNode names = answer.at("/metadata/feature_names");
    Map<String, JsonNode> columns = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i).asText(), answer.path("results").path(i));
    }
    if (columns.isEmpty()) {
      throw new IllegalStateException(
          "an answer must have columns, was " + response.status() + " " + response.body());
    }
    return columns;
  }

  private static List<FeatureRow> rows(SplittableRandom random) {
    Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
    List<FeatureRow> rows = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      Map<String, FeatureValue> features = new HashMap<>();
      for (int i = 0; i < FEATURES; i++) {
        features.put("f" + i, value(i, random));
      }
      rows.add(
          new FeatureRow(EntityKey.of("user_id", "u" + user), features, now.minusMillis(user)));
    }
    return rows;
  }

  /** In the types of the definitions. */
  private static FeatureValue value(int feature, SplittableRandom random) {
    return switch (feature % 3) {
      case 0 -> new FeatureValue.Float64(random.nextDouble());
      case 1 -> new FeatureValue.Int64(random.nextLong());
      default -> new FeatureValue.Text("value " + random.nextInt(1_000));
    };
  }

  private static String definitions() throws IOException {
    try (InputStream in =
        FeatureServerBench.class.getResourceAsStream("feature_server_definitions.py")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
