package dev.thaw.flinkjobs.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentInputsTest {
  private static final int MOST = 2_048;

  private final RecentInputs<Integer> inputs = new RecentInputs<>();

  @Test
  void inputsOfAKeyAreTakenOnceAndInTheirOrder() {
    inputs.add("a", 3);
    inputs.add("b", 1);
    inputs.add("a", 2);
    assertThat(inputs.take("a")).containsExactly(3, 2);
    assertThat(inputs.take("a")).isEmpty();
    assertThat(inputs.take("b")).containsExactly(1);
  }

  @Test
  void theOldestGoesWhereThereAreTooMany() {
    IntStream.rangeClosed(1, MOST).forEach(i -> inputs.add(i == 1 ? "first" : "other", i));
    inputs.add("other", MOST + 1);
    assertThat(inputs.take("first")).isEmpty();
    List<Integer> others = inputs.take("other");
    assertThat(others).hasSize(MOST).startsWith(2).endsWith(MOST + 1);
  }

  @Test
  void nothingIsKeptBeyondABarrier() {
    inputs.add("a", 1);
    inputs.clear();
    assertThat(inputs.take("a")).isEmpty();
  }
}
