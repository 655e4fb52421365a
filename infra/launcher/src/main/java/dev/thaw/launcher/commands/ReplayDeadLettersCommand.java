package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.JsonLines;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.launcher.deadletters.Replay;
import dev.thaw.launcher.embedded.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw dead-letters replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Puts the inputs of a file of thaw dead-letters list, mended, back into the topics they came",
      "from. Inputs that still can't be read are named with the reason and left out; events older",
      "than the lateness come back as dead letters. Items and profiles older than what the topic",
      "has of them are named and left out, too."
    })
public final class ReplayDeadLettersCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--config", required = true, description = "thaw.yaml with the broker")
  Path config = Path.of("");

  @Option(names = "--from", required = true, description = "the file")
  Path from = Path.of("");

  @Override
  public Integer call() throws IOException {
    ThawConfig thaw = ThawConfig.load(config, System.getenv());
    Installation.requireBroker(thaw);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Instant now = InstantSource.system().instant();
    long[] refused = new long[1];
    JsonLines.Counts lines;
    try (var producer = Installation.producer(thaw.kafka())) {
      Replay replay = new Replay(thaw, producer);
      lines =
          JsonLines.read(
              from,
              WireFormats.deadLetters(),
              Instant.MAX,
              letter -> {
                Optional<Rejection> rejection = replay.send(letter, now);
                rejection.ifPresent(
                    why -> {
                      refused[0]++;
                      out.println(place(letter) + why);
                    });
              },
              bad -> out.println(bad));
      producer.flush();
    }
    out.printf(
        "%,d records replayed, %,d left out%n",
        lines.accepted() - refused[0], refused[0] + lines.rejected());
    return refused[0] + lines.rejected() > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
  }

  private static String place(DeadLetter letter) {
    return letter.source() + ":" + letter.position() + ": ";
  }
}
