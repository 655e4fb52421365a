package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A steady stream with known truth, until closed: events in batches through the API, some batches
 * twice as by a client that lost the answer; new and withdrawn items; changed profiles, and users
 * who come and are erased; impressions straight to Kafka and clicks on what they showed; now and
 * then a record that no job can use.
 */
final class EventStream implements AutoCloseable {
  private static final Duration APART = Duration.ofMillis(200);
  private static final int BATCH = 8;

  /** In batches: how often one comes twice, an answer is shown, a poisoned record is sent. */
  private static final int TWICE_EVERY = 10;

  private static final int SHOWN_EVERY = 4;
  private static final int POISONED_EVERY = 15;
  private static final int ITEMS_EVERY = 10;
  private static final int USERS_EVERY = 9;

  /** In erasures. */
  private static final int COMES_BACK_EVERY = 3;

  /** Batches between an impression and the click on it. */
  private static final int CLICKS_WAIT = 2;

  private final KnownEvents known;
  private final KnownItems items;
  private final KnownUsers users;
  private final Posting posting;
  private final Poison poison;
  private final Producer<byte[], byte[]> producer;
  private final String impressions;
  private final WireFormat<Event> events;
  private final WireFormat<Impression> shown;
  private final WireFormat<CatalogueItem> catalogue;
  private final WireFormat<UserProfile> profiles;
  private final List<Event> acknowledged = new ArrayList<>();
  private final Set<EventId> forgotten = new HashSet<>();
  private List<Event> toErase = List.of();
  private int erased;
  private final Deque<Impression> toClick = new ArrayDeque<>();
  private final Map<RequestId, Future<RecordMetadata>> shownAt = new LinkedHashMap<>();
  private final Thread thread = new Thread(this::send, "events");

  /** Held while something is sent. Fair, so that who wants a pause gets it. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;

  EventStream(
      KnownEvents known,
      KnownItems items,
      KnownUsers users,
      Posting posting,
      Producer<byte[], byte[]> producer,
      Topics topics,
      DomainDefinitions domains) {
    this.known = known;
    this.items = items;
    this.users = users;
    this.posting = posting;
    this.producer = producer;
    this.poison = new Poison(producer, topics.events());
    this.impressions = topics.impressions();
    this.events = WireFormats.events(domains, WireLimits.DEFAULT);
    this.shown = WireFormats.impressions(domains, WireLimits.DEFAULT);
    this.catalogue = WireFormats.items(domains, WireLimits.DEFAULT);
    this.profiles = WireFormats.profiles(domains, WireLimits.DEFAULT);
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void send() {
    try {
      for (int number = 0; !closed; number++) {
        turn.lock();
        try {
          send(number);
        } finally {
          turn.unlock();
        }
        LockSupport.parkNanos(APART.toNanos());
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void send(int number) {
    if (number % SHOWN_EVERY == 0) {
      show();
    }
    if (number % POISONED_EVERY == 0) {
      poison.send();
    }
    if (number % ITEMS_EVERY == 0) {
      postItems(items.next());
    }
    if (number % USERS_EVERY == 0) {
      postProfile(users.change());
      leave();
      come();
    }
    post(batch(), number % TWICE_EVERY == 0);
  }

  /** Until it is closed, by the same thread, nothing is sent. */
  interface Pause extends AutoCloseable {
    @Override
    void close();
  }

  /** A click after a long one would come when its impression has settled, so there is none. */
  Pause pause() {
    turn.lock();
    toClick.clear();
    return turn::unlock;
  }

  /**
   * Events acknowledged so far.
   *
   * @throws IllegalStateException if the stream ended before it was told to
   */
  int posted() {
    requireWhole();
    turn.lock();
    try {
      return acknowledged.size();
    } finally {
      turn.unlock();
    }
  }

  private List<Event> batch() {
    List<Event> batch = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      batch.add(known.event());
    }
    while (toClick.size() > CLICKS_WAIT) {
      batch.add(known.click(toClick.remove()));
    }
    return batch;
  }

  private void post(List<Event> batch, boolean twice) {
    List<byte[]> records = batch.stream().map(events::write).toList();
    posting.all("/v1/events", records);
    acknowledged.addAll(batch);
    if (twice) {
      posting.all("/v1/events", records);
    }
  }

  private void postProfile(UserProfile profile) {
    posting.all("/v1/users", List.of(profiles.write(profile)));
  }

  /** One comes, and has time to get rows before being erased. */
  private void come() {
    UserProfile leaver = users.leaver();
    postProfile(leaver);
    toErase = batchOf(leaver.userId());
    post(toErase, false);
  }

  /** Who came last is erased, and all their events are sent once more; some then come back. */
  private void leave() {
    List<Event> before = toErase;
    if (before.isEmpty()) {
      return;
    }
    UserId user = before.get(0).userId();
    posting.erase(user);
    before.forEach(event -> forgotten.add(event.eventId()));
    posting.all("/v1/events", before.stream().map(events::write).toList());
    if (erased++ % COMES_BACK_EVERY == 0) {
      post(batchOf(user), false);
    } else {
      users.leftForGood(user);
    }
  }

  private List<Event> batchOf(UserId user) {
    return Stream.generate(() -> known.event(user)).limit(BATCH).toList();
  }

  private void postItems(List<CatalogueItem> changed) {
    if (!changed.isEmpty()) {
      posting.all("/v1/items", changed.stream().map(catalogue::write).toList());
    }
  }

  private void show() {
    Impression each = known.impression();
    byte[] key = each.requestId().value().getBytes(StandardCharsets.UTF_8);
    shownAt.put(
        each.requestId(), producer.send(new ProducerRecord<>(impressions, key, shown.write(each))));
    toClick.add(each);
  }

  /**
   * What was sent, once it is closed.
   *
   * @param shown impressions that Kafka acknowledged
   * @param items new and changed ones, as they were sent
   * @param profiles that were changed, as they were sent last
   * @param forgotten events that an erasure of their user came after
   * @param left users who were erased for good
   */
  record Sent(
      List<Event> events,
      Set<RequestId> shown,
      Map<ItemId, CatalogueItem> items,
      Map<UserId, UserProfile> profiles,
      Set<EventId> forgotten,
      List<UserId> left,
      List<Poison.Sent> poison) {}

  /**
   * @throws IllegalStateException if the stream ended before it was told to
   */
  Sent sent() {
    requireWhole();
    return new Sent(
        List.copyOf(acknowledged),
        acknowledgedShown(),
        items.sent(),
        users.changed(),
        Set.copyOf(forgotten),
        users.left(),
        poison.sent());
  }

  private void requireWhole() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new IllegalStateException("the stream of events broke off", failed);
    }
  }

  private Set<RequestId> acknowledgedShown() {
    Set<RequestId> requests = new LinkedHashSet<>();
    shownAt.forEach(
        (request, at) -> {
          try {
            at.get();
            requests.add(request);
          } catch (ExecutionException e) {
            throw new IllegalStateException("impression " + request + " was not taken", e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for impressions", e);
          }
        });
    return requests;
  }

  /** When this returns, everything that was begun is acknowledged. */
  @Override
  public void close() {
    closed = true;
    Threads.join(List.of(thread));
  }
}
