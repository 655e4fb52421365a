package dev.thaw.serving;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.serving.catalogue.CatalogueFeed;
import dev.thaw.serving.catalogue.KafkaCatalogueFeed;
import dev.thaw.serving.eventlog.EventLog;
import dev.thaw.serving.eventlog.JournaledEventLog;
import dev.thaw.serving.eventlog.KafkaSender;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The server as a process of its own, beside stores, broker and jobs that run elsewhere. */
@Command(
    name = "thaw-serving",
    mixinStandardHelpOptions = true,
    description = "Serves recommendations over HTTP and gRPC until it is stopped.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped in good order", "1:could not start", "2:wrong arguments"})
public final class ServingMain implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "thaw.yaml with the addresses of Kafka, store, index and artefacts.")
  private Path config = Path.of("thaw.yaml");

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ServingMain())
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              Failures.tell("thaw-serving", failure, line.getErr());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    ThawConfig thaw = ThawConfig.load(config, System.getenv());
    Opened parts = Opened.of(thaw);
    ThawServer server = ThawServer.start(parts.forServer(thaw));
    System.out.println("listening on " + server.uri());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  parts.close();
                  stopped.countDown();
                },
                "stop"));
    stopped.await();
    return 0;
  }

  /** What a process of its own opens and closes around the server. */
  private record Opened(
      DomainDefinitions domains,
      FeatureDefinitions features,
      OnlineStore store,
      RecentItems recents,
      VectorIndexes indexes,
      EventLog log,
      CatalogueFeed feed)
      implements AutoCloseable {

    static Opened of(ThawConfig config) {
      DomainDefinitions domains = config.domains();
      FeatureDefinitions features = config.features();
      return new Opened(
          domains,
          features,
          OnlineStores.open(config.store(), features.views()),
          OnlineStores.openRecentItems(config.store()),
          VectorIndexFactory.open(config.index()),
          JournaledEventLog.over(
              KafkaSender.connect(
                  config.kafka(), Duration.ofSeconds(3), WireLimits.DEFAULT.maxMessageBytes()),
              JournaledEventLog.Settings.in(config.home().resolve("journal"))),
          new KafkaCatalogueFeed(
              config.kafka(),
              config.kafka().topics().items(),
              WireFormats.items(domains, WireLimits.DEFAULT),
              Clock.systemUTC()));
    }

    ServerParts forServer(ThawConfig config) {
      return ServerParts.of(
          config,
          domains,
          features,
          store,
          recents,
          indexes,
          ThawServer.artefacts(config.artefacts(), Duration.ofSeconds(1)),
          log,
          feed,
          Clock.systemUTC());
    }

    @Override
    public void close() {
      feed.close();
      log.close();
      indexes.close();
      recents.close();
      store.close();
    }
  }
}
