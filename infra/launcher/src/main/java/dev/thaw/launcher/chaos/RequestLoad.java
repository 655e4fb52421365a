package dev.thaw.launcher.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.launcher.chaos.Replicas.Answered;
import dev.thaw.launcher.chaos.ShownAnswers.Shown;
import dev.thaw.models.routing.Method;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for recommendations at a steady rate, of every server in turn, until it is closed. */
final class RequestLoad implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLoad.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration APART = Duration.ofMillis(50);
  private static final int THREADS = 2;
  private static final String IMPRESSIONS_LOST = "event-log:full";

  /** With time enough that no part is called late only because the machine has much to do. */
  private static final String BODY =
      "{\"user_id\":\"%s\",\"domain\":\"%s\",\"k\":10,\"deadline_ms\":2000}";

  /** Methods that need what training made. */
  private static final Set<String> TRAINED =
      Set.of(Method.ITEM_TO_ITEM.label(), Method.FACTORS.label(), Method.CROSS_DOMAIN.label());

  private final Replicas replicas;
  private final List<UserId> users;
  private final List<DomainId> domains;
  private final Counts.Sum sum = new Counts.Sum();
  private final Queue<Shown> shown = new ConcurrentLinkedQueue<>();
  private final LongAdder byModels = new LongAdder();
  private final AtomicLongArray wholeInARow;
  private final List<Thread> threads = new ArrayList<>();
  private final InstantSource clock;
  private volatile boolean closed;

  RequestLoad(Replicas replicas, List<UserId> users, List<DomainId> domains, InstantSource clock) {
    this.replicas = replicas;
    this.clock = clock;
    this.users = List.copyOf(users);
    this.domains = List.copyOf(domains);
    this.wholeInARow = new AtomicLongArray(replicas.number());
  }

  void start(SplittableRandom random) {
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom own = random.split();
      Thread thread = new Thread(() -> ask(own), "requests-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void ask(SplittableRandom random) {
    int first = random.nextInt(replicas.number());
    while (!closed) {
      String user = users.get(random.nextInt(users.size())).value();
      String domain = domains.get(random.nextInt(domains.size())).value();
      first = (first + 1) % replicas.number();
      request(first, BODY.formatted(user, domain));
      LockSupport.parkNanos(APART.toNanos());
    }
  }

  private void request(int first, String body) {
    long begun = System.nanoTime();
    Optional<Answered> answered =
        replicas.post(first, "/v1/recommendations", "application/json", body, PATIENCE);
    sum.took(System.nanoTime() - begun);
    if (answered.isEmpty()) {
      sum.failed();
      LOG.warn("no server answered {}", body);
      return;
    }
    try {
      take(answered.get());
    } catch (IOException | RuntimeException e) {
      sum.failed();
      LOG.warn("{} was answered with {}", body, answered.get());
    }
  }

  private void take(Answered answered) throws IOException {
    HttpCalls.Answer answer = answered.answer();
    if (!answer.isOk()) {
      throw new IOException("answered " + answer.status());
    }
    JsonNode json = answer.json();
    List<String> degraded = new ArrayList<>();
    json.path("degraded").forEach(name -> degraded.add(name.asText()));
    sum.answered(answered.tries() > 1, json.path("items").size(), degraded);
    shown.add(
        new Shown(
            RequestId.of(json.path("request_id").asText()),
            answered.replica(),
            clock.instant(),
            degraded.contains(IMPRESSIONS_LOST)));
    if (TRAINED.contains(json.at("/route/method").asText())) {
      byModels.increment();
    }
    if (degraded.isEmpty()) {
      wholeInARow.incrementAndGet(answered.replica());
    } else {
      wholeInARow.set(answered.replica(), 0);
    }
  }

  /** All answers. */
  List<Shown> shown() {
    return List.copyOf(shown);
  }

  /** Answers by a trained model. */
  long byModels() {
    return byModels.sum();
  }

  /** Counts since the last time. */
  Counts cut() {
    return sum.cut();
  }

  /** What was answered until now says nothing of what {@link #isWhole} is asked next. */
  void forget() {
    for (int i = 0; i < wholeInARow.length(); i++) {
      wholeInARow.set(i, 0);
    }
  }

  /** Whether the last answers of every server, at least so many, did without nothing. */
  boolean isWhole(int answers) {
    for (int i = 0; i < wholeInARow.length(); i++) {
      if (wholeInARow.get(i) < answers) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    closed = true;
    Threads.join(threads);
  }
}
