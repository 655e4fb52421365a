package dev.thaw.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.evaluation.report.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceScaleTest {
  private static Figures figures(double stretch) {
    return new Evaluation(List.of(0, 3), 2, 3)
        .run(PlantedExperiment.of(300, stretch, "books"), null, (part, done, of) -> {});
  }

  @Test
  void aSourceRatedOnAScaleOfTwiceTheSizeChangesNoFigure() {
    Figures one = figures(1);
    Figures other = figures(2);
    assertThat(one.rankings())
        .filteredOn(row -> row.method().equals("cross-domain") && row.k() == 0)
        .singleElement()
        .satisfies(row -> assertThat(row.answered()).isEqualTo(row.users()));
    assertThat(other.rankings()).isEqualTo(one.rankings());
    assertThat(one.ratings())
        .extracting(Figures.Rating::method)
        .contains("item mean + source-domain bias");
    assertThat(other.ratings()).isEqualTo(one.ratings());
  }
}
