package dev.thaw.flinkjobs.entry;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.ends.TopicPartitions;
import dev.thaw.flinkjobs.training.TrainingSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command line of a job. Ends with 0 when the job has ended well (a streaming one that was
 * detached: when it was accepted), 1 if it failed, 2 if command line or configuration can't be
 * understood; the reason is on standard error.
 */
final class JobCommand {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private static final Map<String, String> EXIT_CODES =
      new TreeMap<>(
          Map.of(
              "0", "all went well",
              "1", "it failed, the reason is on standard error",
              "2", "command line or configuration can't be understood"));

  private JobCommand() {}

  /** Runs a streaming job. */
  static int run(Job job, String[] arguments) {
    return execute(job.name(), new Streaming(job), arguments);
  }

  /** Runs a streaming job that may compute some of its views. */
  static int runViews(String name, Function<ViewChoice, Job> job, String[] arguments) {
    return execute(name, new OfViews(job), arguments);
  }

  /** Runs a job of a training run. */
  static int run(
      String name, BiFunction<TrainingSettings, TrainingInputs, Job> job, String[] arguments) {
    return execute(name, new Training(job), arguments);
  }

  /** Leaves quietly where all went well: {@code flink run} has work left to do. */
  static void exit(int code) {
    if (code != 0) {
      System.exit(code);
    }
  }

  static int execute(String name, Callable<Integer> command, String[] arguments) {
    CommandLine line = new CommandLine(command);
    line.setCommandName(name);
    line.setExecutionExceptionHandler((failure, on, parsed) -> failed(name, failure, on.getErr()));
    line.getCommandSpec().exitCodeOnInvalidInput(USAGE).exitCodeOnExecutionException(FAILED);
    line.getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(EXIT_CODES);
    return line.execute(arguments);
  }

  private static int failed(String name, Exception failure, PrintWriter err) {
    if (failure instanceof IllegalArgumentException) {
      err.println(name + ": " + failure.getMessage());
      return USAGE;
    }
    failure.printStackTrace(err);
    return FAILED;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Runs this job of Thaw until it is stopped: on Flink's cluster or locally.")
  private static final class Streaming implements Callable<Integer> {
    private final Job job;
    @Mixin private ConfigOption config = new ConfigOption();

    Streaming(Job job) {
      this.job = job;
    }

    @Override
    public Integer call() throws Exception {
      return start(job, config);
    }

    static int start(Job job, ConfigOption config) throws Exception {
      ThawConfig thaw = config.withBroker();
      TopicPartitions.require(thaw);
      job.build(thaw).execute(job.name());
      return 0;
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Runs this job of Thaw until it is stopped: on Flink's cluster or locally.")
  private static final class OfViews implements Callable<Integer> {
    private final Function<ViewChoice, Job> job;
    @Mixin private ConfigOption config = new ConfigOption();

    @Option(
        names = "--views",
        paramLabel = "VIEW",
        split = ",",
        description = {
          "compute only these, in a job of their own named JOB.VIEW: started without a savepoint it",
          "fills them from the first event in the topic, while JOB goes on --without them"
        })
    private List<String> only = List.of();

    @Option(
        names = "--without",
        paramLabel = "VIEW",
        split = ",",
        description = "compute all views but these")
    private List<String> without = List.of();

    OfViews(Function<ViewChoice, Job> job) {
      this.job = job;
    }

    @Override
    public Integer call() throws Exception {
      return Streaming.start(job.apply(new ViewChoice(only, without)), config);
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Runs this training job of Thaw, which ends by itself: on Flink's cluster or locally.",
        "The jobs of a run share its name; publish-set makes their models one set."
      })
  private static final class Training implements Callable<Integer> {
    private final BiFunction<TrainingSettings, TrainingInputs, Job> job;
    @Mixin private ConfigOption config = new ConfigOption();

    @Option(
        names = "--run",
        required = true,
        description = "name of the training run, such as 2026-05-04T12-00-00Z")
    private String run = "";

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "read the files of this data folder in place of the topics")
    private @Nullable Path data;

    @Option(
        names = "--seed",
        defaultValue = "1",
        description = "of everything random (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
        names = "--revision",
        defaultValue = "unknown",
        description = "of the code, for the provenance of the models")
    private String revision = "";

    Training(BiFunction<TrainingSettings, TrainingInputs, Job> job) {
      this.job = job;
    }

    @Override
    public Integer call() throws Exception {
      ThawConfig thaw = data == null ? config.withBroker() : config.load();
      TrainingInputs inputs =
          data == null
              ? new TrainingInputs.OfTopics()
              : new TrainingInputs.OfFolder(data, InstantSource.system().instant());
      Job training = job.apply(TrainingSettings.of(thaw, run, seed, revision), inputs);
      if (!thaw.kafka().isEmbedded()) {
        new LaterErasures(thaw, run).begin();
      }
      training.build(thaw).execute(training.name());
      return 0;
    }
  }
}
