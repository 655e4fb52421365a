package dev.thaw.models.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ItemTextTest {
  private static CatalogueItem item(String title, String description, List<String> categories) {
    return new CatalogueItem(
        ItemId.of("i"),
        DomainId.of("movies"),
        title,
        description,
        categories,
        Map.of(),
        true,
        Instant.EPOCH);
  }

  @Test
  void titleCategoriesAndDescriptionInThisOrder() {
    assertThat(ItemText.of(item("Alien ", "In  space\n no one...", List.of("Horror", "Sci-Fi"))))
        .isEqualTo("Alien. Horror, Sci-Fi. In space no one...");
    assertThat(ItemText.of(item("", "Only this", List.of()))).isEqualTo("Only this");
    assertThat(ItemText.of(item(" ", "\u0000", List.of()))).isEmpty();
  }

  @Property(tries = 500, seed = "701")
  void textIsBoundedCleanAndStable(@ForAll String title, @ForAll String description) {
    String text = ItemText.of(item(title, description, List.of("a")));
    assertThat(text.length()).isLessThanOrEqualTo(ItemText.MAX_LENGTH);
    assertThat(text).doesNotContain("  ").doesNotStartWith(" ").doesNotEndWith(" ");
    assertThat(text.chars().filter(Character::isISOControl).count()).isZero();
    assertThat(
            new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(text);
    assertThat(CleanText.of(text, ItemText.MAX_LENGTH)).isEqualTo(text);
  }

  @Test
  void hugeDescriptionsAreCutAndPairsKeptWhole() {
    String text = ItemText.of(item("t", "\uD83D\uDE00".repeat(5_000_000), List.of()));
    assertThat(text.length()).isBetween(ItemText.MAX_LENGTH - 1, ItemText.MAX_LENGTH);
    assertThat(Character.isLowSurrogate(text.charAt(text.length() - 1))).isTrue();
  }

  @Test
  void hashFollowsTheTextAndTheEncoderAndNothingElse() {
    CatalogueItem item = item("Alien", "In space", List.of("Horror"));
    CatalogueItem sold =
        new CatalogueItem(
            item.itemId(),
            item.domain(),
            item.title(),
            item.description(),
            item.categories(),
            Map.of("year", "1979"),
            false,
            Instant.ofEpochSecond(1));
    String hash = ItemText.contentHash("content@1", item);
    assertThat(hash)
        .as("what is stored is not encoded anew")
        .isEqualTo("2ec1b9c7c925bb8aaca689d1edd208143dac21d90b4ce7e159cad988d55624c0");
    assertThat(ItemText.contentHash("content@1", sold)).isEqualTo(hash);
    assertThat(ItemText.contentHash("content@2", item)).isNotEqualTo(hash);
    assertThat(ItemText.contentHash("content@1", item("Aliens", "In space", List.of("Horror"))))
        .isNotEqualTo(hash);
  }
}
