package dev.thaw.models.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.artefact.ArtefactException;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.artefact.Provenance;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.tabular.TabularConfig;
import dev.thaw.models.tabular.TabularData;
import dev.thaw.models.tabular.TabularModel;
import dev.thaw.models.tabular.TabularTrainer;
import dev.thaw.models.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that this module trained, from a copy of its artefact, alone and beside texts. */
class TabularItemEncoderTest {
  @TempDir Path folder;

  private static CatalogueItem item(String domain, String title, int number) {
    return new CatalogueItem(
        ItemId.of(domain + number),
        DomainId.of(domain),
        title,
        "",
        List.of("genre" + number % 2),
        Map.of(),
        true,
        Instant.EPOCH);
  }

  private static TabularModel model(String domain, int rank) {
    InteractionsBuilder builder = Interactions.builder(DomainId.of(domain));
    Map<ItemId, CatalogueItem> catalogue = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      CatalogueItem item = item(domain, "", i);
      catalogue.put(item.itemId(), item);
      for (int u = 0; u < 10; u++) {
        builder.add(new UserId("u" + (2 * u + i % 2)), item.itemId(), 5);
      }
    }
    Interactions likes = builder.build();
    FactorModel factors =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(rank, 1, 1, 3, 0),
                new RatingScale(1, 5, 4),
                1,
                TrainingProgress.SILENT)
            .fit(likes, new SplittableRandom(1));
    return new TabularTrainer(new TabularConfig(4, 64, 10, 3, 1e-2, 0, 0), 1)
        .fit(new TabularData(likes, factors, catalogue, 1), new SplittableRandom(1));
  }

  /** As {@code train-tabular} writes it. */
  private String artefact(TabularModel model) {
    ArtefactRef ref =
        ArtefactStore.open(folder)
            .write(
                ArtefactKind.TABULAR,
                model,
                new Provenance("tabular-network", Map.of(), "data", 1, "rev", Map.of()));
    return folder.resolve("objects/tabular/" + ref.scope() + "/" + ref.version()).toString();
  }

  private static EncoderConfig config(String text, String... models) {
    return new EncoderConfig(
        text,
        4,
        1,
        null,
        new EncoderConfig.Tabular(List.of(models), 1),
        EncoderConfig.Combine.CONCATENATE);
  }

  @Test
  void itemsOfADomainWithAModelHaveItsDirection() throws IOException {
    TabularModel model = model("movies", 3);
    Path copy = folder.resolve("a copy");
    Path made = Path.of(artefact(model));
    Files.createDirectory(copy);
    for (String file : List.of("model.bin", "provenance.json")) {
      Files.copy(made.resolve(file), copy.resolve(file));
    }
    try (ItemEncoder encoder =
        Encoders.open(config(EncoderConfig.NONE, copy.toString()), 1, NoServers.NONE)) {
      List<EncodedItem> encoded =
          encoder.encode(List.of(item("movies", "", 1), item("books", "", 1)));
      assertThat(encoder.space().modelVersion()).matches("tabular-[0-9a-f]{12}");
      float[] place = model.place(item("movies", "", 1));
      float[] vector = encoded.get(0).vector().orElseThrow().toArray();
      double length = Math.sqrt(place[0] * place[0] + place[1] * place[1] + place[2] * place[2]);
      for (int i = 0; i < 3; i++) {
        assertThat(vector[i]).isCloseTo((float) (place[i] / length), offset(1e-4f));
      }
      assertThat(encoded.get(1)).isEqualTo(EncodedItem.NOTHING);
      assertThat(encoder.contentHash(item("movies", "x", 1)))
          .isEqualTo(encoder.contentHash(item("movies", "y", 3)))
          .isNotEqualTo(encoder.contentHash(item("movies", "x", 2)));
    }
  }

  /** All parameters zero, so that it puts everything into the origin. */
  private static TabularModel withoutDirections(String domain) {
    BinaryWriter out = new BinaryWriter().writeText(domain);
    out.writeCount(64).writeCount(0).writeCount(4).writeCount(4);
    FloatArrays.write(out, new float[4 + 4 + 4 * 4 + 64 * 4]);
    return TabularModel.read(new BinaryReader("model", out.toByteArray()));
  }

  @Test
  void anItemThatGetsNoDirectionDoesNotTakeTheOthersWithIt() {
    String movies = artefact(model("movies", 3));
    String books = artefact(withoutDirections("books"));
    try (ItemEncoder encoder =
        Encoders.open(config(EncoderConfig.NONE, movies, books), 1, NoServers.NONE)) {
      List<EncodedItem> made = encoder.encode(List.of(item("books", "", 1), item("movies", "", 1)));
      assertThat(made.get(0))
          .isEqualTo(
              EncodedItem.without(
                  new EncodedItem.Unread("categories", "[genre1]", "model gives no direction")));
      assertThat(made.get(1).vector()).isPresent();
    }
  }

  @Test
  void whereOneAttributeEndsAndTheNextBeginsDecidesTheHash() {
    try (ItemEncoder encoder =
        Encoders.open(
            config(EncoderConfig.NONE, artefact(withoutDirections("books"))), 1, NoServers.NONE)) {
      assertThat(encoder.contentHash(book(Map.of("a", "b\nc=d"))))
          .isNotEqualTo(encoder.contentHash(book(Map.of("a", "b", "c", "d"))));
    }
  }

  private static CatalogueItem book(Map<String, String> attributes) {
    return new CatalogueItem(
        ItemId.of("b"), DomainId.of("books"), "", "", List.of(), attributes, true, Instant.EPOCH);
  }

  @Test
  void besideATextItIsAPartOfTheVector() {
    try (ItemEncoder encoder =
        Encoders.open(config("minilm", artefact(model("movies", 3))), 1, NoServers.NONE)) {
      assertThat(encoder.space().dimension()).isEqualTo(387);
      assertThat(encoder.space().modelVersion()).startsWith("minilm+tabular-");
    }
  }

  @Test
  void modelsThatCannotBeUsedAreNamed() throws IOException {
    String movies = artefact(model("movies", 3));
    String books = artefact(model("books", 2));
    assertThatThrownBy(
            () -> Encoders.open(config(EncoderConfig.NONE, movies, movies), 1, NoServers.NONE))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("one for each domain, had two of movies");
    assertThatThrownBy(
            () -> Encoders.open(config(EncoderConfig.NONE, movies, books), 1, NoServers.NONE))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("must be of one dimension, were of [2, 3]");
    assertThatThrownBy(
            () -> Encoders.open(config(EncoderConfig.NONE, movies + "/no"), 1, NoServers.NONE))
        .isInstanceOf(ArtefactException.class)
        .hasMessageContaining("provenance.json is missing");
    byte[] bytes = Files.readAllBytes(Path.of(movies, "model.bin"));
    bytes[bytes.length - 1] ^= 1;
    Files.write(Path.of(movies, "model.bin"), bytes);
    assertThatThrownBy(() -> Encoders.open(config(EncoderConfig.NONE, movies), 1, NoServers.NONE))
        .isInstanceOf(ArtefactException.class)
        .hasMessageContaining("must have SHA-256");
  }
}
