package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.JsonLines;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recommendations of a server that runs elsewhere on this machine, on stores of its own, for the
 * users of the data folder that it was loaded with, for users nobody knows, and for some who have
 * only answered onboarding questions, see {@link Onboarded}. Says which methods answered and what
 * they went without.
 */
final class StackBench implements Benchmark {
  private static final int CONNECTIONS = 8;
  private static final int OPEN_CONNECTIONS = 32;
  private static final int WINDOWS = 5;

  /** Share of answers that must be recommendations at all. */
  private static final double ANSWERED = 1;

  /**
   * Share of answers that may go without a part; with more it is another system that is measured.
   */
  private static final double DEGRADED = 0.01;

  private static final String WITHOUT_A_PART = ", degraded";
  private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]*)\"");
  private static final byte[] HEALTH =
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String name() {
    return "stack";
  }

  @Override
  public String description() {
    return "recommendations/s, p50 and p99 of the server of --server, which runs elsewhere, for"
        + " users of --data, new ones and such with onboarding answers, beside its /healthz";
  }

  @Override
  public Optional<String> leftOut(BenchContext context) {
    return context.server() == null || context.data() == null
        ? Optional.of("it needs --server and --data, the data folder it was loaded with")
        : Optional.empty();
  }

  /** Somebody who may ask. */
  private record Asker(UserId user, DomainId domain) {}

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    DataFolder folder = DataFolder.open(Objects.requireNonNull(context.data()));
    List<Asker> known = known(folder);
    List<Asker> strangers = new ArrayList<>();
    for (Asker each : known) {
      strangers.add(new Asker(UserId.of("stranger-" + strangers.size()), each.domain()));
    }
    List<Figure> figures = new ArrayList<>();
    figures.addAll(measure("users of the folder", known, context));
    figures.addAll(measure("new users", strangers, context));
    try (Onboarded onboarded = onboarded(folder, context)) {
      List<Asker> asked =
          onboarded.profiles().stream()
              .map(each -> new Asker(each.userId(), each.onboarding().get(0).domain()))
              .toList();
      figures.addAll(measure("new users with ten onboarding likes", asked, context));
    }
    return figures;
  }

  private static Onboarded onboarded(DataFolder folder, BenchContext context) throws IOException {
    DomainDefinitions domains = DomainDefinitions.load(folder.domains());
    List<CatalogueItem> items = new ArrayList<>();
    JsonLines.read(
        folder.items(),
        WireFormats.items(domains, WireLimits.DEFAULT),
        Instant.MAX,
        items::add,
        letter -> {});
    URI server = Objects.requireNonNull(context.server());
    return Onboarded.post(server, domains, items, InstantSource.system().instant(), context.seed());
  }

  private static List<Asker> known(DataFolder folder) throws IOException {
    Set<Asker> found = new LinkedHashSet<>();
    JsonLines.read(
        folder.events(),
        WireFormats.events(DomainDefinitions.load(folder.domains()), WireLimits.DEFAULT),
        Instant.MAX,
        event -> found.add(new Asker(event.userId(), event.domain())),
        letter -> {});
    if (found.isEmpty()) {
      throw new IllegalStateException(folder.events() + " holds no usable event");
    }
    return List.copyOf(found);
  }

  private static List<Figure> measure(String who, List<Asker> askers, BenchContext context)
      throws Exception {
    URI server = Objects.requireNonNull(context.server());
    Map<String, LongAdder> methods = new ConcurrentHashMap<>();
    Load asking =
        new Load(
            server,
            CONNECTIONS,
            requests(askers, context.seed()),
            answer -> isOne(answer, methods));
    Load health = new Load(server, CONNECTIONS, number -> HEALTH, a -> a.status() == 200);
    try (Progress.Task task = context.progress().begin(who, 0)) {
      WarmUp.Taken warm = WarmUp.of(asking, context.measured());
      methods.clear();
      Load.Outcome most = asking.closedLoop(context.measured());
      Load.Outcome mostHealth = health.closedLoop(context.measured().dividedBy(2));
      PairedLoad.Windows atHalf =
          PairedLoad.openLoops(
              asking.over(OPEN_CONNECTIONS),
              health.over(OPEN_CONNECTIONS),
              most.perSecond() / 2,
              context.measured().dividedBy(2),
              WINDOWS,
              context.seed());
      Load.Outcome half = PairedLoad.together(atHalf.ours());
      if (most.good() < ANSWERED || half.good() < ANSWERED) {
        throw new IllegalStateException(
            "%s: every answer must be a recommendation of something, %s and %s of them were"
                .formatted(who, most.good(), half.good()));
      }
      requireWhole(who, methods);
      String what = "recommendation on real servers, " + who;
      return List.of(
          byMethod(Figure.of(what, most.perSecond(), "requests/s"), methods)
              .beside("/healthz", mostHealth.perSecond())
              .after(warm),
          Figure.of(what + ", p99 at half of it", PairedLoad.medianMillis(atHalf.ours(), 99), "ms")
              .beside("/healthz at the same load", PairedLoad.medianMillis(atHalf.baseline(), 99))
              .with("p50 ms", half.millis(50))
              .with("p99 of all windows ms", half.millis(99)));
    }
  }

  private static void requireWhole(String who, Map<String, LongAdder> methods) {
    double all = methods.values().stream().mapToLong(LongAdder::sum).sum();
    double without =
        methods.entrySet().stream()
            .filter(each -> each.getKey().endsWith(WITHOUT_A_PART))
            .mapToLong(each -> each.getValue().sum())
            .sum();
    if (without > DEGRADED * all) {
      throw new IllegalStateException(
          "%s: at most a share of %s of the answers may be degraded, %s were: %s"
              .formatted(who, DEGRADED, without / all, methods));
    }
  }

  private static Figure byMethod(Figure figure, Map<String, LongAdder> methods) {
    double all = methods.values().stream().mapToLong(LongAdder::sum).sum();
    Figure full = figure;
    for (Map.Entry<String, LongAdder> each : methods.entrySet()) {
      full = full.with("by " + each.getKey(), each.getValue().sum() / all);
    }
    return full;
  }

  /** Counts who answered, and whether the answer went without something. */
  private static boolean isOne(HttpConnection.Response answer, Map<String, LongAdder> methods) {
    Matcher method = METHOD.matcher(answer.body());
    boolean good =
        answer.status() == 200 && answer.body().contains("\"items\":[{") && method.find();
    if (good) {
      String degraded = answer.body().contains("\"degraded\":[]") ? "" : WITHOUT_A_PART;
      methods.computeIfAbsent(method.group(1) + degraded, m -> new LongAdder()).increment();
    }
    return good;
  }

  private static LongFunction<byte[]> requests(List<Asker> askers, long seed) {
    return number -> {
      Asker asker = askers.get(new SplittableRandom(seed + number).nextInt(askers.size()));
      return HttpConnection.postJson(
          "/v1/recommendations",
          "{\"user_id\":\"%s\",\"domain\":\"%s\",\"k\":10}"
              .formatted(asker.user().value(), asker.domain().value()));
    };
  }
}
