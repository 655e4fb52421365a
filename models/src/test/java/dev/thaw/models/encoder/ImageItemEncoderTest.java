package dev.thaw.models.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose answers are known beforehand, alone and beside a text encoder. */
class ImageItemEncoderTest {
  private static final int[] QUARTERS = {0xff0000, 0x00ff00, 0x0000ff, 0x808080};

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void export() throws IOException {
    model = Files.createDirectories(folder.resolve("quarters"));
    Files.write(model.resolve("vision_model.onnx"), SmallOnnxModel.quarterMeans(4));
    preprocessing(8, "[0, 0, 0]");
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, QUARTERS[i % 8 / 4 + 2 * (i / 32)]);
    }
    ImageIO.write(image, "png", folder.resolve("a.png").toFile());
  }

  private void preprocessing(int side, String mean) throws IOException {
    Files.writeString(
        model.resolve("preprocessor_config.json"),
        "{\"size\": %d, \"crop_size\": %d, \"image_mean\": %s, \"image_std\": [1, 1, 1]}"
            .formatted(side, side, mean));
  }

  private EncoderConfig config(String text, EncoderConfig.Combine combine) {
    return new EncoderConfig(text, 2, 1, images(model), null, combine);
  }

  private EncoderConfig.Image images(Path of) {
    return new EncoderConfig.Image(
        of.toString(),
        2,
        folder.toString(),
        List.of(),
        10_000,
        10_000,
        Duration.ofSeconds(1),
        EncoderConfig.HostBreaker.DEFAULT);
  }

  private ItemEncoder open() {
    return Encoders.open(
        config(EncoderConfig.NONE, EncoderConfig.Combine.CONCATENATE), 1, NoServers.NONE);
  }

  private static CatalogueItem item(String title, String image) {
    return new CatalogueItem(
        ItemId.of("i"),
        DomainId.of("movies"),
        title,
        "",
        List.of(),
        Map.of(),
        image,
        true,
        Instant.EPOCH);
  }

  private static float[] quarters() {
    float[] means = new float[12];
    double square = 0;
    for (int i = 0; i < 12; i++) {
      means[i] = (QUARTERS[i % 4] >> 16 - 8 * (i / 4) & 0xff) / 255f;
      square += means[i] * means[i];
    }
    for (int i = 0; i < 12; i++) {
      means[i] /= (float) Math.sqrt(square);
    }
    return means;
  }

  @Test
  void anImageIsTheVectorOfItsModel() {
    try (ItemEncoder encoder = open()) {
      List<EncodedItem> made =
          encoder.encode(
              List.of(
                  item("", "a.png"),
                  item("", ""),
                  item("", "nowhere.png"),
                  item("", "a.png#2"),
                  item("x", "a.png")));
      assertThat(encoder.space().dimension()).isEqualTo(12);
      assertThat(encoder.space().modelVersion()).matches("quarters-[0-9a-f]{12}");
      assertThat(made.get(0).vector().orElseThrow().toArray())
          .containsExactly(quarters(), offset(1e-6f));
      assertThat(made.get(1)).isEqualTo(EncodedItem.NOTHING);
      assertThat(made.get(2).vector()).isEmpty();
      assertThat(made.get(2).unread())
          .containsExactly(
              new EncodedItem.Unread("image", "nowhere.png", "image nowhere.png is not there"));
      assertThat(made.get(3)).isEqualTo(made.get(0));
      assertThat(made.get(4)).isEqualTo(made.get(0));
    }
  }

  @Test
  void aPictureOfWhichTheModelSaysNothingDoesNotTakeTheOthersWithIt() throws IOException {
    BufferedImage black = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(black, "png", folder.resolve("black.png").toFile());
    try (ItemEncoder encoder = open()) {
      List<EncodedItem> made = encoder.encode(List.of(item("", "black.png"), item("", "a.png")));
      assertThat(made.get(0))
          .isEqualTo(
              EncodedItem.without(
                  new EncodedItem.Unread("image", "black.png", "model gives no direction")));
      assertThat(made.get(1).vector().orElseThrow().toArray())
          .containsExactly(quarters(), offset(1e-6f));
    }
  }

  @Test
  void whatIsReadDecidesTheHash() throws IOException {
    String version;
    try (ItemEncoder encoder = open()) {
      version = encoder.space().modelVersion();
      String hash = encoder.contentHash(item("x", "a.png"));
      assertThat(encoder.contentHash(item("y", "a.png"))).isEqualTo(hash);
      assertThat(encoder.contentHash(item("x", "a.png#2"))).isNotEqualTo(hash);
    }
    preprocessing(8, "[0, 0, 0.5]");
    try (ItemEncoder encoder = open()) {
      assertThat(encoder.space().modelVersion()).isNotEqualTo(version);
    }
  }

  @Test
  void partsAreConcatenatedAndAMissingOneIsZero() {
    try (ItemEncoder both =
            Encoders.open(config("minilm", EncoderConfig.Combine.CONCATENATE), 1, NoServers.NONE);
        TextEncoder texts = Encoders.openText("minilm", 2, 1)) {
      assertThat(both.space().dimension()).isEqualTo(384 + 12);
      assertThat(both.space().modelVersion()).matches("minilm\\+quarters-[0-9a-f]{12}");
      List<EncodedItem> made =
          both.encode(List.of(item("Alien", "a.png"), item("Alien", "no.png"), item("", "a.png")));
      float[] text = texts.encode(List.of("Alien")).get(0).toArray();
      float[] whole = made.get(0).vector().orElseThrow().toArray();
      float[] withoutImage = made.get(1).vector().orElseThrow().toArray();
      float[] withoutText = made.get(2).vector().orElseThrow().toArray();
      float[] image = quarters();
      double length = Math.sqrt(1 + 2 * 2);
      for (int i = 0; i < 384 + 12; i++) {
        double part = i < 384 ? text[i] : 2 * image[i - 384];
        assertThat(whole[i]).isCloseTo((float) (part / length), offset(1e-4f));
        assertThat(withoutImage[i]).isCloseTo(i < 384 ? text[i] : 0, offset(1e-4f));
        assertThat(withoutText[i]).isCloseTo(i < 384 ? 0 : image[i - 384], offset(1e-4f));
      }
      assertThat(made.get(1).unread()).hasSize(1);
      assertThat(both.encode(List.of(item(" ", "")))).containsExactly(EncodedItem.NOTHING);
      assertThat(both.contentHash(item("Alien", "")))
          .isNotEqualTo(both.contentHash(item("Alien", "a.png")));
    }
  }

  @Test
  void partsOfDifferentDimensionsAreNotAveragedAndNothingStaysOpen() throws IOException {
    assertThatThrownBy(
            () -> Encoders.open(config("minilm", EncoderConfig.Combine.AVERAGE), 1, NoServers.NONE))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("average needs parts of one dimension")
        .hasMessageContaining(":384, ")
        .hasMessageContaining(":12]");
    assertThat(
            SharedSessions.IMAGES.users(new SharedSessions.Key(model.toRealPath().toString(), 1)))
        .isZero();
    assertThat(SharedSessions.TEXTS.users(new SharedSessions.Key("minilm", 1))).isZero();
  }

  @Test
  void answersOfAnotherTypeOrShapeAreRefusedBeforeTheFirstItem() throws IOException {
    Files.write(model.resolve("vision_model.onnx"), SmallOnnxModel.unpooledQuarters(4));
    assertThatThrownBy(this::open)
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("can't use model " + model)
        .hasMessageContaining(
            "must give float32 of shape [1, d], gave pooler_output float32(1, 3, 2, 2)");
    Files.write(model.resolve("vision_model.onnx"), SmallOnnxModel.doubleQuarters(4));
    assertThatThrownBy(this::open)
        .hasMessageContaining(
            "must give float32 of shape [1, d], gave image_embeds float64(1, 12)");
  }

  @Test
  void modelsForSomethingElseAreRefused() throws IOException {
    preprocessing(9, "[0, 0, 0]");
    Files.write(model.resolve("vision_model.onnx"), SmallOnnxModel.pooled(50, 4));
    assertThatThrownBy(this::open)
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("can't use model " + model)
        .hasMessageContaining("encoder quarters failed on 1 images");
    Files.delete(model.resolve("vision_model.onnx"));
    assertThatThrownBy(this::open)
        .hasMessageContaining("must have one of [vision_model.onnx, onnx/vision_model.onnx,");
    Files.writeString(model.resolve("model.onnx"), "none");
    assertThatThrownBy(this::open).hasMessageContaining("can't load model " + model);
    preprocessing(0, "[0, 0, 0]");
    assertThatThrownBy(this::open)
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("size must be in [1, 4096]");
  }
}
