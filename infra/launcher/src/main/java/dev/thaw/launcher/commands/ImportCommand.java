package dev.thaw.launcher.commands;

import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.imports.ColumnMapping;
import dev.thaw.launcher.imports.Import;
import dev.thaw.launcher.imports.Order;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thaw import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a data set as a data folder that thaw run reads.",
      "Lines that can't be used go to rejected.jsonl there, with the reason."
    })
public final class ImportCommand implements Callable<Integer> {
  private static final String COLUMNS = "columns";

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description = "one of ${COMPLETION-CANDIDATES}")
  String format = "";

  @Option(names = "--from", required = true, description = "folder with the data set's files")
  Path from = Path.of("");

  @Option(names = "--to", required = true, description = "data folder to write")
  Path to = Path.of("");

  @Option(names = "--overwrite", description = "replace the data folder that is there")
  boolean overwrite;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the order that data without times gets (default: ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--end",
      defaultValue = "2021-01-01T00:00:00Z",
      description = "end of that order (default: ${DEFAULT-VALUE})")
  Instant end = Instant.EPOCH;

  @Option(
      names = "--span",
      defaultValue = "P366D",
      description = "length of that order (default: ${DEFAULT-VALUE})")
  Duration span = Duration.ofDays(366);

  @ArgGroup(exclusive = false, heading = "%nFor columns (CSV, TSV or JSON Lines tables):%n")
  @Nullable Mapping mapping;

  /** Options that say which columns mean what. */
  static final class Mapping {
    @Option(names = "--events", required = true, description = "file of events")
    String events = "";

    @Option(
        names = "--event-columns",
        required = true,
        split = ",",
        paramLabel = "MEANING=COLUMN",
        description = "for user, item, value, time, type, domain")
    Map<String, String> eventColumns = Map.of();

    @Option(names = "--items", description = "file of items")
    @Nullable String items;

    @Option(
        names = "--item-columns",
        split = ",",
        paramLabel = "MEANING=COLUMN",
        description = "for id, title, description, categories, domain, image, attribute.NAME")
    Map<String, String> itemColumns = Map.of();

    @Option(names = "--users", description = "file of users")
    @Nullable String users;

    @Option(
        names = "--user-columns",
        split = ",",
        paramLabel = "MEANING=COLUMN",
        description = "for id, attribute.NAME")
    Map<String, String> userColumns = Map.of();

    @Option(names = "--no-header", description = "columns go by number, the first is 1")
    boolean noHeader;

    @Option(
        names = "--domain",
        defaultValue = "items",
        description = "where there is no such column (default: ${DEFAULT-VALUE})")
    String domain = "items";

    @Option(
        names = "--type",
        defaultValue = "rating",
        description = "where there is no such column (default: ${DEFAULT-VALUE})")
    String type = "rating";

    @Option(names = "--min-rating", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
    double minRating;

    @Option(names = "--max-rating", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
    double maxRating;

    @Option(names = "--positive", defaultValue = "4", description = "default: ${DEFAULT-VALUE}")
    double positive;

    @Option(
        names = "--time-unit",
        defaultValue = "seconds",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    ColumnMapping.TimeUnitOfColumn timeUnit = ColumnMapping.TimeUnitOfColumn.SECONDS;

    ColumnMapping toMapping() {
      return new ColumnMapping(
          events,
          items,
          users,
          eventColumns,
          itemColumns,
          userColumns,
          !noHeader,
          domain,
          type,
          minRating,
          maxRating,
          positive,
          timeUnit);
    }
  }

  /** Names of all formats. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return java.util.stream.Stream.concat(
              Import.formats().stream(), java.util.stream.Stream.of(COLUMNS))
          .iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    Import imports =
        new Import(new Order(seed, end, span), InstantSource.system(), Progress.onStandardError());
    Import.Summary summary = read(imports);
    PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    out.printf(
        "%s: %,d items, %,d users, %,d events%n",
        to, summary.items(), summary.users(), summary.events());
    if (summary.rejected() > 0) {
      out.printf(
          "%,d lines could not be used, see %s%n",
          summary.rejected(), new DataFolder(to).rejected());
      return ExitCodes.PARTLY;
    }
    return ExitCodes.OK;
  }

  private Import.Summary read(Import imports) throws IOException {
    if (!format.equals(COLUMNS)) {
      return imports.read(format, from, to, overwrite);
    }
    if (mapping == null) {
      throw new IllegalArgumentException(
          "import columns needs at least --events and --event-columns");
    }
    return imports.read(mapping.toMapping(), from, to, overwrite);
  }
}
