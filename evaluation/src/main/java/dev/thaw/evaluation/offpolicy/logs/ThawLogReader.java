package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.evaluation.offpolicy.LoggedRound;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.JsonLines;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.models.statistics.ImpressionRewardFold;
import dev.thaw.models.statistics.ImpressionRewards;
import dev.thaw.models.statistics.SettledSlot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Joins impressions with their rewards by the rules of {@link ImpressionRewardFold}, the ones that
 * posteriors are learned by. The log ends at its newest record: what has no whole reward window
 * before that is left out, not taken for unrewarded. What can't be used goes to the dead letters:
 * lines that can't be read with file and line, records that can't be joined with themselves. Reads
 * one log; not thread-safe.
 */
public final class ThawLogReader {
  private static final String SOURCE = "off-policy";
  private static final String BANDIT = "bandit";

  private final DomainDefinition domain;
  private final WireFormat<Event> eventForm;
  private final WireFormat<Impression> impressionForm;
  private final ImpressionRewardFold fold;
  private final Instant now;
  private final Consumer<DeadLetter> bad;
  private final Map<RequestId, Request> requests = new LinkedHashMap<>();
  private final ImpressionRounds rounds = new ImpressionRounds();
  private final Set<RequestId> shown = new HashSet<>();
  private final Set<EventId> seen = new HashSet<>();
  private long newest = Long.MIN_VALUE;
  private int impressions;
  private int undrawn;
  private int unusable;
  private int otherDomains;
  private int events;
  private int duplicates;
  private int unrelated;

  private static final class Request {
    private final ImpressionRewards rewards;
    private Optional<ImpressionRounds.Drawn> drawn = Optional.empty();

    Request(ImpressionRewards rewards) {
      this.rewards = rewards;
    }
  }

  /**
   * @param domain whose impressions are read
   * @param rewardWindow how long a reward may follow its impression
   * @param clockSkew how far clocks of servers may differ: a reward may come so long before its
   *     impression
   * @param now times ahead of it are refused
   * @param bad sees what can't be used
   */
  public ThawLogReader(
      DomainDefinitions domains,
      DomainDefinition domain,
      Duration rewardWindow,
      Duration clockSkew,
      Instant now,
      Consumer<DeadLetter> bad) {
    this.domain = domain;
    this.eventForm = WireFormats.events(domains, WireLimits.DEFAULT);
    this.impressionForm = WireFormats.impressions(domains, WireLimits.DEFAULT);
    this.fold = new ImpressionRewardFold(rewardWindow, clockSkew, eventForm, impressionForm);
    this.now = now;
    this.bad = bad;
  }

  /** Of two files of JSON lines, through gzip if their names end in {@code .gz}. */
  public ThawLog read(Path impressionFile, Path eventFile) throws IOException {
    JsonLines.read(impressionFile, impressionForm, now, this::add, bad);
    JsonLines.read(eventFile, eventForm, now, this::add, bad);
    List<LoggedRound> log = new ArrayList<>();
    int open = 0;
    for (Request request : inOrderOfTime()) {
      if (request.drawn.isEmpty()) {
        // known or not, it says nothing more; rewards that wait for an impression have none
        reject(fold.onWatermark(request.rewards, Long.MAX_VALUE));
        continue;
      }
      List<SettledSlot> settled = fold.onWatermark(request.rewards, newest).settled();
      if (settled.isEmpty()) {
        open++;
      } else {
        log.add(request.drawn.get().rewarded(settled));
      }
    }
    return new ThawLog(
        log,
        new ThawLog.Counts(
            impressions, undrawn, open, unusable, otherDomains, events, duplicates, unrelated));
  }

  private List<Request> inOrderOfTime() {
    List<Request> ordered = new ArrayList<>(requests.values());
    ordered.sort(
        Comparator.comparingLong(
            request -> request.drawn.map(ImpressionRounds.Drawn::timeMillis).orElse(newest)));
    return ordered;
  }

  private static List<Impression.Slot> drawn(Impression impression) {
    return impression.slots().stream().filter(slot -> slot.source().equals(BANDIT)).toList();
  }

  private void add(Impression impression) {
    newest = Math.max(newest, impression.time().toEpochMilli());
    if (!shown.add(impression.requestId())) {
      return;
    }
    impressions++;
    if (!impression.domain().equals(domain.name())) {
      otherDomains++;
      return;
    }
    Request request = request(impression.requestId());
    reject(fold.onImpression(request.rewards, impression, Long.MIN_VALUE));
    List<Impression.Slot> drawn = drawn(impression);
    if (drawn.isEmpty()) {
      undrawn++;
      return;
    }
    try {
      request.drawn = Optional.of(rounds.of(impression, drawn));
    } catch (IllegalArgumentException e) {
      unusable++;
      reject(
          RecordKind.IMPRESSION,
          impressionForm.writeText(impression),
          String.valueOf(e.getMessage()));
    }
  }

  private void add(Event event) {
    newest = Math.max(newest, event.timeMillis());
    events++;
    if (!seen.add(event.eventId())) {
      duplicates++;
    } else if (event.requestId() == null || !event.domain().equals(domain.name())) {
      unrelated++;
    } else {
      ImpressionRewards rewards = request(event.requestId()).rewards;
      reject(fold.onEvent(rewards, event, domain, Long.MIN_VALUE));
    }
  }

  private Request request(RequestId id) {
    return requests.computeIfAbsent(id, each -> new Request(fold.empty()));
  }

  private void reject(ImpressionRewardFold.Result result) {
    for (ImpressionRewardFold.Rejected each : result.rejected()) {
      reject(each.kind(), each.input(), each.reason());
    }
  }

  private void reject(RecordKind kind, String input, String reason) {
    bad.accept(
        DeadLetter.ofJob(
            SOURCE,
            kind,
            new Rejection("", "", reason),
            input.getBytes(StandardCharsets.UTF_8),
            now));
  }
}
