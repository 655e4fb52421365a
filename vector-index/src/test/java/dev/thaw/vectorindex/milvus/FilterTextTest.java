package dev.thaw.vectorindex.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.vectorindex.SearchFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterTextTest {
  @Test
  void quotesCannotEndAValue() {
    SearchFilter filter = SearchFilter.availableIn(DomainId.of("a\" or \\\"b")).coldOnly();
    assertThat(FilterText.flags(filter))
        .isEqualTo("domain == \"a\\\" or \\\\\\\"b\" and cold == true and available == true");
    assertThat(FilterText.without("", List.of(ItemId.of("x\"]"), ItemId.of("y"))))
        .isEqualTo("item_id not in [\"x\\\"]\", \"y\"]");
  }

  @Test
  void nothingToFilterIsAnEmptyText() {
    assertThat(FilterText.without(FilterText.flags(SearchFilter.none()), List.of())).isEmpty();
  }
}
