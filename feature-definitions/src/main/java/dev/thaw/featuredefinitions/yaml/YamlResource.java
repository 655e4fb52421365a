package dev.thaw.featuredefinitions.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files shipped at the root of the jar. */
public final class YamlResource {
  private YamlResource() {}

  /**
   * @throws IllegalStateException if the jar was built without the file
   */
  public static YamlMapping read(String name) {
    try (InputStream in = YamlResource.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar of feature-definitions holds no " + name);
      }
      return YamlMapping.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("shipped " + name + " can't be read", e);
    }
  }
}
