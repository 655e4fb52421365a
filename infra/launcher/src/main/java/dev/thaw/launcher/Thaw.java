package dev.thaw.launcher;

import dev.thaw.flinkjobs.entry.PublishSetMain;
import dev.thaw.launcher.commands.BenchCommand;
import dev.thaw.launcher.commands.ChaosCommand;
import dev.thaw.launcher.commands.CompareCommand;
import dev.thaw.launcher.commands.DeadLettersCommand;
import dev.thaw.launcher.commands.DemoCommand;
import dev.thaw.launcher.commands.EvaluateCommand;
import dev.thaw.launcher.commands.ExitCodes;
import dev.thaw.launcher.commands.ExperimentCommand;
import dev.thaw.launcher.commands.FeatureServerCommand;
import dev.thaw.launcher.commands.ImportCommand;
import dev.thaw.launcher.commands.IndexCommand;
import dev.thaw.launcher.commands.LoadCommand;
import dev.thaw.launcher.commands.OffPolicyCommand;
import dev.thaw.launcher.commands.ReplayCommand;
import dev.thaw.launcher.commands.RunCommand;
import dev.thaw.launcher.commands.ServeCommand;
import dev.thaw.launcher.commands.SimulateCommand;
import dev.thaw.launcher.commands.TickCommand;
import dev.thaw.launcher.commands.TopicsCommand;
import dev.thaw.launcher.commands.TrainCommand;
import dev.thaw.launcher.commands.UntilStopped;
import dev.thaw.launcher.commands.WorldCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code thaw} command. */
@Command(
    name = "thaw",
    mixinStandardHelpOptions = true,
    version = "thaw 0.1.0",
    description = "Recommendations for users, items and catalogues that have no history yet.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ImportCommand.class,
      TrainCommand.class,
      PublishSetMain.class,
      EvaluateCommand.class,
      CompareCommand.class,
      SimulateCommand.class,
      OffPolicyCommand.class,
      ReplayCommand.class,
      ExperimentCommand.class,
      ServeCommand.class,
      FeatureServerCommand.class,
      TickCommand.class,
      TopicsCommand.class,
      LoadCommand.class,
      WorldCommand.class,
      IndexCommand.class,
      ChaosCommand.class,
      DeadLettersCommand.class,
      BenchCommand.class
    })
public final class Thaw {

  public static void main(String[] args) {
    int code = commandLine().execute(args);
    if (!UntilStopped.isStopping()) {
      System.exit(code);
    }
  }

  static CommandLine commandLine() {
    return ExitCodes.on(new CommandLine(new Thaw()));
  }
}
