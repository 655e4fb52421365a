package dev.thaw.launcher.imports;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolderWriter;
import dev.thaw.launcher.imports.Gathered.ItemKey;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Reads a data set in one of the known layouts and writes it as a data folder. */
public final class Import {
  private static final List<ImportFormat> FIXED =
      List.of(
          new MovieLens100k(),
          new MovieLens1m(),
          new MovieLensLatest(),
          new AmazonRatings(),
          new MovieTweetings());

  private final Order order;
  private final InstantSource clock;
  private final Progress progress;

  /**
   * @param clock events further ahead of it than the readers of the folder allow are rejected
   * @throws IllegalArgumentException if the order ends ahead of the clock
   */
  public Import(Order order, InstantSource clock, Progress progress) {
    Instant now = clock.instant();
    if (order.end().isAfter(now)) {
      throw new IllegalArgumentException(
          "the order of data without times must end at the clock's "
              + now
              + ", was "
              + order.end());
    }
    this.order = order;
    this.clock = clock;
    this.progress = progress;
  }

  /** What was written. */
  public record Summary(int items, int users, int events, long rejected) {}

  /** Names for {@link #read(String, Path, Path, boolean)}. */
  public static List<String> formats() {
    return FIXED.stream().map(ImportFormat::name).toList();
  }

  /**
   * @throws ImportException if a file is missing or there is nothing to import
   * @throws IllegalArgumentException if the format is unknown or the target may not be replaced
   */
  public Summary read(String format, Path from, Path to, boolean overwrite) throws IOException {
    ImportFormat found =
        FIXED.stream()
            .filter(f -> f.name().equals(format))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "format must be columns or one of " + formats() + ", was " + format));
    return read(found, from, to, overwrite);
  }

  /** As {@link #read(String, Path, Path, boolean)} for tables with a mapping. */
  public Summary read(ColumnMapping mapping, Path from, Path to, boolean overwrite)
      throws IOException {
    return read(new Columns(mapping), from, to, overwrite);
  }

  private Summary read(ImportFormat format, Path from, Path to, boolean overwrite)
      throws IOException {
    if (!Files.isDirectory(from)) {
      throw new ImportException("there is no folder " + from);
    }
    try (DataFolderWriter writer = DataFolderWriter.open(to, overwrite)) {
      Gathered gathered = new Gathered(new WireChecks(clock.instant()));
      long rejected;
      try (Rejections rejections = new Rejections(writer.partial().rejected())) {
        format.read(from, reading(gathered, rejections));
        rejected = rejections.count();
      }
      InteractionTable table = gathered.interactions();
      if (table.size() == 0) {
        throw new ImportException(
            from + " holds no usable event" + (rejected > 0 ? ", " + rejected + " bad lines" : ""));
      }
      int untimed = table.untimed();
      order.apply(table, new SplittableRandom(order.seed()));
      Summary summary =
          new Summary(gathered.items().size(), gathered.users().size(), table.size(), rejected);
      write(format, gathered, writer);
      writer.finish(provenance(format, gathered, summary, untimed));
      return summary;
    }
  }

  private ImportFormat.Reading reading(Gathered gathered, Rejections rejections) {
    return new ImportFormat.Reading() {
      @Override
      public Lines lines(Charset charset) {
        return new Lines(charset, rejections, progress);
      }

      @Override
      public Gathered gathered() {
        return gathered;
      }
    };
  }

  private void write(ImportFormat format, Gathered gathered, DataFolderWriter writer)
      throws IOException {
    InteractionTable table = gathered.interactions();
    int[] rows = table.inOrderOfTime();
    Instant begin = Instant.ofEpochMilli(table.time(rows[0]));
    boolean prefix = gathered.itemIdsClash();
    writer.domains(gathered.domains(), gathered.types());
    for (ItemKey item : gathered.items()) {
      ItemId id = Records.itemId(item, prefix);
      writer.item(Records.item(id, item.domain(), gathered.descriptionOf(item), begin));
    }
    for (String user : gathered.users()) {
      writer.user(Records.user(user, gathered.attributesOf(user), begin));
    }
    try (Progress.Task task = progress.begin("events.jsonl", rows.length)) {
      for (int i = 0; i < rows.length; i++) {
        writer.event(event(format.name() + "-" + i, rows[i], gathered, prefix));
        if ((i & 4095) == 0) {
          task.at(i);
        }
      }
    }
  }

  private static Event event(String id, int row, Gathered gathered, boolean prefix) {
    InteractionTable table = gathered.interactions();
    ItemKey item = gathered.items().get(table.item(row));
    return Records.event(
        id,
        gathered.users().get(table.user(row)),
        Records.itemId(item, prefix),
        item.domain(),
        gathered.type(table.type(row)),
        table.value(row),
        Instant.ofEpochMilli(table.time(row)));
  }

  private Map<String, Object> provenance(
      ImportFormat format, Gathered gathered, Summary summary, int untimed) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("format", format.name());
    m.put("items", summary.items());
    m.put("users", summary.users());
    m.put("events", summary.events());
    m.put("rejected_lines", summary.rejected());
    m.put(
        "item_ids",
        gathered.itemIdsClash() ? "domain:id, as two domains share ids" : "as in the data");
    m.put("times", order.provenance(untimed));
    return m;
  }
}
