package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.embedded.Installation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code thaw train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains every model on what the topics of the configured broker hold,",
      "and lets the new artefact set serve when it is whole.",
      "An index of type lucene takes one process: beside thaw run or serve use milvus."
    })
public final class TrainCommand implements Callable<Integer> {
  @Option(names = "--config", required = true, description = "thaw.yaml with the addresses")
  Path config = Path.of("");

  @Override
  public Integer call() {
    ThawConfig thaw = ThawConfig.load(config, System.getenv());
    Installation.trainAlone(thaw, InstantSource.system(), Progress.onStandardError());
    return ExitCodes.OK;
  }
}
