package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.launcher.chaos.EventStream.Sent;
import dev.thaw.launcher.chaos.ShownAnswers.Shown;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.embedded.ConsumerGroups;
import dev.thaw.launcher.embedded.Installation;
import dev.thaw.launcher.kafka.TopicRecords;
import dev.thaw.launcher.world.World;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Compares what a stack holds in the end with what was sent, and with an uninterrupted run. */
final class Verdicts {
  /** Timers follow the last tick by themselves, after it was committed. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final String EVERYONE = "*";
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private final ThawConfig config;
  private final Path home;
  private final Entities entities;
  private final Progress progress;
  private final Topics topics;

  /**
   * @param config of the stack
   * @param home where the uninterrupted run is to lie
   */
  Verdicts(ThawConfig config, Path home, Entities entities, Progress progress) {
    this.config = config;
    this.home = home;
    this.entities = entities;
    this.progress = progress;
    this.topics = config.kafka().topics();
  }

  /**
   * All users, items and domains that there are; nothing was trained, so one segment.
   *
   * @param sent items and users that came later
   */
  static Entities entities(ThawConfig config, World world, Sent sent) {
    Set<ItemId> items = new LinkedHashSet<>(sent.items().keySet());
    Stream<UserId> users =
        Stream.concat(
            world.users().stream().map(UserProfile::userId),
            sent.events().stream().map(Event::userId));
    world.items().forEach(item -> items.add(item.itemId()));
    return new Entities(
        config.features(),
        Map.of(
            Entities.USER,
            users.map(UserId::value).distinct().toList(),
            "item",
            items.stream().map(ItemId::value).toList(),
            "domain",
            config.domains().all().stream()
                .map(DomainDefinition::name)
                .map(Object::toString)
                .toList(),
            "segment",
            List.of(EVERYONE)));
  }

  /**
   * @param answered what servers say they have shown
   * @param calm when the jobs had read all but the last tick
   */
  List<Guarantee> of(Sent sent, List<Shown> answered, List<Round> rounds, Instant calm)
      throws IOException {
    var domains = config.domains();
    var impressions = records(topics.impressions());
    Set<RequestId> requests = SentTruth.requests(impressions, domains);
    Map<SentTruth.Count, Long> truth = SentTruth.ofEvents(sent.events(), sent.forgotten());
    truth.putAll(SentTruth.ofImpressions(impressions, domains));
    ThawConfig reference = reference();
    try (OnlineStore store = store(config)) {
      Guarantee inTopic = SentTruth.inTopic(sent.events(), records(topics.events()), domains);
      Guarantee shown = SentTruth.shownInTopic(sent.shown(), requests);
      Guarantee answers = ShownAnswers.inTopic(answered, rounds, requests);
      Guarantee counts = settled(() -> SentTruth.inStore(truth, store));
      Guarantee rows = beside(store, reference, calm);
      List<Guarantee> all = new ArrayList<>(List.of(inTopic, shown, answers, counts, rows));
      all.add(settled(() -> SentTruth.erased(sent.left(), entities, store)));
      all.addAll(index(reference, sent));
      all.add(letters(sent));
      return all;
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return TopicRecords.of(config.kafka(), Set.of(topic));
  }

  /** With more patience than the default of a second: a slow answer is no difference. */
  private static OnlineStore store(ThawConfig config) {
    return OnlineStores.open(config.store(), config.features().views(), ANSWER_WITHIN);
  }

  /** The same jobs with the same settings, on embedded parts. */
  private ThawConfig reference() {
    ThawConfig embedded = ThawConfig.embedded(home.resolve("uninterrupted"));
    KafkaConfig kafka = config.kafka();
    ThawConfig reference =
        embedded
            .withKafka(
                new KafkaConfig(KafkaConfig.EMBEDDED, kafka.topicPrefix(), kafka.partitions()))
            .withJobs(config.jobs());
    Path domains = config.domainsFile();
    return domains == null ? reference : reference.withDomainsFile(domains);
  }

  private Guarantee beside(OnlineStore store, ThawConfig reference, Instant calm)
      throws IOException {
    try (Installation uninterrupted = new Installation(reference, progress);
        OnlineStore wanted = store(reference)) {
      uninterrupted.replay(config.kafka(), calm);
      return settled(() -> new RowComparison(store, wanted, entities).run());
    }
  }

  private List<Guarantee> index(ThawConfig reference, Sent sent) {
    try (VectorIndexes indexes = VectorIndexFactory.open(config.index());
        VectorIndexes wanted = VectorIndexFactory.open(reference.index())) {
      return List.of(
          settled(() -> IndexComparison.run(indexes, wanted)),
          settled(() -> IndexComparison.asSent(indexes, sent.items())));
    }
  }

  private Guarantee letters(Sent sent) {
    long readers =
        ConsumerGroups.ofStreamingJobs(config).values().stream()
            .filter(topics.events()::equals)
            .count();
    return settled(() -> LetterCheck.run(sent.poison(), records(topics.deadLetters()), readers));
  }

  private static Guarantee settled(Supplier<Guarantee> check) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    Guarantee last = check.get();
    while (!last.held() && System.nanoTime() < until) {
      LockSupport.parkNanos(BETWEEN.toNanos());
      last = check.get();
    }
    return last;
  }
}
