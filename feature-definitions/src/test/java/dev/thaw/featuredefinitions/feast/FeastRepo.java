package dev.thaw.featuredefinitions.feast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy of {@code feature_repo} and {@code features.yaml} in a folder of its own. */
public final class FeastRepo {
  private final Path folder;

  private FeastRepo(Path folder) {
    this.folder = folder;
  }

  /** The shipped one, of whichever module's tests run. */
  static Path shipped() {
    Path module = Path.of("").toAbsolutePath();
    return module.endsWith("feature-definitions")
        ? module.resolve("feature_repo")
        : module.resolveSibling("feature-definitions").resolve("feature_repo");
  }

  /** On SQLite, as it is shipped. */
  public static FeastRepo copyTo(Path folder) throws IOException {
    Path repo = Files.createDirectories(folder.resolve("feature_repo"));
    for (String file :
        List.of("definitions.py", "tidy_log.py", "feature_store.yaml", ".feastignore")) {
      Files.copy(shipped().resolve(file), repo.resolve(file));
    }
    Files.copy(shipped().resolveSibling("features.yaml"), folder.resolve("features.yaml"));
    Files.createDirectories(repo.resolve("data"));
    return new FeastRepo(folder);
  }

  /**
   * On another online store, with the file that is shipped for that.
   *
   * @param location {@code host:port}, several after commas for a cluster
   */
  public FeastRepo on(String file, String location) throws IOException {
    Files.writeString(
        path().resolve("feature_store.yaml"),
        Files.readString(shipped().resolve(file)).replace("${THAW_REDIS}", location));
    return this;
  }

  /** Puts a line before the first feature of a view, as a data team would. */
  public void addFeature(String view, String line) throws IOException {
    String text = Files.readString(featuresFile());
    int at = text.indexOf("    features:\n", text.indexOf("- name: " + view + "\n"));
    int end = at + "    features:\n".length();
    Files.writeString(
        featuresFile(), text.substring(0, end) + "      - " + line + "\n" + text.substring(end));
  }

  public Path featuresFile() {
    return folder.resolve("features.yaml");
  }

  /** The repo itself. */
  public Path path() {
    return folder.resolve("feature_repo");
  }
}
