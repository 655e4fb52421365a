package dev.thaw.models.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;

class InteractionsTest {
  private static final UserId ONE = UserId.of("u1");
  private static final UserId TWO = UserId.of("u2");

  @Test
  void onOtherItemsEntriesTakeTheirNumbersAndUnknownOnesAreLeftOut() {
    Interactions given =
        Interactions.builder(DomainId.of("films"))
            .add(ONE, ItemId.of("b"), 4, 10)
            .add(ONE, ItemId.of("new"), 2, 20)
            .add(TWO, ItemId.of("new"), 5, 30)
            .build();
    ItemDictionary known = ItemDictionary.of(List.of(ItemId.of("a"), ItemId.of("b")));
    Interactions on = given.onItems(known);
    assertThat(on.items()).isEqualTo(known);
    assertThat(on.users()).containsExactly(ONE, TWO);
    assertThat(on.size()).isEqualTo(1);
    assertThat(on.rowItem(0)).isEqualTo(1);
    assertThat(on.history(ONE).entries()).isEqualTo(given.history(ONE).entries().subList(1, 2));
    assertThat(given.onItems(given.items())).isSameAs(given);
  }
}
