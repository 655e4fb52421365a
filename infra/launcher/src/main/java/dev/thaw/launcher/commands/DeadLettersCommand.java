package dev.thaw.launcher.commands;

import picocli.CommandLine.Command;

/** {@code thaw dead-letters}. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = {
      "What jobs could not use: list it into a file, mend the inputs there, and replay the file."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ListDeadLettersCommand.class, ReplayDeadLettersCommand.class})
public final class DeadLettersCommand {}
