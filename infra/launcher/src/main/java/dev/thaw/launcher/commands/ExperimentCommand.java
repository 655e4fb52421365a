package dev.thaw.launcher.commands;

import picocli.CommandLine.Command;

/** {@code thaw experiment}. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    description = {
      "Configurations that served different users, compared by Thaw's own log: those that an",
      "experiment of serving assigned users to, or versions that met different users otherwise."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ExperimentReportCommand.class, ExperimentCheckCommand.class})
public final class ExperimentCommand {}
