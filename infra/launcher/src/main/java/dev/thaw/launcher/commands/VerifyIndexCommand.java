package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.verifyindex.IndexReport;
import dev.thaw.flinkjobs.verifyindex.VerifyIndex;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.embedded.IndexVerification;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw index verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the catalogue on the configured broker, the rows of its items and the indexes that",
      "serve, and says what differs. Ends with 0 if all are equal, or are so after --repair, and",
      "with 1 if something differs or the comparison failed, which standard error then says.",
      "An index of type lucene takes one process: stop thaw run before."
    })
public final class VerifyIndexCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--config", required = true, description = "thaw.yaml with the addresses")
  Path config = Path.of("");

  @Option(
      names = "--repair",
      description = {
        "writes what the rows say, deletes what the catalogue does not know;",
        "best while encode-items has nothing to do"
      })
  boolean repair;

  @Option(names = "--domain", description = "only items of this domain")
  @Nullable String domain;

  @Option(
      names = "--examples",
      defaultValue = "5",
      description = "ids said for each kind of difference (default: ${DEFAULT-VALUE})")
  int examples = 5;

  @Override
  public Integer call() throws InterruptedException {
    ThawConfig thaw = ThawConfig.load(config, System.getenv());
    @Nullable DomainId only = domain == null ? null : known(thaw, DomainId.of(domain));
    List<IndexReport> reports =
        IndexVerification.run(
            thaw,
            new VerifyIndex.Asked(only, repair, examples),
            InstantSource.system(),
            Progress.onStandardError());
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    reports.stream().flatMap(report -> report.lines().stream()).forEach(out::println);
    out.flush();
    return reports.stream().allMatch(IndexReport::isEqual) ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private static DomainId known(ThawConfig thaw, DomainId asked) {
    List<DomainId> domains =
        thaw.domains().all().stream().map(definition -> definition.name()).toList();
    if (!domains.contains(asked)) {
      throw new IllegalArgumentException(
          "--domain must be one of " + domains + ", was \"" + asked + '"');
    }
    return asked;
  }
}
