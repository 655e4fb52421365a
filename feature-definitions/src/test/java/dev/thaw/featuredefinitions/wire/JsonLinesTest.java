package dev.thaw.featuredefinitions.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");

  @TempDir Path folder;

  private final WireFormat<CatalogueItem> format =
      WireFormats.items(DomainDefinitions.shipped(), WireLimits.DEFAULT);
  private final List<CatalogueItem> items = new ArrayList<>();
  private final List<DeadLetter> letters = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"items.jsonl", "items.jsonl.gz"})
  void whatIsWrittenIsRead(String name) throws IOException {
    List<CatalogueItem> written = List.of(item("i1", "Émile"), item("i2", "日本 \u2028 😀"));
    Path file = folder.resolve(name);
    JsonLines.write(file, format, List.of(item("old", "")));

    JsonLines.write(file, format, written);
    JsonLines.Counts counts = JsonLines.read(file, format, NOW, items::add, letters::add);

    assertThat(items).isEqualTo(written);
    assertThat(counts).isEqualTo(new JsonLines.Counts(2, 0));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void badLinesGoToTheDeadLettersAndTheRestGoesOn() throws IOException {
    Path file = folder.resolve("items.jsonl");
    Files.write(file, List.of(line("i1"), "{\"item_id\":", "", line("i2"), "\"no\"", line("i3")));

    JsonLines.Counts counts = JsonLines.read(file, format, NOW, items::add, letters::add);

    assertThat(items).extracting(item -> item.itemId().value()).containsExactly("i1", "i2", "i3");
    assertThat(counts).isEqualTo(new JsonLines.Counts(3, 2));
    assertThat(letters).extracting(DeadLetter::position).containsExactly(2L, 5L);
    assertThat(letters.get(0).toString()).startsWith(file + ":2: item_id: not JSON at byte 11");
    assertThat(letters.get(0).input()).isEqualTo("{\"item_id\":");
    assertThat(letters.get(1).rejection().reason()).isEqualTo("must be a JSON object");
    assertThat(letters.get(1).time()).isEqualTo(NOW);
  }

  @Test
  void byteOrderMarkAndCarriageReturnsDoNotMatter() throws IOException {
    JsonLines.Counts counts = read("\uFEFF" + line("i1") + "\r\n\r\n" + line("i2"));

    assertThat(counts).isEqualTo(new JsonLines.Counts(2, 0));
  }

  @Test
  void emptySourcesAreReported() throws IOException {
    Path file = Files.createFile(folder.resolve("items.jsonl.gz"));

    assertThat(JsonLines.read(file, format, NOW, items::add, letters::add).rejected()).isOne();
    assertThat(read(" \n\n").rejected()).isOne();

    assertThat(letters)
        .extracting(DeadLetter::toString)
        .containsExactly(
            file + ":0: record: is empty, must hold at least one JSON object",
            "test:0: record: is empty, must hold at least one JSON object");
  }

  @Test
  void descriptionOfTenMegabytesIsRefusedInBoundedMemory() throws IOException {
    byte[] start = "{\"item_id\":\"i1\",\"domain\":\"movies\",\"description\":\"".getBytes(UTF_8);
    byte[] description = new byte[10 << 20];
    Arrays.fill(description, (byte) 'x');
    byte[] end = ("\"}\n" + line("i2")).getBytes(UTF_8);
    InputStream in =
        new SequenceInputStream(
            new SequenceInputStream(
                new ByteArrayInputStream(start), new ByteArrayInputStream(description)),
            new ByteArrayInputStream(end));

    JsonLines.Counts counts = JsonLines.read("test", in, format, NOW, items::add, letters::add);

    assertThat(counts).isEqualTo(new JsonLines.Counts(1, 1));
    DeadLetter letter = letters.get(0);
    assertThat(letter.rejection().reason())
        .isEqualTo("must have at most 1048576 bytes, had " + (start.length + (10 << 20) + 2));
    assertThat(letter.input()).hasSize(DeadLetter.MAX_INPUT).startsWith("{\"item_id\":\"i1\"");
    assertThat(letter.inputBytes()).isEqualTo(start.length + (10 << 20) + 2);
  }

  @Test
  void descriptionAboveItsOwnBoundNamesIt() throws IOException {
    read(line("i1").replace("\"}", "\",\"description\":\"" + "x".repeat(100_001) + "\"}"));

    assertThat(letters.get(0).rejection().field()).isEqualTo("description");
    assertThat(letters.get(0).rejection().reason())
        .isEqualTo("must have at most 100000 characters, had 100001");
  }

  @Test
  void invalidUtf8IsKeptAsBase64() throws IOException {
    byte[] bytes = line("i\u0001").replace('\u0001', '?').getBytes(UTF_8);
    bytes[13] = (byte) 0xFF;

    JsonLines.read("test", new ByteArrayInputStream(bytes), format, NOW, items::add, letters::add);

    assertThat(letters.get(0).rejection().reason())
        .isEqualTo("must be UTF-8, is not from byte 13 on");
    assertThat(letters.get(0).base64()).isTrue();
    assertThat(Base64.getDecoder().decode(letters.get(0).input())).isEqualTo(bytes);
  }

  @Test
  void inputIsNotCutThroughACharacter() {
    byte[] input = ("x".repeat(DeadLetter.MAX_INPUT - 2) + "😀 and more").getBytes(UTF_8);

    DeadLetter letter = DeadLetter.of("test", 1, new Rejection("", "", "why"), input, NOW);

    assertThat(letter.base64()).isFalse();
    assertThat(letter.input()).isEqualTo("x".repeat(DeadLetter.MAX_INPUT - 2));
    assertThat(letter.inputBytes()).isEqualTo(input.length);
  }

  @Test
  void brokenGzipNamesFileAndLine() throws IOException {
    Path file = folder.resolve("items.jsonl.gz");
    List<CatalogueItem> many = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      many.add(item("item" + i * 31, "title" + Integer.toHexString(i * 0x9E3779B1)));
    }
    JsonLines.write(file, format, many);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> JsonLines.read(file, format, NOW, items::add, letters::add))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(".*items.jsonl.gz: can't be read after line \\d+: .*");
    assertThat(items).isNotEmpty();

    Files.writeString(file, "plain text");
    assertThatThrownBy(() -> JsonLines.read(file, format, NOW, items::add, letters::add))
        .hasMessageContaining("items.jsonl.gz: is not gzip");
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private JsonLines.Counts read(String text) throws IOException {
    InputStream in = new ByteArrayInputStream(text.getBytes(UTF_8));
    return JsonLines.read("test", in, format, NOW, items::add, letters::add);
  }

  private static String line(String id) {
    return "{\"item_id\":\"" + id + "\",\"domain\":\"movies\",\"title\":\"t\"}";
  }

  private static CatalogueItem item(String id, String title) {
    return new CatalogueItem(
        ItemId.of(id), DomainId.of("books"), title, "", List.of("a"), Map.of(), true, NOW);
  }
}
