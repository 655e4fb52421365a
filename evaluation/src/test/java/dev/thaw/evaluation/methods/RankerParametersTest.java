package dev.thaw.evaluation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import dev.thaw.models.served.ServedParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankerParametersTest {
  @Test
  void theReportNamesParametersInOneOrderInEveryRun() {
    String text =
        new RankerParameters(
                new ServedParameters(
                    ImplicitAlsConfig.DEFAULT,
                    Map.of(),
                    ItemToItemTuning.Choice.of(ItemToItemConfig.DEFAULT)),
                30,
                300)
            .toMap()
            .getOrDefault("implicit-als", "");
    List<String> names =
        Arrays.stream(text.substring(1, text.length() - 1).split(", "))
            .map(each -> each.substring(0, each.indexOf('=')))
            .toList();
    assertThat(names).isSorted().hasSameElementsAs(ImplicitAlsConfig.DEFAULT.toMap().keySet());
  }
}
