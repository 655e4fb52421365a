package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.launcher.console.Progress;
import dev.thaw.vectorindex.Neighbour;
import dev.thaw.vectorindex.SearchFilter;
import dev.thaw.vectorindex.VectorIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Recommendations of a whole server on embedded stores: how many a second for users that need no
 * index, a search in 64 and one in 384 dimensions, and how long the slowest hundredth waits at half
 * of that, beside a constant answer of the same server at the same load.
 */
final class RecommendationBench implements Benchmark {
  /** Share of answers by the measured route, below which their speed says nothing. */
  private static final double RIGHT = 0.99;

  private static final int CONNECTIONS = 32;

  /** Enough for the open loop not to queue in the generator. */
  private static final int OPEN_CONNECTIONS = 64;

  /** Windows of the open loop; a percentile is the median of theirs. */
  private static final int WINDOWS = 5;

  private static final int K = 10;
  private static final int RECALL_QUERIES = 200;
  private static final double TIMES_CONSTANT = 5;
  private static final String GORSE =
      "Gorse 0.5.11 is said to reach 431/s with p99 265 ms on MovieLens 100K";

  @Override
  public String name() {
    return "recommendations";
  }

  @Override
  public String description() {
    return "requests/s and p99 of POST /v1/recommendations beside a constant endpoint;"
        + " 32 connections from threads of the same process";
  }

  /**
   * @param users kind of users asked for
   * @param method that has to answer them
   * @param target requests a second
   */
  private record Route(String name, String users, String method, double target) {}

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    List<Figure> figures = new ArrayList<>();
    try (ServedWorld served = ServedWorld.start(context, name())) {
      for (Route route :
          List.of(
              new Route("without a search", "cold", "popularity", 3_000),
              new Route("search in 64 dimensions", "warm", "factors", 1_000),
              new Route("search in 384 dimensions", "few", "content", 400))) {
        try (Progress.Task task = context.progress().begin(route.name(), 0)) {
          figures.addAll(measure(served, route, context));
        }
      }
      figures.addAll(recall(served, context));
    }
    return figures;
  }

  private static List<Figure> measure(ServedWorld served, Route route, BenchContext context)
      throws Exception {
    Load asking =
        new Load(
            served.server.uri(),
            CONNECTIONS,
            requests("/v1/recommendations", route.users(), context),
            answer -> isBy(route.method(), answer));
    LongFunction<byte[]> same = requests(ServedWorld.CONSTANT, route.users(), context);
    Load constant = new Load(served.server.uri(), CONNECTIONS, same, a -> a.status() == 200);
    WarmUp.Taken warm = WarmUp.of(asking, context.measured());
    Load.Outcome most = asking.closedLoop(context.measured());
    Load.Outcome mostConstant = constant.closedLoop(halfOf(context.measured()));

    PairedLoad.Windows atHalf = openLoops(asking, constant, most.perSecond() / 2, context);
    PairedLoad.Windows asked = openLoops(asking, constant, route.target() / 2, context);
    List<Figure> figures = new ArrayList<>(figures(route, warm, most, mostConstant, atHalf));
    figures.add(atAskedLoad(route, asked));
    return figures;
  }

  private static PairedLoad.Windows openLoops(
      Load asking, Load constant, double perSecond, BenchContext context) {
    return PairedLoad.openLoops(
        asking.over(OPEN_CONNECTIONS),
        constant.over(OPEN_CONNECTIONS),
        perSecond,
        halfOf(context.measured()),
        WINDOWS,
        context.seed());
  }

  /** The same at half of what is asked for, a load that doesn't grow with what is reached. */
  private static Figure atAskedLoad(Route route, PairedLoad.Windows asked) {
    Load.Outcome all = PairedLoad.together(asked.ours());
    requireRight(route, all.good());
    String what = "recommendation, %s, p99 at %,.0f/s".formatted(route.name(), route.target() / 2);
    return Figure.of(what, PairedLoad.medianMillis(asked.ours(), 99), "ms")
        .beside("constant endpoint at the same load", PairedLoad.medianMillis(asked.baseline(), 99))
        .with("p50 ms", all.millis(50))
        .with("constant's", PairedLoad.together(asked.baseline()).millis(50))
        .with("by " + route.method() + " undegraded", all.good());
  }

  private static List<Figure> figures(
      Route route,
      WarmUp.Taken warm,
      Load.Outcome most,
      Load.Outcome mostConstant,
      PairedLoad.Windows atHalf) {
    String what = "recommendation, " + route.name();
    Load.Outcome all = PairedLoad.together(atHalf.ours());
    Load.Outcome constant = PairedLoad.together(atHalf.baseline());
    requireRight(route, Math.min(most.good(), all.good()));
    double p99 = PairedLoad.medianMillis(atHalf.ours(), 99);
    double constantP99 = PairedLoad.medianMillis(atHalf.baseline(), 99);
    return List.of(
        Figure.of(what, most.perSecond(), "requests/s")
            .beside("constant endpoint", mostConstant.perSecond())
            .with("by " + route.method() + " undegraded", most.good())
            .with("CPU us a request", most.cpuMicrosEach())
            .after(warm)
            .atLeast(route.target())
            .saidOf(GORSE),
        Figure.of(what + ", p99 at half of it", p99, "ms")
            .beside("constant endpoint at the same load", constantP99)
            .with("p50 ms", all.millis(50))
            .with("p99 of all windows ms", all.millis(99))
            .with("constant's", constant.millis(99))
            .with("by " + route.method() + " undegraded", all.good())
            .atMost(TIMES_CONSTANT * constantP99));
  }

  private static void requireRight(Route route, double good) {
    if (!(good >= RIGHT)) {
      throw new IllegalStateException(
          "recommendation, %s: at least %s of the answers must be by %s and undegraded, were %s"
              .formatted(route.name(), RIGHT, route.method(), good));
    }
  }

  private static Duration halfOf(Duration time) {
    return time.dividedBy(2);
  }

  static boolean isBy(String method, HttpConnection.Response answer) {
    return answer.status() == 200
        && answer.body().contains("\"method\":\"" + method + "\"")
        && answer.body().contains("\"degraded\":[]");
  }

  /** Another user each time, the same ones in the same order each run. */
  static LongFunction<byte[]> requests(String path, String users, BenchContext context) {
    int known = context.users() / 3;
    return number -> {
      int user = new SplittableRandom(context.seed() + number).nextInt(known);
      return HttpConnection.postJson(
          path,
          "{\"user_id\":\""
              + users
              + "-"
              + user
              + "\",\"domain\":\""
              + PlantedWorld.DOMAIN
              + "\",\"k\":"
              + K
              + "}");
    };
  }

  private static List<Figure> recall(ServedWorld served, BenchContext context) {
    TrainedWorld trained = served.trained;
    List<float[]> ofUsers = new ArrayList<>();
    List<float[]> tastes = new ArrayList<>();
    for (int user = 0; user < Math.min(RECALL_QUERIES, context.users() / 3); user++) {
      float[] vector =
          java.util.Arrays.copyOf(trained.vector(user).vector(), TrainedWorld.RANK + 1);
      vector[TrainedWorld.RANK] = 1;
      ofUsers.add(vector);
      tastes.add(served.world.taste(trained.few(user)));
    }
    return List.of(
        Figure.of(
            "recall@10 of the search in 64 dimensions",
            recall(
                trained.factors,
                ofUsers,
                served.world.items(),
                i ->
                    java.util.Objects.requireNonNull(
                        trained.model.indexVector(PlantedWorld.item(i)))),
            "of exact ranking"),
        Figure.of(
            "recall@10 of the search in 384 dimensions",
            recall(trained.content, tastes, served.world.items(), served.world::content),
            "of exact ranking"));
  }

  private static double recall(
      VectorIndex index,
      List<float[]> queries,
      int items,
      java.util.function.IntFunction<float[]> vectors) {
    ExactTop exact = new ExactTop(queries, K, index.space().metric());
    for (int i = 0; i < items; i++) {
      exact.offer(i, vectors.apply(i));
    }
    double found = 0;
    for (int q = 0; q < queries.size(); q++) {
      Set<ItemId> best = new HashSet<>();
      for (int number : exact.of(q)) {
        best.add(PlantedWorld.item(number));
      }
      List<Neighbour> near =
          index.search(
              Embedding.copyOf(index.space(), queries.get(q)),
              K,
              SearchFilter.availableIn(PlantedWorld.DOMAIN));
      found += near.stream().filter(n -> best.contains(n.itemId())).count() / (double) K;
    }
    return found / queries.size();
  }
}
