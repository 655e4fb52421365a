package dev.thaw.launcher.datafolder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a data folder beside its place and moves it there when all of it is written, so that a
 * broken import leaves nothing that looks whole. One thread.
 */
public final class DataFolderWriter implements AutoCloseable {
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path target;
  private final DataFolder partial;
  private final OutputStream items;
  private final OutputStream users;
  private final OutputStream events;
  private @Nullable WireFormat<CatalogueItem> itemFormat;
  private @Nullable WireFormat<UserProfile> userFormat;
  private @Nullable WireFormat<Event> eventFormat;
  private boolean complete;

  private DataFolderWriter(Path target, DataFolder partial) throws IOException {
    this.target = target;
    this.partial = partial;
    this.items = new BufferedOutputStream(Files.newOutputStream(partial.items()));
    this.users = new BufferedOutputStream(Files.newOutputStream(partial.users()));
    this.events = new BufferedOutputStream(Files.newOutputStream(partial.events()));
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

  /**
   * Comes first: the other records are of these domains.
   *
   * @param types of events; those that are not shipped become configured ones
   */
  public void domains(List<DomainDefinition> domains, List<EventType> types) throws IOException {
    DomainDefinitions definitions = DomainDefinitions.of(domains, types);
    Files.writeString(partial.domains(), definitions.toYaml());
    itemFormat = WireFormats.items(definitions, WireLimits.DEFAULT);
    userFormat = WireFormats.profiles(definitions, WireLimits.DEFAULT);
    eventFormat = WireFormats.events(definitions, WireLimits.DEFAULT);
  }

  public void item(CatalogueItem item) throws IOException {
    line(items, itemFormat, item);
  }

  public void user(UserProfile user) throws IOException {
    line(users, userFormat, user);
  }

  /** Events come in order of time. */
  public void event(Event event) throws IOException {
    line(events, eventFormat, event);
  }

  private static <T> void line(OutputStream out, @Nullable WireFormat<T> format, T value)
      throws IOException {
    if (format == null) {
      throw new IllegalStateException("the domains come before the records");
    }
    out.write(format.write(value));
    out.write('\n');
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
