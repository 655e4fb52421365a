package dev.thaw.evaluation.offpolicy.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.evaluation.offpolicy.EvaluationPolicy;
import dev.thaw.evaluation.offpolicy.LoggedRound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenBanditLogTest {
  private static final String HEAD = ",timestamp,item_id,position,click,propensity_score\n";

  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void writeItems() throws IOException {
    Path own = Files.createDirectories(folder.resolve("bts/men"));
    Files.writeString(
        own.resolve("item_context.csv"), ",item_id,item_feature_0\n0,0,.1\n1,1,.2\n2,2,.3\n");
    log = own.resolve("men.csv");
  }

  private OpenBanditLog read(String rows) throws IOException {
    Files.writeString(log, HEAD + rows);
    return OpenBanditLog.read(folder, "bts", "men");
  }

  @Test
  void aRowIsARoundOfOneSlotInTheSegmentOfItsPosition() throws IOException {
    OpenBanditLog read = read("0,t,2,3,1,0.25\n1,t,0,1,0,1.0\n");
    assertThat(read.name()).isEqualTo("bts/men");
    assertThat(read.items().size()).isEqualTo(3);
    LoggedRound first = read.rounds().get(0);
    assertThat(first.segment()).isEqualTo(2);
    assertThat(first.slots()).hasSize(1);
    assertThat(first.slots().get(0).arm()).isEqualTo(2);
    assertThat(first.slots().get(0).reward()).isEqualTo(1);
    assertThat(first.slots().get(0).propensity()).isEqualTo(0.25);
    assertThat(read.rounds().get(1).cluster()).isEqualTo(1);
  }

  @Test
  void frequenciesAreByPositionAndSaidToBeAnApproximation() throws IOException {
    OpenBanditLog read = read("0,t,2,1,1,.2\n1,t,0,1,0,.2\n2,t,2,1,0,.2\n3,t,1,2,0,.2\n");
    EvaluationPolicy frequencies = read.itemFrequencies();
    assertThat(frequencies.name()).contains("approximation");
    assertThat(frequencies.chances(read.rounds().get(0), 0))
        .containsExactly(new double[] {1 / 3.0, 0, 2 / 3.0}, within(1e-12));
    assertThat(frequencies.chances(read.rounds().get(3), 0)).containsExactly(0, 1, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1,t,0,1,0,0    | propensity_score must be in (0, 1], was \"0\"",
        "1,t,0,1,0,1.5  | propensity_score must be in (0, 1], was \"1.5\"",
        "1,t,0,1,0,NaN  | propensity_score must be in (0, 1], was \"NaN\"",
        "1,t,0,1,0,high | propensity_score must be a number, was \"high\"",
        "1,t,0,1,-1,.5  | click must be a whole number in [0, 1], was \"-1\"",
        "1,t,0,4,0,.5   | position must be a whole number in [1, 3], was \"4\"",
        "1,t,3,1,0,.5   | item_id must be one of the 3 items of item_context.csv, was \"3\"",
        "1,t,x,1,0,.5   | item_id must be a whole number >= 0, was \"x\"",
        "1,t,0,1,0      | propensity_score is missing in a row that is too short"
      })
  void aCellThatCannotBeUsedIsNamedWithFileLineColumnAndBound(String row, String expected) {
    assertThatThrownBy(() -> read("0,t,0,1,0,.5\n" + row.strip() + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(log + ":3: " + expected);
  }

  @Test
  void aFileWithoutRowsAColumnOrAtAllIsNamed() throws IOException {
    assertThatThrownBy(() -> read("")).hasMessage(log + " has no row below its head");
    Files.writeString(log, ",timestamp,item_id,position,click\n0,t,0,1,0\n");
    assertThatThrownBy(() -> OpenBanditLog.read(folder, "bts", "men"))
        .hasMessageContaining(log + " has no column propensity_score");
    assertThatThrownBy(() -> OpenBanditLog.read(folder, "random", "men"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("item_context.csv");
  }
}
