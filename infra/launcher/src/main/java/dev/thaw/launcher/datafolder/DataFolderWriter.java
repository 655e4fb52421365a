package dev.thaw.launcher.datafolder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a data folder beside its place and moves it there when all of it is written, so that a
 * broken import leaves nothing that looks whole. One thread.
 */
public final class DataFolderWriter implements AutoCloseable {
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path target;
  private final DataFolder partial;
  private final BufferedWriter items;
  private final BufferedWriter users;
  private final BufferedWriter events;
  private boolean complete;

  private DataFolderWriter(Path target, DataFolder partial) throws IOException {
    this.target = target;
    this.partial = partial;
    this.items = Files.newBufferedWriter(partial.items());
    this.users = Files.newBufferedWriter(partial.users());
    this.events = Files.newBufferedWriter(partial.events());
  }

  /**
   * @param overwrite whether an earlier data folder there may be replaced
   * @throws IllegalArgumentException if something is there that may not be replaced
   */
  public static DataFolderWriter open(Path target, boolean overwrite) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    if (Files.exists(absolute) && !isEmptyFolder(absolute)) {
      if (!overwrite) {
        throw new IllegalArgumentException(
            target + " is there already; name another folder, or --overwrite to replace it");
      }
      if (!Files.exists(absolute.resolve("domains.yaml"))) {
        throw new IllegalArgumentException(target + " is not a data folder, so it is not replaced");
      }
    }
    Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
    deleteRecursively(partial);
    Files.createDirectories(partial);
    return new DataFolderWriter(absolute, new DataFolder(partial));
  }

  /** The folder while it is being written. */
  public DataFolder partial() {
    return partial;
  }

  public void domains(List<DomainDefinition> domains) throws IOException {
    Files.writeString(partial.domains(), DomainDefinitions.of(domains, List.of()).toYaml());
  }

  public void item(CatalogueItem item) throws IOException {
    items.write(RecordLines.of(item));
    items.write('\n');
  }

  public void user(UserProfile user) throws IOException {
    users.write(RecordLines.of(user));
    users.write('\n');
  }

  /** Events come in order of time. */
  public void event(Event event) throws IOException {
    events.write(RecordLines.of(event));
    events.write('\n');
  }

  /** Writes where the data came from and puts the folder in its place. */
  public void finish(Map<String, ?> provenance) throws IOException {
    closeFiles();
    Files.writeString(
        partial.provenance(), PRETTY.writeValueAsString(provenance) + "\n", StandardCharsets.UTF_8);
    deleteRecursively(target);
    Files.move(partial.path(), target, StandardCopyOption.ATOMIC_MOVE);
    complete = true;
  }

  /** Removes what was written unless {@link #finish} put it in its place. */
  @Override
  public void close() throws IOException {
    if (!complete) {
      closeFiles();
      deleteRecursively(partial.path());
    }
  }

  private void closeFiles() throws IOException {
    items.close();
    users.close();
    events.close();
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void deleteRecursively(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
