package dev.thaw.models.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextItemEncoderTest {
  private static CatalogueItem item(String title) {
    return new CatalogueItem(
        ItemId.of("i" + title.length()),
        DomainId.of("movies"),
        title,
        "",
        List.of(),
        Map.of(),
        true,
        Instant.EPOCH);
  }

  @Test
  void itemsWithoutMetadataHaveNoVectorAndOthersKeepTheirPlace() {
    try (ItemEncoder encoder = Encoders.ofItems(Encoders.openText("minilm", 8, 1));
        TextEncoder texts = Encoders.openText("minilm", 8, 1)) {
      List<Optional<Embedding>> vectors =
          encoder.encode(List.of(item(""), item("Alien"), item(" "), item("Heat"))).stream()
              .map(EncodedItem::vector)
              .toList();
      assertThat(vectors.get(0)).isEmpty();
      assertThat(vectors.get(2)).isEmpty();
      assertThat(List.of(vectors.get(1).orElseThrow(), vectors.get(3).orElseThrow()))
          .isEqualTo(texts.encode(List.of("Alien", "Heat")));
      assertThat(encoder.contentHash(item("Alien")))
          .isEqualTo(ItemText.contentHash(texts.space().key(), item("Alien")));
    }
  }
}
