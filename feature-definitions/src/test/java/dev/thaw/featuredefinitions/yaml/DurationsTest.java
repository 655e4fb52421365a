package dev.thaw.featuredefinitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @Property(tries = 200, seed = "7")
  void whatIsFormattedIsParsed(@ForAll @LongRange(min = 0, max = 99_999_999_999L) long millis) {
    Duration duration = Duration.ofMillis(millis);

    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "h", "1.5h", "-1h", "1w", "1 h", "9999999999999s"})
  void otherFormsAreRefused(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .hasMessage("must be a duration such as 200ms, 30s, 15m, 1h or 30d, was \"" + text + '"');
  }
}
