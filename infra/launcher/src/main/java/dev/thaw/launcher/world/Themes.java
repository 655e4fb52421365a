package dev.thaw.launcher.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The word lists behind the generated world. A taste has one component per theme.
 *
 * @param firstNames of creators
 * @param lastNames of creators
 */
record Themes(List<Theme> themes, List<String> firstNames, List<String> lastNames) {
  private static final String RESOURCE = "themes.yaml";

  /**
   * @param categories name of the theme in each domain
   * @param ages age bands that lean towards it
   * @param regions regions that lean towards it
   */
  record Theme(
      String name,
      Map<String, String> categories,
      List<String> ages,
      List<String> regions,
      List<String> adjectives,
      List<String> nouns,
      List<String> heroes,
      List<String> plots,
      List<String> places) {}

  int size() {
    return themes.size();
  }

  Theme get(int index) {
    return themes.get(index);
  }

  static Themes shipped() {
    try (InputStream in =
        Objects.requireNonNull(Themes.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      Map<String, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new Themes(
          maps(member(root, "themes")).stream().map(Themes::theme).toList(),
          strings(root, "first_names"),
          strings(root, "last_names"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Theme theme(Map<String, ?> m) {
    return new Theme(
        String.valueOf(m.get("name")),
        categories(member(m, "categories")),
        strings(m, "ages"),
        strings(m, "regions"),
        strings(m, "adjectives"),
        strings(m, "nouns"),
        strings(m, "heroes"),
        strings(m, "plots"),
        strings(m, "places"));
  }

  @SuppressWarnings("unchecked") // the file ships in the jar
  private static List<Map<String, ?>> maps(Object value) {
    return (List<Map<String, ?>>) value;
  }

  @SuppressWarnings("unchecked") // the file ships in the jar
  private static Map<String, String> categories(Object value) {
    return Map.copyOf((Map<String, String>) value);
  }

  private static List<String> strings(Map<String, ?> m, String key) {
    return ((List<?>) member(m, key)).stream().map(String::valueOf).toList();
  }

  private static Object member(Map<String, ?> m, String key) {
    return Objects.requireNonNull(m.get(key), key);
  }
}
