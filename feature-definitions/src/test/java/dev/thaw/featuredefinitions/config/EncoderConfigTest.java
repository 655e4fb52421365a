package dev.thaw.featuredefinitions.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.EncoderConfig.Combine;
import dev.thaw.featuredefinitions.config.EncoderConfig.HostBreaker;
import dev.thaw.featuredefinitions.config.EncoderConfig.Image;
import dev.thaw.featuredefinitions.config.EncoderConfig.Tabular;
import dev.thaw.featuredefinitions.yaml.YamlFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderConfigTest {
  @TempDir Path folder;

  private EncoderConfig read(String encoder) {
    try {
      Path file =
          Files.writeString(folder.resolve("thaw.yaml"), "version: 1\nencoder: " + encoder + "\n");
      return ThawConfig.load(file, Map.of()).encoder();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void allKeysAreRead() {
    assertThat(
            read(
                "{model: e5, batch_size: 8, weight: 2, combine: average, image: {model: clip, root:"
                    + " pictures, hosts: [\"cdn:8443\"], weight: 0.5, max_bytes: 100, max_pixels:"
                    + " 200, timeout: 1s, host_failures: 2, host_open_for: 3s}, tabular: {models: [a, b], weight: 3}}"))
        .isEqualTo(
            new EncoderConfig(
                path("e5"),
                8,
                2,
                new Image(
                    path("clip"),
                    0.5,
                    path("pictures"),
                    List.of("cdn:8443"),
                    100,
                    200,
                    Duration.ofSeconds(1),
                    new HostBreaker(2, Duration.ofSeconds(3))),
                new Tabular(List.of(path("a"), path("b")), 3),
                Combine.AVERAGE));
  }

  @Test
  void whatIsLeftOutHasDefaults() {
    assertThat(read("{}")).isEqualTo(new EncoderConfig("minilm", 32));
    EncoderConfig images = read("{model: none, image: {model: clip, root: pictures}}");
    assertThat(images.model()).isEqualTo("none");
    assertThat(images.combine()).isEqualTo(Combine.CONCATENATE);
    assertThat(images.image())
        .isEqualTo(
            new Image(
                path("clip"),
                1,
                path("pictures"),
                List.of(),
                10 << 20,
                40_000_000,
                Duration.ofSeconds(5),
                new HostBreaker(5, Duration.ofMinutes(1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{model: none} | encoder.model: must not be none without image or tabular",
        "{weight: 0} | encoder.weight: must be in [0.001, 1000.0], was 0.0",
        "{combine: sum} | encoder.combine: must be one of CONCATENATE, AVERAGE",
        "{image: {model: m}} | encoder.image: root or hosts must say where images may come from",
        "{image: {model: m, hosts: [\"http://a\"]}} | encoder.image.hosts: must be of the form host",
        "{image: {model: m, root: r, max_bytes: 0}} | encoder.image.max_bytes: must be in",
        "{image: {model: m, root: r, timeout: 0s}} | encoder.image.timeout: must be longer than 0",
        "{image: {model: m, root: r, host_failures: 0}} | host_failures: must be in [1, 1000], was 0",
        "{image: {model: m, root: r, host_open_for: 0s}} | host_open_for: must be longer than 0",
        "{image: {model: m, root: r, size: 3}} | size",
        "{tabular: {models: []}} | encoder.tabular.models: must name a folder, was empty",
      })
  void whatIsWrongIsNamed(String encoder, String message) {
    assertThatThrownBy(() -> read(encoder))
        .isInstanceOf(YamlFault.class)
        .hasMessageContaining(message);
  }
}
