package dev.thaw.serving.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordSliceTest {

  @Test
  void linesKeepTheirNumbersAndBlankOnesAreSkipped() {
    List<RecordSlice> lines = RecordSlice.lines(bytes("{\"a\":1}\n\r\n{\"b\":2}"), 10);
    assertThat(lines).extracting(RecordSliceTest::text).containsExactly("{\"a\":1}", "{\"b\":2}");
    assertThat(lines).extracting(RecordSlice::line).containsExactly(1, 3);
  }

  @Test
  void anArrayIsItsElementsAndAnObjectIsItself() {
    assertThat(RecordSlice.document(bytes("[ {\"ä\":[1,{}]} , {\"b\":2} ]"), 10))
        .extracting(each -> text(each).strip())
        .containsExactly("{\"ä\":[1,{}]}", "{\"b\":2}");
    assertThat(RecordSlice.document(bytes("{\n \"a\": 1\n}"), 10))
        .extracting(RecordSliceTest::text)
        .containsExactly("{\n \"a\": 1\n}");
  }

  @Test
  void refusesWhatIsNeither() {
    assertThatThrownBy(() -> RecordSlice.document(bytes("7"), 10))
        .isInstanceOf(CallerFault.class)
        .hasMessageContaining("object or an array");
    assertThatThrownBy(() -> RecordSlice.document(bytes("{\"a\":1}\n{\"b\":2}"), 10))
        .isInstanceOf(CallerFault.class)
        .hasMessageContaining("x-ndjson");
    assertThatThrownBy(() -> RecordSlice.document(bytes("[{\"a\":1},{\"b\""), 10))
        .isInstanceOf(CallerFault.class)
        .hasMessageContaining("malformed JSON");
  }

  @Test
  void refusesMoreThanTheLimit() {
    assertThatThrownBy(() -> RecordSlice.lines(bytes("{}\n{}\n{}"), 2))
        .isInstanceOf(CallerFault.class)
        .hasMessageContaining("at most 2");
    assertThatThrownBy(() -> RecordSlice.document(bytes("[{},{},{}]"), 2))
        .isInstanceOf(CallerFault.class)
        .hasMessageContaining("at most 2");
  }

  private static String text(RecordSlice slice) {
    return new String(slice.body(), slice.from(), slice.length(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
