package dev.thaw.models.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside CLIP's own preprocessing; {@code src/test/python/clip_reference.py} made the values. */
class ImagePreprocessingTest {
  private static final Path PICTURES = Path.of("src/test/resources/dev/thaw/models/images");

  /** A step of a byte, divided by the least deviation. */
  private static final double STEP = 1 / 255.0 / 0.26;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wide.png",
        "tall.png",
        "small.png",
        "grey.png",
        "transparent.png",
        "palette.gif",
        "lossless.webp"
      })
  void aModelIsShownWhatClipShowsIt(String name) throws Exception {
    float[] shown =
        ImagePreprocessing.inFolder(PICTURES)
            .of(ImageDecoder.decode(Files.readAllBytes(PICTURES.resolve(name)), 1_000_000));
    double[] expected =
        Arrays.stream(Files.readString(PICTURES.resolve(name + ".txt")).strip().split(" "))
            .mapToDouble(Double::parseDouble)
            .toArray();
    assertThat(shown).hasSameSizeAs(expected);
    double sum = 0;
    for (int i = 0; i < shown.length; i++) {
      double difference = Math.abs(shown[i] - expected[i]);
      assertThat(difference).as("value " + i).isLessThan(1.1 * STEP);
      sum += difference;
    }
    // a sum at half a step, rounded between the directions, may go the other way
    assertThat(sum / shown.length).isLessThan(STEP / 5);
  }

  @Test
  void withoutAFileItIsThatOfClip() throws Exception {
    ImagePreprocessing clip = ImagePreprocessing.inFolder(folder);
    assertThat(clip).isSameAs(ImagePreprocessing.CLIP);
    float[] shown = clip.of(new Pixels(2, 1, new int[] {0xffffff, 0xffffff}));
    assertThat(shown).hasSize(3 * 224 * 224);
    assertThat(shown[0]).isEqualTo((float) ((1 - 0.48145466) / 0.26862954));
    assertThat(shown[3 * 224 * 224 - 1]).isEqualTo((float) ((1 - 0.40821073) / 0.27577711));
  }

  @Test
  void aSquareThatIsNotCroppedTakesAllOfTheImage() throws Exception {
    Files.writeString(
        folder.resolve(ImagePreprocessing.FILE),
        """
        {"size": {"height": 1, "width": 2}, "do_center_crop": false, "resample": 2,
         "do_rescale": false, "do_normalize": false}""");
    float[] shown =
        ImagePreprocessing.inFolder(folder)
            .of(new Pixels(2, 2, new int[] {0x100000, 0x20, 0x300000, 0x40}));
    assertThat(shown).containsExactly(0x20, 0, 0, 0, 0, 0x30);
  }

  @Test
  void aStripIsNotResizedToGigabytes() throws Exception {
    Files.writeString(
        folder.resolve(ImagePreprocessing.FILE), "{\"size\": 4096, \"crop_size\": 8}");
    ImagePreprocessing large = ImagePreprocessing.inFolder(folder);
    for (Pixels strip : List.of(new Pixels(100, 1, new int[100]), new Pixels(1, 3, new int[3]))) {
      assertThatThrownBy(() -> large.of(strip))
          .isInstanceOf(UnreadableImageException.class)
          .hasMessageContaining("must have at most 40000000 pixels with a short side of 4096")
          .hasMessageContaining(4096 * strip.width + " x " + 4096 * strip.height);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'size': 0} | size must be in [1, 4096]",
        "{'crop_size': {'height': 9000, 'width': 9}} | crop_size must be in [1, 4096] with height",
        "{'do_center_crop': false} | do_center_crop must be true where size has no width",
        "{'resample': 1} | resample must be 2 (bilinear) or 3 (bicubic), was 1",
        "{'image_std': [1, 0, 1]} | image_std must be three numbers, deviations above 0",
        "{'image_mean': [1, 2]} | image_mean must be three numbers",
        "{'size | can't read",
      },
      quoteCharacter = '"')
  void whatIsWrongInTheFileIsNamed(String json, String message) throws Exception {
    Path file = Files.writeString(folder.resolve(ImagePreprocessing.FILE), json.replace('\'', '"'));
    assertThatThrownBy(() -> ImagePreprocessing.inFolder(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }
}
