package dev.thaw.models.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network trained by others, as it is published: PaddleOCR's, which tells a line of text from one
 * that stands on its head.
 */
class VisionModelTest {
  private static final String WEIGHTS = "models/ch_ppocr_mobile_v2.0_cls_infer.onnx";
  private static final String LINE = "dev/thaw/models/images/line.png";

  @TempDir Path folder;

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        VisionModelTest.class.getClassLoader().getResourceAsStream(name), name);
  }

  private static BufferedImage turned(BufferedImage image) {
    BufferedImage turned =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        turned.setRGB(image.getWidth() - 1 - x, image.getHeight() - 1 - y, image.getRGB(x, y));
      }
    }
    return turned;
  }

  @Test
  void aPublishedNetworkSeesWhatItWasTrainedToSee() throws IOException {
    Path model = Files.createDirectories(folder.resolve("angle"));
    try (InputStream weights = resource(WEIGHTS);
        InputStream line = resource(LINE)) {
      Files.copy(weights, model.resolve("model.onnx"));
      Files.copy(line, folder.resolve("upright.png"));
    }
    Files.writeString(
        model.resolve("preprocessor_config.json"),
        """
        {"size": {"shortest_edge": 48}, "crop_size": {"height": 48, "width": 192},
         "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}""");
    BufferedImage upright = ImageIO.read(folder.resolve("upright.png").toFile());
    ImageIO.write(turned(upright), "png", folder.resolve("turned.png").toFile());

    EncoderConfig config =
        new EncoderConfig(
            EncoderConfig.NONE,
            8,
            1,
            new EncoderConfig.Image(
                model.toString(),
                1,
                folder.toString(),
                List.of(),
                100_000,
                100_000,
                Duration.ofSeconds(1),
                EncoderConfig.HostBreaker.DEFAULT),
            null,
            EncoderConfig.Combine.CONCATENATE);
    try (ItemEncoder encoder = Encoders.open(config, 1, NoServers.NONE)) {
      List<EncodedItem> made = encoder.encode(List.of(item("upright.png"), item("turned.png")));
      // the probabilities of 0 and 180 degrees, by the same network in Python .99996 and 1.0000
      assertThat(made.get(0).vector().orElseThrow().get(0)).isGreaterThan(0.999f);
      assertThat(made.get(1).vector().orElseThrow().get(1)).isGreaterThan(0.999f);
    }
  }

  private static CatalogueItem item(String image) {
    return new CatalogueItem(
        ItemId.of(image),
        DomainId.of("movies"),
        "",
        "",
        List.of(),
        Map.of(),
        image,
        true,
        Instant.EPOCH);
  }
}
