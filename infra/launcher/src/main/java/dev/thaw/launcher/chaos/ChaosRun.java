package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.entry.Job;
import dev.thaw.flinkjobs.entry.StreamingJobs;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.embedded.Closing;
import dev.thaw.launcher.embedded.Installation;
import dev.thaw.launcher.embedded.JobsElsewhere;
import dev.thaw.launcher.kafka.Ticker;
import dev.thaw.launcher.world.World;
import dev.thaw.launcher.world.WorldConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/**
 * Starts a stack, sends a stream with known truth through it and asks it for recommendations while
 * its servers are killed, then compares what it holds with an uninterrupted run.
 */
public final class ChaosRun {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Ends every reward window of the stream; a minute less than a tick may be ahead. */
  private static final Duration AHEAD = Duration.ofMinutes(4);

  /**
   * Short checkpoints leave less to do again; rewards are to settle before the end; so few items
   * would be scored without asking the index, whose absence is to be seen.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "THAW_CHECKPOINT_INTERVAL", "2s",
          "THAW_REWARD_WINDOW", "2m",
          "THAW_SCORED_WHOLE", "0");

  /** Over twenty of each of the busiest users in each domain. */
  private static final int TRAINED_ON = 2_000;

  private static final List<String> JOBS = StreamingJobs.all().stream().map(Job::name).toList();
  private static final int POSTED_AT_ONCE = 100;

  /** What has nothing to do any more when all is read leaves its processor to the other run. */
  private static final List<String> DONE =
      List.of("serving-1", "serving-2", "taskmanager-1", "taskmanager-2", "jobmanager");

  private final Asked asked;
  private final InstantSource clock;
  private final Progress progress;
  private final HttpCalls http = new HttpCalls();

  /**
   * @param scripts {@code infra/local}
   * @param home absent or empty
   * @param ports the first of fifty in a row
   * @param rounds how many servers are killed, one after the other
   * @param seed of the stream, the victims and the moments
   * @param trained whether models are trained, on the first events, before the first round
   */
  public record Asked(Path scripts, Path home, int ports, int rounds, long seed, boolean trained) {
    public Asked {
      if (rounds < 1) {
        throw new IllegalArgumentException("rounds must be at least 1, was " + rounds);
      }
      if (ports < 1024 || ports > 65_535 - 50) {
        throw new IllegalArgumentException("ports must be in [1024, 65485], was " + ports);
      }
    }
  }

  public ChaosRun(Asked asked, InstantSource clock, Progress progress) {
    this.asked = asked;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Takes minutes; the stack is down again when this returns or throws.
   *
   * @throws IllegalStateException if the stack does not start, or the stream breaks off
   */
  public ChaosReport run() throws IOException {
    try (LocalStack stack =
        new LocalStack(asked.scripts(), asked.home(), asked.ports(), SETTINGS)) {
      try (Progress.Task task = progress.begin("starting the stack and its jobs", 0)) {
        stack.up();
        stack.submit(JOBS);
      }
      ChaosReport report = run(stack);
      report.writeJson(asked.home().resolve("chaos.json"));
      return report;
    }
  }

  private ChaosReport run(LocalStack stack) throws IOException {
    ThawConfig config = stack.config();
    Topics topics = config.kafka().topics();
    try (Closing closing = new Closing()) {
      Producer<byte[], byte[]> producer = closing.add(Installation.producer(config.kafka()));
      Ticker ticker = closing.add(new Ticker(producer, topics));
      Admin admin = closing.add(Admin.create(config.kafka().client(Map.of())));
      JobsElsewhere jobs = new JobsElsewhere(config, admin, ticker, progress);
      Replicas replicas = new Replicas(http, stack.replicas());
      World world = world();
      load(world, config, replicas);
      jobs.awaitVectors();
      ticker.start(TICK, clock);
      List<UserId> users = world.users().stream().map(UserProfile::userId).toList();
      KnownEvents known = new KnownEvents(users, world.items(), asked.seed(), clock);
      EventStream stream =
          new EventStream(
              known,
              new KnownItems(world.items(), known::now),
              new KnownUsers(world.users(), known::now),
              new Posting(replicas),
              producer,
              topics,
              config.domains());
      RequestLoad load = new RequestLoad(replicas, users, domains(config), clock);
      List<Instant> calms = new ArrayList<>();
      Rounds.Done rounds;
      try (stream) {
        stream.start();
        if (asked.trained()) {
          calms.add(train(stack, replicas, stream, jobs));
        }
        rounds = rounds(stack, replicas, load);
      }
      ticker.close();
      calms.add(settle(replicas, ticker, jobs));
      List<Guarantee> guarantees = new ArrayList<>(ServedThrough.of(rounds, asked.rounds()));
      if (asked.trained()) {
        guarantees.add(ServedThrough.byModels(load.byModels()));
      }
      stack.stop(DONE);
      try (Progress.Task task = progress.begin("the uninterrupted run", 0)) {
        EventStream.Sent sent = stream.sent();
        Entities entities = Verdicts.entities(config, world, sent);
        guarantees.addAll(
            new Verdicts(config, asked.home(), entities, progress)
                .of(sent, load.shown(), rounds.rounds(), calms));
      }
      return new ChaosReport(asked.seed(), rounds.rounds(), guarantees);
    }
  }

  /**
   * While nothing is sent, so that it is certain which events come before what is learned.
   *
   * @return when the jobs had read all that was sent before
   */
  private Instant train(LocalStack stack, Replicas replicas, EventStream stream, JobsElsewhere jobs)
      throws IOException {
    try (Progress.Task task = progress.begin("events to train on", TRAINED_ON)) {
      for (int posted = 0; posted < TRAINED_ON; posted = stream.posted()) {
        task.at(posted);
        LockSupport.parkNanos(QUIET.toNanos());
      }
    }
    try (EventStream.Pause pause = stream.pause()) {
      awaitWritten(replicas);
      jobs.awaitAll("features before the training");
      Instant calm = clock.instant();
      try (Progress.Task task = progress.begin("training", 0)) {
        stack.train();
      }
      jobs.awaitAll("users under what was trained");
      return calm;
    }
  }

  private Rounds.Done rounds(LocalStack stack, Replicas replicas, RequestLoad load)
      throws IOException {
    FlinkJobs flink = new FlinkJobs(http, stack.flink(), JOBS);
    try (load;
        BreakerWatch breakers = new BreakerWatch(replicas)) {
      load.start(new SplittableRandom(asked.seed()));
      breakers.start();
      Rounds rounds = new Rounds(stack, flink, replicas, load, breakers, clock, progress);
      rounds.awaitWhole();
      progress.say(RoundTable.HEAD);
      return rounds.run(asked.rounds(), asked.seed());
    }
  }

  /** Small: what is shown does not depend on how much there is. */
  private World world() {
    Instant end = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return World.generate(
        new WorldConfig(asked.seed(), end, Duration.ofDays(1), 250, 10, 5, 60, 30, 10));
  }

  private static List<DomainId> domains(ThawConfig config) {
    return config.domains().all().stream().map(DomainDefinition::name).toList();
  }

  private void load(World world, ThawConfig config, Replicas replicas) {
    Posting posting = new Posting(replicas);
    var domains = config.domains();
    post(posting, "/v1/items", WireFormats.items(domains, WireLimits.DEFAULT), world.items());
    post(posting, "/v1/users", WireFormats.profiles(domains, WireLimits.DEFAULT), world.users());
  }

  private static <T> void post(Posting posting, String path, WireFormat<T> format, List<T> values) {
    for (int from = 0; from < values.size(); from += POSTED_AT_ONCE) {
      List<T> some = values.subList(from, Math.min(values.size(), from + POSTED_AT_ONCE));
      posting.all(path, some.stream().map(format::write).toList());
    }
  }

  /**
   * Until journals are empty, impressions are written, and the jobs have read all there is.
   *
   * @return when they had read all but the last tick
   */
  private Instant settle(Replicas replicas, Ticker ticker, JobsElsewhere jobs) {
    awaitWritten(replicas);
    jobs.awaitAll("features and statistics");
    Instant calm = clock.instant();
    var unused = ticker.tick(calm.plus(AHEAD));
    jobs.awaitAll("the last tick");
    jobs.awaitAll("flags of items");
    // timers follow the last tick by themselves, after it was committed
    LockSupport.parkNanos(QUIET.toNanos());
    return calm;
  }

  /** Until journals are empty and impressions are written. */
  private static void awaitWritten(Replicas replicas) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!replicas.areReady()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "the servers have not emptied their journals after " + PATIENCE.toSeconds() + " s");
      }
      LockSupport.parkNanos(QUIET.toNanos() / 10);
    }
    LockSupport.parkNanos(QUIET.toNanos());
  }
}
