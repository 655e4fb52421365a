package dev.thaw.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {
  private final AtomicLong clock = new AtomicLong();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LineProgress progress =
      new LineProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock::get);

  @Test
  void shortWorkIsOneLineAndLongWorkAFewMore() {
    try (Progress.Task task = progress.begin("import", 1000)) {
      for (int second = 1; second <= 12; second++) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        task.at(second * 50L);
      }
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("import: 25 %", "import: 50 %", "import: done in 12.0 s");
  }

  @Test
  void workOfUnknownSizeIsCounted() {
    try (Progress.Task task = progress.begin("events", 0)) {
      clock.addAndGet(TimeUnit.SECONDS.toNanos(6));
      task.at(42);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("events: 42", "events: done in 6.0 s");
  }
}
