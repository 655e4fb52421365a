package dev.thaw.models.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any ONNX export from a folder: a small model made here, with the shipped tokenizer. */
class EncoderFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void export() throws IOException {
    Files.write(folder.resolve("model.onnx"), SmallOnnxModel.tokenEmbeddings(30_522, 4));
    try (InputStream in =
        getClass().getClassLoader().getResourceAsStream("all-minilm-l6-v2-tokenizer.json")) {
      Files.copy(in, folder.resolve("tokenizer.json"));
    }
  }

  private Embedding encode(String text) {
    try (TextEncoder encoder = Encoders.openText(folder.toString(), 8, 1)) {
      return encoder.encode(List.of("a longer neighbour in the batch, for padding", text)).get(1);
    }
  }

  private String version() {
    try (TextEncoder encoder = Encoders.openText(folder.toString(), 8, 1)) {
      return encoder.space().modelVersion();
    }
  }

  /** Token embeddings of the ids, pooled here once more. */
  private static float[] expected(int... ids) {
    float[] sum = new float[4];
    double square = 0;
    for (int d = 0; d < 4; d++) {
      for (int id : ids) {
        sum[d] += SmallOnnxModel.weight(id, d);
      }
      square += sum[d] * sum[d];
    }
    for (int d = 0; d < 4; d++) {
      sum[d] /= (float) Math.sqrt(square);
    }
    return sum;
  }

  @Test
  void meanPoolingAveragesTheTokensWithoutPadding() {
    // [CLS] bread [SEP]
    assertThat(encode("bread").toArray()).containsExactly(expected(101, 7852, 102), offset(1e-5f));
  }

  @Test
  void clsPoolingTakesTheFirstToken() throws IOException {
    Files.writeString(folder.resolve("encoder.properties"), "pooling=cls\n");
    assertThat(encode("bread").toArray()).containsExactly(expected(101), offset(1e-5f));
  }

  @Test
  void poolingOfSentenceTransformersIsRead() throws IOException {
    Files.createDirectory(folder.resolve("1_Pooling"));
    Files.writeString(
        folder.resolve("1_Pooling/config.json"), "{\"pooling_mode_cls_token\": true}");
    assertThat(encode("bread").toArray()).containsExactly(expected(101), offset(1e-5f));
  }

  @Test
  void prefixAndTokenLimitApply() throws IOException {
    Files.writeString(
        folder.resolve("encoder.properties"), "prefix=bread\\u0020\nmax_tokens=8\nname=small\n");
    // [CLS] bread bread [SEP]
    assertThat(encode("bread").toArray())
        .containsExactly(expected(101, 7852, 7852, 102), offset(1e-5f));
    assertThat(encode("bread ".repeat(50))).isEqualTo(encode("bread ".repeat(5)));
    assertThat(version()).startsWith("small-");
  }

  @Test
  void modelThatHasPooledAlreadyIsOnlyNormalised() throws IOException {
    Files.write(folder.resolve("model.onnx"), SmallOnnxModel.pooled(30_522, 4));
    try (TextEncoder encoder = Encoders.openText(folder.toString(), 8, 1)) {
      assertThat(encoder.encode(List.of("bread")).get(0).toArray())
          .containsExactly(expected(101, 7852, 102), offset(1e-5f));
    }
  }

  @Test
  void versionChangesWithWhateverChangesVectors() throws IOException {
    String before = version();
    assertThat(version()).isEqualTo(before);
    Files.writeString(folder.resolve("encoder.properties"), "pooling=cls\n");
    String cls = version();
    Files.write(folder.resolve("model.onnx"), SmallOnnxModel.tokenEmbeddings(30_522, 5));
    assertThat(List.of(before, cls, version())).doesNotHaveDuplicates();
  }

  @Test
  void modelThatCannotBeUsedIsRefusedAndLeavesNothingOpen() throws IOException {
    Files.write(folder.resolve("model.onnx"), SmallOnnxModel.tokenEmbeddings(50, 4));
    assertThatThrownBy(() -> Encoders.openText(folder.toString(), 8, 1))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("encoder " + folder.getFileName() + " failed on 1 texts");
    assertThat(
            SharedSessions.TEXTS.users(new SharedSessions.Key(folder.toRealPath().toString(), 1)))
        .isZero();
  }

  @Test
  void whatIsMissingOrWrongIsNamed() throws IOException {
    assertThatThrownBy(() -> Encoders.openText(folder + "/nowhere", 8, 1))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("must be \"minilm\" or a folder, was " + folder + "/nowhere");
    Files.writeString(folder.resolve("encoder.properties"), "pooling=max\n");
    assertThatThrownBy(() -> Encoders.openText(folder.toString(), 8, 1))
        .hasMessageContaining("pooling must be mean or cls, was max");
    Files.writeString(folder.resolve("encoder.properties"), "colour=red\n");
    assertThatThrownBy(() -> Encoders.openText(folder.toString(), 8, 1))
        .hasMessageContaining("key must be one of [name, pooling, prefix, max_tokens], was colour");
    Files.writeString(folder.resolve("encoder.properties"), "max_tokens=2\n");
    assertThatThrownBy(() -> Encoders.openText(folder.toString(), 8, 1))
        .hasMessageContaining("max_tokens must be in [8, 8192], was 2");
    Files.delete(folder.resolve("encoder.properties"));
    Files.write(folder.resolve("model.onnx"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Encoders.openText(folder.toString(), 8, 1))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("can't load model " + folder);
    Files.delete(folder.resolve("tokenizer.json"));
    assertThatThrownBy(() -> Encoders.openText(folder.toString(), 8, 1))
        .hasMessageContaining("must have tokenizer.json");
  }
}
