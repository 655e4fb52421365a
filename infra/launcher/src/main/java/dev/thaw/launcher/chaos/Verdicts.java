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
import dev.thaw.flinkjobs.verifyindex.IndexReport;
import dev.thaw.flinkjobs.verifyindex.VerifyIndex;
import dev.thaw.launcher.chaos.EventStream.Sent;
import dev.thaw.launcher.chaos.ShownAnswers.Shown;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.embedded.ConsumerGroups;
import dev.thaw.launcher.embedded.IndexVerification;
import dev.thaw.launcher.embedded.Installation;
import dev.thaw.launcher.kafka.TopicRecords;
import dev.thaw.launcher.world.World;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.segments.Segment;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Compares what a stack holds in the end with what was sent, and with an uninterrupted run. */
final class Verdicts {
  /** Timers follow the last tick by themselves, after it was committed. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int EXAMPLES = 3;

  private static final Duration BETWEEN = Duration.ofSeconds(1);
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
   * All users, items, domains and segments that there are.
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
            segments(config)));
  }

  private static List<String> segments(ThawConfig config) {
    Set<String> names = new LinkedHashSet<>(Set.of(Segment.WHOLE_DOMAIN));
    ArtefactStore artefacts = ArtefactStore.open(config.artefacts());
    artefacts
        .current()
        .map(artefacts::load)
        .ifPresent(
            set ->
                config.domains().all().stream()
                    .flatMap(domain -> set.segments(domain.name()).stream())
                    .flatMap(segments -> segments.model().segments().stream())
                    .forEach(segment -> names.add(segment.name())));
    return List.copyOf(names);
  }

  /**
   * @param answered what servers say they have shown
   * @param calms when the jobs had read all there was: before a training, and before the last tick
   */
  List<Guarantee> of(Sent sent, List<Shown> answered, List<Round> rounds, List<Instant> calms)
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
      Guarantee rows = beside(store, reference, calms);
      List<Guarantee> all = new ArrayList<>(List.of(inTopic, shown, answers, counts, rows));
      all.add(settled(() -> SentTruth.profiles(sent.profiles(), store)));
      all.add(settled(() -> SentTruth.erased(sent.left(), entities, store)));
      all.addAll(index(reference, sent));
      all.add(settled(this::verified));
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

  /** The same jobs with the same settings and models, on embedded parts. */
  private ThawConfig reference() {
    ThawConfig embedded = ThawConfig.embedded(home.resolve("uninterrupted"));
    KafkaConfig kafka = config.kafka();
    ThawConfig reference =
        embedded
            .withKafka(
                new KafkaConfig(KafkaConfig.EMBEDDED, kafka.topicPrefix(), kafka.partitions()))
            .withJobs(config.jobs())
            .withArtefacts(config.artefacts());
    Path domains = config.domainsFile();
    return domains == null ? reference : reference.withDomainsFile(domains);
  }

  private Guarantee beside(OnlineStore store, ThawConfig reference, List<Instant> calms)
      throws IOException {
    try (Installation uninterrupted = new Installation(reference, progress);
        OnlineStore wanted = store(reference)) {
      uninterrupted.replay(config.kafka(), calms);
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

  /** What {@code thaw index verify} finds, in every index of the set that serves. */
  private Guarantee verified() {
    VerifyIndex.Asked everything = new VerifyIndex.Asked(null, false, EXAMPLES);
    try {
      List<IndexReport> reports =
          IndexVerification.run(config, everything, InstantSource.system(), Progress.silent());
      return new Guarantee(
          "every index says what catalogue and rows say",
          reports.stream().map(each -> each.items() + " in " + each.index()).toList().toString(),
          reports.stream()
              .filter(each -> !each.isEqual())
              .flatMap(each -> each.lines().stream())
              .toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while indexes were verified", e);
    }
  }

  private Guarantee letters(Sent sent) {
    SortedSet<String> readers = ConsumerGroups.readers(config, topics.events());
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
