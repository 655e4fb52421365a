package dev.thaw.launcher.commands;

import picocli.CommandLine.Command;

/** {@code thaw index}. */
@Command(
    name = "index",
    mixinStandardHelpOptions = true,
    description = "What there is to do about the vector index.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = VerifyIndexCommand.class)
public final class IndexCommand {}
