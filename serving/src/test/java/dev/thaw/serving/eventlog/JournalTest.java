package dev.thaw.serving.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JournalTest {
  @TempDir Path folder;

  @Test
  void givesBackInOrderAndOnceReleasedNoMore() {
    try (Journal journal = Journal.open(folder, 1 << 20, 200)) {
      journal.append(records(0, 5));
      journal.append(records(5, 10));
      Journal.Chunk first = journal.peek(3);
      assertThat(keys(first)).containsExactly("k0", "k1", "k2");
      journal.release(first);
      assertThat(drain(journal)).containsExactly("k3", "k4", "k5", "k6", "k7", "k8", "k9");
      assertThat(journal.isEmpty()).isTrue();
      assertThat(journal.bytes()).isZero();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void whatWasNotReleasedIsThereAfterARestart() {
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      journal.append(records(0, 4));
      journal.append(List.of(LogRecord.tombstone("t", "gone")));
      journal.release(journal.peek(2));
    }
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      Journal.Chunk rest = journal.peek(10);
      assertThat(keys(rest)).containsExactly("k2", "k3", "gone");
      assertThat(rest.records().get(0).value()).isEqualTo("value 2".getBytes());
      assertThat(rest.records().get(2).value()).isNull();
    }
  }

  @Test
  void aRecordCutOffByACrashIsDroppedAndTheOthersStay() throws IOException {
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      journal.append(records(0, 3));
    }
    Path segment = files().get(0);
    byte[] half = JournalSegment.encode(records(3, 4)).array();
    Files.write(segment, java.util.Arrays.copyOf(half, half.length - 3), StandardOpenOption.APPEND);
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      journal.append(records(4, 5));
      assertThat(keys(journal.peek(10))).containsExactly("k0", "k1", "k2", "k4");
    }
    assertThat(segment.resolveSibling(segment.getFileName() + ".damaged"))
        .as("nothing is thrown away")
        .exists();
  }

  @Test
  void aDamagedRecordIsKeptAsideAndTheOthersAroundItAreRead() throws IOException {
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      journal.append(records(0, 5));
    }
    Path segment = files().get(0);
    byte[] bytes = Files.readAllBytes(segment);
    int frame = bytes.length / 5;
    bytes[2 * frame + frame - 1] ^= 1;
    Files.write(segment, bytes);
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      journal.append(records(5, 6));
      assertThat(drain(journal)).containsExactly("k0", "k1", "k3", "k4", "k5");
    }
    assertThat(Files.readAllBytes(segment.resolveSibling(segment.getFileName() + ".damaged")))
        .startsWith(bytes);
  }

  @Test
  void aPositionThatCanNotBeReadMeansFromTheBeginning() throws IOException {
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      journal.append(records(0, 3));
      journal.release(journal.peek(2));
    }
    Path segment = files().get(0);
    Files.writeString(segment.resolveSibling(segment.getFileName() + ".released"), "");
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      assertThat(keys(journal.peek(10))).containsExactly("k0", "k1", "k2");
    }
  }

  @Test
  void aPositionLeftBehindByADeletedSegmentIsNotThatOfANewOne() throws IOException {
    Path segment;
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      journal.append(records(0, 10));
      segment = files().get(0);
      drain(journal);
    }
    // as after a kill between the two deletions
    Files.writeString(segment.resolveSibling(segment.getFileName() + ".released"), "100000");
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      journal.append(records(10, 20));
    }
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      assertThat(drain(journal)).hasSize(10).startsWith("k10").endsWith("k19");
    }
  }

  @Test
  void whatWasDamagedInAnEarlierLifeStaysBesideWhatIsDamagedInThisOne() throws IOException {
    for (int life = 0; life < 2; life++) {
      try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
        journal.append(records(life, life + 1));
      }
      Files.write(files().get(0), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
      try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
        assertThat(drain(journal)).containsExactly("k" + life);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::toString).filter(each -> each.endsWith(".damaged"))).hasSize(2);
    }
  }

  @Test
  void refusesWhatDoesNotFitAndNamesTheBound() {
    try (Journal journal = Journal.open(folder, 200, 1 << 20)) {
      journal.append(records(0, 2));
      assertThatThrownBy(() -> journal.append(records(2, 20)))
          .isInstanceOf(LogFullException.class)
          .hasMessageContaining("of at most 200");
      assertThat(keys(journal.peek(10))).containsExactly("k0", "k1");
      journal.release(journal.peek(10));
      journal.append(records(2, 4));
      assertThat(keys(journal.peek(10))).containsExactly("k2", "k3");
    }
  }

  @Test
  void aFolderTakesOneJournalUntilThatIsClosed() throws Exception {
    Journal first = Journal.open(folder, 1 << 20, 1 << 20);
    first.append(records(0, 1));
    assertThatThrownBy(() -> Journal.open(folder.resolve("../" + folder.getFileName()), 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another server is using the journal in " + folder);
    // of the refusal before, too: a process gives up its lock with any channel of the file it
    // closes
    assertThat(elsewhere()).isEqualTo("another server is using the journal in " + folder);
    first.append(records(1, 2));
    first.close();
    assertThat(elsewhere()).isEqualTo("k0 k1");

    Journal second = Journal.open(folder, 1 << 20, 1 << 20);
    first.close();
    assertThatThrownBy(() -> Journal.open(folder, 1, 1)).isInstanceOf(IllegalStateException.class);
    second.close();
  }

  @Test
  void whoAsksHowFullItIsDoesNotWaitForTheDisk() throws Exception {
    try (Journal journal = Journal.open(folder, 1 << 20, 1 << 20)) {
      journal.append(records(0, 2));
      // as an append does while it waits for its fsync
      synchronized (journal) {
        CompletableFuture.runAsync(
                () -> {
                  assertThat(journal.isEmpty()).isFalse();
                  assertThat(journal.bytes()).isPositive();
                  assertThat(journal.isFull()).isFalse();
                })
            .get();
      }
    }
  }

  @Test
  void aClosedJournalWritesNothingMore() {
    Journal closed = Journal.open(folder, 1 << 20, 1 << 20);
    closed.close();
    assertThatThrownBy(() -> closed.append(records(0, 1)))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageContaining(folder.toString());
    assertThat(files()).isEmpty();
  }

  @Test
  void aJournalThatCanNotBeOpenedHoldsNoFolder() throws IOException {
    Path stray = Files.createDirectory(folder.resolve("0000000000000000000.journal"));
    assertThatThrownBy(() -> Journal.open(folder, 1 << 20, 1 << 20))
        .isInstanceOf(java.io.UncheckedIOException.class);
    Files.delete(stray);
    Journal.open(folder, 1 << 20, 1 << 20).close();
  }

  /** What another process says that opens the journal: the keys there or why it can't. */
  private String elsewhere() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Elsewhere.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }

  static final class Elsewhere {
    private Elsewhere() {}

    public static void main(String[] folder) {
      try (Journal journal = Journal.open(Path.of(folder[0]), 1 << 20, 1 << 20)) {
        System.out.print(String.join(" ", keys(journal.peek(10))));
      } catch (IllegalStateException e) {
        System.out.print(e.getMessage().split(";")[0]);
      }
    }
  }

  private List<String> drain(Journal journal) {
    Stream.Builder<String> all = Stream.builder();
    while (!journal.isEmpty()) {
      Journal.Chunk chunk = journal.peek(2);
      keys(chunk).forEach(all);
      journal.release(chunk);
    }
    return all.build().toList();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(JournalSegment::isSegment).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> keys(Journal.Chunk chunk) {
    return chunk.records().stream().map(LogRecord::key).toList();
  }

  private static List<LogRecord> records(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> LogRecord.of("t", "k" + i, "value " + i))
        .toList();
  }
}
