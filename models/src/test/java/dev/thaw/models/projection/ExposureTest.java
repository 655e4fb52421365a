package dev.thaw.models.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import org.junit.jupiter.api.Test;

class ExposureTest {
  private static final UserId ANN = new UserId("ann");
  private static final UserId BEN = new UserId("ben");

  private static ItemId item(String id) {
    return new ItemId(id);
  }

  private static double of(Interactions data, String item) {
    return Exposure.of(data).of(data.items().indexOf(item(item)));
  }

  @Test
  void itIsTheShareOfInteractionsThatDidNotComeBeforeTheFirst() {
    Interactions data =
        Interactions.builder(new DomainId("movies"))
            .add(ANN, item("old"), 5, 100)
            .add(BEN, item("other"), 5, 200)
            .add(ANN, item("middle"), 5, 200)
            .add(BEN, item("old"), 5, 300)
            .add(BEN, item("middle"), 5, 350)
            .add(ANN, item("late"), 5, 400)
            .build();
    assertThat(of(data, "old")).isEqualTo(1);
    assertThat(of(data, "middle")).as("two of one time").isEqualTo(5 / 6.0);
    assertThat(of(data, "late")).isEqualTo(1 / 6.0);
  }

  @Test
  void withoutTimesNothingSaysThatAnItemIsNew() {
    Interactions data =
        Interactions.builder(new DomainId("movies"))
            .add(ANN, item("untimed"), 5)
            .add(ANN, item("timed"), 5, 100)
            .addItem(item("unliked"))
            .build();
    assertThat(of(data, "untimed")).isEqualTo(1);
    assertThat(of(data, "timed")).isEqualTo(1);
    assertThat(of(data, "unliked")).isEqualTo(1);
  }
}
