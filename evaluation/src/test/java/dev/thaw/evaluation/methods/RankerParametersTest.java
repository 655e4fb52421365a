package dev.thaw.evaluation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.models.factors.ImplicitAlsConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankerParametersTest {
  @Test
  void theReportNamesParametersInOneOrderInEveryRun() {
    String text =
        new RankerParameters(ImplicitAlsConfig.DEFAULT, Map.of(), 0.1, 30)
            .toMap()
            .getOrDefault("implicit-als", "");
    List<String> names =
        Arrays.stream(text.substring(1, text.length() - 1).split(", "))
            .map(each -> each.substring(0, each.indexOf('=')))
            .toList();
    assertThat(names).isSorted().hasSameElementsAs(ImplicitAlsConfig.DEFAULT.toMap().keySet());
  }
}
