package dev.thaw.launcher.commands;

import picocli.CommandLine.Command;

/** {@code thaw experiment}. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    description = {
      "Configurations that served different users, compared by Thaw's own log. Which user meets",
      "which configuration is decided outside of Thaw."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ExperimentReportCommand.class, ExperimentCheckCommand.class})
public final class ExperimentCommand {}
