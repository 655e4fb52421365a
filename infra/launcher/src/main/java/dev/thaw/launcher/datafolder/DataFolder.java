package dev.thaw.launcher.datafolder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the files of a data set are. {@code domains.yaml}, {@code items.jsonl} and {@code
 * events.jsonl} (in order of time) are always there; {@code users.jsonl} may be; {@code
 * import.json} says where the data came from; {@code rejected.jsonl} lists what was left out.
 */
public record DataFolder(Path path) {

  /**
   * @throws IllegalArgumentException if a file that must be there is not
   */
  public static DataFolder open(Path path) {
    DataFolder folder = new DataFolder(path);
    for (Path file : List.of(folder.domains(), folder.items(), folder.events())) {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            path
                + " is not a data folder: it has no "
                + file.getFileName()
                + " (thaw import writes such folders)");
      }
    }
    return folder;
  }

  public Path domains() {
    return path.resolve("domains.yaml");
  }

  public Path items() {
    return path.resolve("items.jsonl");
  }

  public Path users() {
    return path.resolve("users.jsonl");
  }

  public Path events() {
    return path.resolve("events.jsonl");
  }

  public Path provenance() {
    return path.resolve("import.json");
  }

  public Path rejected() {
    return path.resolve("rejected.jsonl");
  }
}
