package dev.thaw.launcher.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {
  private final List<List<String>> records = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private final List<Long> refused = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  @Test
  void quotedFieldsMayHoldSeparatorsQuotesLineBreaksAndBlankLines() {
    read(',', "1,\"two", "", "lines, one blank\",\"say \"\"hi\"\"\"", "", "2,b,c");
    assertThat(records)
        .containsExactly(
            List.of("1", "two\n\nlines, one blank", "say \"hi\""), List.of("2", "b", "c"));
    assertThat(numbers).containsExactly(1L, 5L);
    assertThat(refused).isEmpty();
  }

  @Test
  void aQuoteWithinAFieldIsACharacterLikeOthers() {
    read('\t', "1\t24\" monitor", "2\tLamp", "3\t27\" screen", "4\tDesk", "5\t32\"");
    assertThat(records)
        .extracting(r -> r.get(1))
        .containsExactly("24\" monitor", "Lamp", "27\" screen", "Desk", "32\"");
    assertThat(refused).isEmpty();
  }

  @Test
  void aQuoteThatIsNeverClosedCostsItsLineWhereverItStands() {
    List<String> good =
        IntStream.range(0, 3 * CsvRecords.MOST_LINES).mapToObj(i -> i + ",x").toList();
    for (int at : new int[] {0, 1, CsvRecords.MOST_LINES, good.size() - 1, good.size()}) {
      records.clear();
      refused.clear();
      List<String> lines = new ArrayList<>(good);
      lines.add(at, "bad,\"open");
      read(',', lines.toArray(String[]::new));
      assertThat(records).extracting(r -> String.join(",", r)).isEqualTo(good);
      assertThat(refused).containsExactly(at + 1L);
    }
  }

  @Test
  void aQuoteClosedInTheMidstOfALaterFieldCostsTheLineThatOpenedIt() {
    read(',', "1,\"open", "2,a", "3,\"closed\",b", "4,\"also open", "5,c");
    assertThat(records)
        .containsExactly(List.of("2", "a"), List.of("3", "closed", "b"), List.of("5", "c"));
    assertThat(refused).containsExactly(1L, 4L);
    assertThat(reasons.get(0)).contains("opens a quote").contains("line 3");
  }

  @Test
  void aRecordMayHaveTheMostLinesAndNotOneMore() {
    Stream<String> most =
        Stream.of(
                Stream.of("1,\"a"),
                Stream.generate(() -> "b").limit(CsvRecords.MOST_LINES - 2),
                Stream.of("c\""))
            .flatMap(s -> s);
    read(',', most.toArray(String[]::new));
    assertThat(records).hasSize(1);
    assertThat(records.get(0).get(1).lines()).hasSize(CsvRecords.MOST_LINES);

    records.clear();
    Stream<String> more =
        Stream.of(
                Stream.of("1,\"a"),
                Stream.generate(() -> "b").limit(CsvRecords.MOST_LINES - 1),
                Stream.of("c"))
            .flatMap(s -> s);
    read(',', more.toArray(String[]::new));
    assertThat(refused).containsExactly(1L);
    assertThat(records).hasSize(CsvRecords.MOST_LINES);
  }

  @Test
  void oneLineByItselfMayNotStayOpenNorGoOnAfterAClosingQuote() {
    assertThat(Fields.csv("\"a,\"\"b\",c", ',', 2)).containsExactly("a,\"b", "c");
    assertThatThrownBy(() -> Fields.csv("\"a\"b", ',', 1)).hasMessageContaining("closing quote");
    assertThatThrownBy(() -> Fields.csv("a,\"b", ',', 1)).hasMessageContaining("not closed");
  }

  private void read(char separator, String... lines) {
    CsvRecords csv =
        new CsvRecords(
            separator,
            new CsvRecords.Sink() {
              @Override
              public void record(long line, String text, List<String> fields) {
                numbers.add(line);
                records.add(fields);
              }

              @Override
              public void refused(long line, String text, BadLine reason) {
                refused.add(line);
                reasons.add(String.valueOf(reason.getMessage()));
              }
            });
    for (int i = 0; i < lines.length; i++) {
      csv.accept(i + 1, lines[i]);
    }
    csv.end();
  }
}
