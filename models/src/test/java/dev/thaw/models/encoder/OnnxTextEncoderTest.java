package dev.thaw.models.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shipped weights, for real. */
class OnnxTextEncoderTest {
  private static final List<String> TEXTS =
      List.of(
          "A thriller novel about a detective in Oslo",
          "Crime fiction: a policeman hunts a killer in Norway",
          "Wireless noise-cancelling headphones",
          "Bluetooth over-ear headset",
          "bread",
          "How to bake sourdough bread at home in a cast-iron pot, with a starter that is a week old");

  private static TextEncoder encoder;

  @BeforeAll
  static void open() {
    encoder = Encoders.openText("minilm", 4, 1);
  }

  @AfterAll
  static void close() {
    encoder.close();
    assertThat(SharedSessions.TEXTS.users(new SharedSessions.Key("minilm", 1))).isZero();
  }

  private static double cosine(Embedding a, Embedding b) {
    double dot = 0;
    for (int i = 0; i < a.dimension(); i++) {
      dot += a.get(i) * b.get(i);
    }
    return dot;
  }

  @Test
  void vectorsAreThoseOfThePublishedModel() {
    Embedding vector = encoder.encode(List.of("This is an example sentence")).get(0);
    float[] first = new float[6];
    for (int i = 0; i < first.length; i++) {
      first[i] = vector.get(i);
    }
    assertThat(first)
        .containsExactly(
            new float[] {0.067657f, 0.063496f, 0.048713f, 0.079305f, 0.037448f, 0.002653f},
            offset(2e-5f));
  }

  @Test
  void spaceNamesTheModelAndItsHash() {
    assertThat(encoder.space().name()).isEqualTo("content");
    assertThat(encoder.space().modelVersion()).matches("minilm-[0-9a-f]{12}");
    assertThat(encoder.space().dimension()).isEqualTo(384);
    assertThat(encoder.space().metric()).isEqualTo(Metric.COSINE);
  }

  @Test
  void vectorsHaveLengthOneAndLikeTextsAreNear() {
    List<Embedding> vectors = encoder.encode(TEXTS);
    vectors.forEach(vector -> assertThat(cosine(vector, vector)).isCloseTo(1, offset(1e-5)));
    assertThat(cosine(vectors.get(0), vectors.get(1)))
        .isGreaterThan(cosine(vectors.get(0), vectors.get(2)) + 0.2);
    assertThat(cosine(vectors.get(2), vectors.get(3)))
        .isGreaterThan(cosine(vectors.get(2), vectors.get(4)) + 0.2);
  }

  @Test
  void vectorDoesNotDependOnItsBatch() {
    List<Embedding> together = encoder.encode(TEXTS);
    List<String> shuffled = new ArrayList<>(TEXTS);
    Collections.shuffle(shuffled, new Random(1));
    List<Embedding> other = encoder.encode(shuffled);
    for (int i = 0; i < TEXTS.size(); i++) {
      Embedding alone = encoder.encode(List.of(TEXTS.get(i))).get(0);
      assertThat(alone.toArray()).containsExactly(together.get(i).toArray(), offset(1e-5f));
      assertThat(other.get(shuffled.indexOf(TEXTS.get(i))).toArray())
          .containsExactly(alone.toArray(), offset(1e-5f));
    }
  }

  @Test
  void textsThatNativeCodeMightChokeOnAreEncoded() {
    List<String> odd =
        List.of(
            "",
            "   ",
            "\uD800 half a pair \uDC00",
            "nul \u0000 and bell \u0007",
            "emoji \uD83D\uDE00 and Ελληνικά and 日本語",
            "word ".repeat(2_000_000),
            "x".repeat(10_000_000));
    List<Embedding> vectors = encoder.encode(odd);
    assertThat(vectors).hasSize(odd.size());
    assertThat(vectors.get(0)).isEqualTo(vectors.get(1));
    assertThat(encoder.encode(List.of())).isEmpty();
  }

  @Test
  void threadsShareOneSession() {
    List<Embedding> expected = encoder.encode(TEXTS);
    List<CompletableFuture<List<Embedding>>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(CompletableFuture.supplyAsync(() -> encoder.encode(TEXTS)));
    }
    calls.forEach(call -> assertThat(call.join()).isEqualTo(expected));
  }

  @Test
  void openedTwiceIsLoadedOnceAndTheLastToCloseFrees() {
    SharedSessions.Key key = new SharedSessions.Key("minilm", 1);
    TextEncoder second = Encoders.openText("minilm", 8, 1);
    assertThat(SharedSessions.TEXTS.users(key)).isEqualTo(2);
    second.close();
    second.close();
    assertThat(SharedSessions.TEXTS.users(key)).isEqualTo(1);
    assertThatThrownBy(() -> second.encode(TEXTS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    assertThat(encoder.encode(List.of("still open"))).hasSize(1);
  }

  @Test
  void sizesOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> Encoders.openText("minilm", 0, 1))
        .hasMessage("batch size must be in [1, 1024], was 0");
    assertThatThrownBy(() -> Encoders.openText("minilm", 8, 0))
        .hasMessage("threads must be in [1, 256], was 0");
  }
}
