package dev.thaw.models.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentKernelTest {
  private static final List<CatalogueItem> ITEMS =
      List.of(
          film("a", "ann|bob|cid|dee", "eve"),
          film("b", "ann|bob|cid|dee", "fay"),
          film("c", "gus|hal|ida|jon", "eve"),
          film("d", "ann|hal|ida|kim", "fay"));
  private static final ContentFeatures FEATURES = ContentFeatures.learn(ITEMS, "", 0);
  private static final ContentKernel KERNEL =
      new ContentKernel(FEATURES, ITEMS.stream().map(item -> FEATURES.of(item, null)).toList());

  private static CatalogueItem film(String id, String cast, String director) {
    return new CatalogueItem(
        new ItemId(id),
        new DomainId("movies"),
        "",
        "",
        List.of(),
        Map.of("actor", cast, "director", director),
        true,
        Instant.EPOCH);
  }

  private static double[] alike(CatalogueItem item) {
    return KERNEL.of(FEATURES.of(item, null));
  }

  @Test
  void anAttributeCountsTheSameHoweverManyValuesItHas() {
    double[] first = alike(film("new", "ann|bob|cid|dee", "eve"));
    assertThat(first[1]).as("the whole cast and no more").isCloseTo(first[2], within(1e-6));
    assertThat(first[0]).as("cast and director").isGreaterThan(first[1] + 0.5);
  }

  @Test
  void oneOfACastIsLessThanTheOnlyDirector() {
    double[] first = alike(film("new", "ann", "eve"));
    assertThat(first[1]).as("one of four").isLessThan(first[2]);
    assertThat(first[3]).as("one of three that are known").isGreaterThan(first[1]);
  }

  @Test
  void whatIsReadComparesTheSame() {
    BinaryWriter out = new BinaryWriter();
    KERNEL.write(out);
    CatalogueItem item = film("new", "ann|hal", "eve");
    assertThat(
            ContentKernel.read(new BinaryReader("kernel", out.toByteArray()))
                .of(FEATURES.of(item, null)))
        .containsExactly(alike(item));
  }
}
