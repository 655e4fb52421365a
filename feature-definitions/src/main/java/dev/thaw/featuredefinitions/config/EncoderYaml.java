package dev.thaw.featuredefinitions.config;

import dev.thaw.featuredefinitions.config.EncoderConfig.Combine;
import dev.thaw.featuredefinitions.config.EncoderConfig.HostBreaker;
import dev.thaw.featuredefinitions.config.EncoderConfig.Image;
import dev.thaw.featuredefinitions.config.EncoderConfig.Tabular;
import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.nio.file.Path;

/** The file form of {@link EncoderConfig}. */
final class EncoderYaml {
  private final Path folder;

  /**
   * @param folder from which relative paths are meant
   */
  EncoderYaml(Path folder) {
    this.folder = folder;
  }

  EncoderConfig read(YamlMapping section, EncoderConfig defaults) {
    section.only("model", "batch_size", "weight", "image", "tabular", "combine");
    String model = section.text("model", defaults.model());
    boolean isWord =
        model.equals(EncoderConfig.SHIPPED) || model.equals(EncoderConfig.NONE) || model.isBlank();
    return section.build(
        () ->
            new EncoderConfig(
                isWord ? model : path(model),
                section.intNumber("batch_size", defaults.batchSize()),
                section.optionalNumber("weight").orElse(1),
                section.optionalMapping("image").map(this::image).orElse(null),
                section.optionalMapping("tabular").map(this::tabular).orElse(null),
                section.has("combine")
                    ? section.oneOf("combine", Combine.class)
                    : Combine.CONCATENATE));
  }

  private Image image(YamlMapping section) {
    section.only(
        "model",
        "weight",
        "root",
        "hosts",
        "max_bytes",
        "max_pixels",
        "timeout",
        "host_failures",
        "host_open_for");
    return section.build(
        () ->
            new Image(
                path(section.text("model")),
                section.optionalNumber("weight").orElse(1),
                section.optionalText("root").map(this::path).orElse(""),
                section.texts("hosts"),
                section.intNumber("max_bytes", Image.MAX_BYTES),
                section.intNumber("max_pixels", Image.MAX_PIXELS),
                section.duration("timeout", Image.TIMEOUT),
                new HostBreaker(
                    section.intNumber("host_failures", HostBreaker.DEFAULT.failures()),
                    section.duration("host_open_for", HostBreaker.DEFAULT.openFor()))));
  }

  private Tabular tabular(YamlMapping section) {
    section.only("models", "weight");
    return section.build(
        () ->
            new Tabular(
                section.texts("models").stream().map(this::path).toList(),
                section.optionalNumber("weight").orElse(1)));
  }

  private String path(String text) {
    return folder.resolve(text).normalize().toString();
  }
}
