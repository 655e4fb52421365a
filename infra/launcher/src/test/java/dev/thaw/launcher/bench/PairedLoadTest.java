package dev.thaw.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PairedLoadTest {
  private static final double EXACT = 0.01;

  @Test
  void percentileIsTheMedianOfTheWindows() {
    Load.Outcome[] odd = {window(1_000), window(90_000), window(2_000)};
    assertThat(PairedLoad.medianMillis(odd, 99)).isCloseTo(2, within(2));
    Load.Outcome[] even = {window(1_000), window(90_000), window(2_000), window(4_000)};
    assertThat(PairedLoad.medianMillis(even, 99)).isCloseTo(3, within(3));
  }

  @Test
  void windowsTogetherKeepTheSlowOnesToo() {
    Load.Outcome all =
        PairedLoad.together(new Load.Outcome[] {window(1_000), window(90_000), window(2_000)});
    assertThat(all.answers()).isEqualTo(300);
    assertThat(all.good()).isCloseTo(0.99, within(1));
    assertThat(all.millis(99)).isCloseTo(90, within(90));
  }

  @Test
  void bothAreAskedInTurnAndAWindowOfEachIsNotCounted() {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (Server server =
        Server.builder()
            .http(new InetSocketAddress("127.0.0.1", 0))
            .service(
                "prefix:/",
                (context, request) ->
                    HttpResponse.of(
                        request
                            .aggregate()
                            .thenApply(
                                read -> {
                                  asked.add(context.path());
                                  return HttpResponse.of(200);
                                })))
            .build()) {
      server.start().join();
      URI uri = URI.create("http://127.0.0.1:" + server.activeLocalPort());

      PairedLoad.Windows windows =
          PairedLoad.openLoops(
              load(uri, "/ours"), load(uri, "/other"), 100, Duration.ofMillis(200), 2, 7);

      assertThat(windows.ours()).hasSize(2).allMatch(each -> each.answers() == 20);
      assertThat(windows.baseline()).hasSize(2).allMatch(each -> each.answers() == 20);
      List<String> turns =
          IntStream.range(0, asked.size() / 20).mapToObj(i -> asked.get(20 * i)).toList();
      assertThat(turns).containsExactly("/ours", "/other", "/ours", "/other", "/ours", "/other");
    }
  }

  private static Load load(URI uri, String path) {
    return new Load(
        uri, 2, number -> HttpConnection.postJson(path, "{}"), answer -> answer.status() == 200);
  }

  /** A hundred answers that took this long, one of them not as expected. */
  private static Load.Outcome window(long micros) {
    Histogram histogram = new Histogram(60_000_000L, 3);
    histogram.recordValueWithCount(micros, 100);
    return new Load.Outcome(100, 1, 1, 1, histogram);
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(EXACT * value);
  }
}
