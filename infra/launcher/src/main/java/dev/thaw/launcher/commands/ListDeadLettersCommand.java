package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.launcher.deadletters.Letters;
import dev.thaw.launcher.embedded.Installation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw dead-letters list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the dead letters of the configured broker into a file, one a line, each record once,",
      "and prints how many there are by reason."
    })
public final class ListDeadLettersCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--config", required = true, description = "thaw.yaml with the broker")
  Path config = Path.of("");

  @Option(names = "--to", required = true, description = "the file to write; must not be there")
  Path to = Path.of("");

  @Override
  public Integer call() throws IOException {
    ThawConfig thaw = ThawConfig.load(config, System.getenv());
    Installation.requireBroker(thaw);
    Letters letters = Letters.of(thaw);
    WireFormat<DeadLetter> format = WireFormats.deadLetters();
    Map<String, Long> byReason = new TreeMap<>();
    try (BufferedWriter file = Files.newBufferedWriter(to, StandardOpenOption.CREATE_NEW)) {
      for (DeadLetter letter : letters.all()) {
        file.write(format.writeText(letter));
        file.newLine();
        byReason.merge(
            letter.rejection().field() + ": " + letter.rejection().reason(), 1L, Long::sum);
      }
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    byReason.forEach((reason, count) -> out.printf("%,8d  %s%n", count, reason));
    out.printf("%,8d  records in %s%n", letters.all().size(), to);
    if (letters.unreadable() > 0) {
      out.printf("%,8d  records of the topic are no dead letters%n", letters.unreadable());
    }
    return ExitCodes.OK;
  }
}
