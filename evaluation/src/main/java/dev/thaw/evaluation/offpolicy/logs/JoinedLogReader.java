package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
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
 * posteriors are learned by. The log ends at its newest record, or the newest tick between events:
 * what has no whole reward window before that is left out, not taken for unrewarded. What can't be
 * used goes to the dead letters: lines that can't be read with file and line, records that can't be
 * joined with themselves. Reads one log; not thread-safe.
 */
public final class JoinedLogReader {
  private final String source;
  private final DomainDefinition domain;
  private final WireFormat<Event> eventForm;
  private final WireFormat<Impression> impressionForm;
  private final ImpressionRewardFold fold;
  private final RewardDefinition reward;
  private final Duration rewardWindow;
  private final Instant now;
  private final Consumer<DeadLetter> bad;
  private final Map<RequestId, Request> requests = new LinkedHashMap<>();
  private final Set<EventId> seen = new HashSet<>();
  private long newest = Long.MIN_VALUE;
  private int impressions;
  private int otherDomains;
  private int events;
  private int duplicates;
  private int unrelated;

  private static final class Request {
    private final ImpressionRewards rewards;
    private Optional<Impression> impression = Optional.empty();

    Request(ImpressionRewards rewards) {
      this.rewards = rewards;
    }
  }

  /**
   * @param source who reads, for the dead letters
   * @param domain whose impressions are read
   * @param reward of the domain, the one that slots are joined with
   * @param rewardWindow how long a reward without a window of its own may follow its impression
   * @param clockSkew how far clocks of servers may differ: a reward may come so long before its
   *     impression
   * @param now times ahead of it are refused
   * @param bad sees what can't be used
   */
  public JoinedLogReader(
      String source,
      DomainDefinitions domains,
      DomainDefinition domain,
      RewardDefinition reward,
      Duration rewardWindow,
      Duration clockSkew,
      Instant now,
      Consumer<DeadLetter> bad) {
    this.source = source;
    this.domain = domain;
    this.eventForm = WireFormats.events(domains, WireLimits.DEFAULT);
    this.impressionForm = WireFormats.impressions(domains, WireLimits.DEFAULT);
    this.fold = new ImpressionRewardFold(domains, rewardWindow, clockSkew);
    this.reward = reward;
    this.rewardWindow = reward.window(rewardWindow);
    this.now = now;
    this.bad = bad;
  }

  /** Of two files of JSON lines, through gzip if their names end in {@code .gz}. */
  public JoinedLog read(Path impressionFile, Path eventFile) throws IOException {
    read(impressionFile, new TopicLines<>(impressionForm), this::add, time -> {});
    read(eventFile, new TopicLines<>(eventForm), this::add, this::advance);
    List<JoinedImpression> joined = new ArrayList<>();
    for (Request request : requests.values()) {
      if (request.impression.isPresent()) {
        joined.add(joined(request.impression.get(), request.rewards));
      } else {
        reject(fold.onWatermark(request.rewards, Long.MAX_VALUE));
      }
    }
    joined.sort(Comparator.comparing(each -> each.impression().time()));
    return new JoinedLog(
        joined,
        rewardWindow,
        newest == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(newest),
        new JoinedLog.Counts(impressions, otherDomains, events, duplicates, unrelated));
  }

  private <T> void read(
      Path file, TopicLines<T> lines, Consumer<T> records, Consumer<Instant> ticks)
      throws IOException {
    JsonLines.read(file, lines, now, line -> line.take(records, ticks), bad);
  }

  /** A server whose clock is ahead closes no window. */
  private void advance(Instant time) {
    newest = Math.max(newest, (time.isBefore(now) ? time : now).toEpochMilli());
  }

  private JoinedImpression joined(Impression impression, ImpressionRewards rewards) {
    // by time, not by what has settled: an answer without items settles nothing
    boolean open = impression.time().toEpochMilli() + rewardWindow.toMillis() > newest;
    List<SettledSlot> settled =
        fold.onWatermark(rewards, newest).settled().stream()
            .filter(slot -> slot.rewardName().equals(reward.name()))
            .toList();
    return new JoinedImpression(impression, open, settled);
  }

  /** Takes an impression that was read for one that can't be used. */
  void reject(Impression impression, String reason) {
    reject(RecordKind.IMPRESSION, impressionForm.writeText(impression), reason);
  }

  private void add(Impression impression) {
    advance(impression.time());
    Request request = request(impression.requestId());
    if (request.impression.isPresent()) {
      return;
    }
    impressions++;
    if (!impression.domain().equals(domain.name())) {
      otherDomains++;
      requests.remove(impression.requestId());
      return;
    }
    request.impression = Optional.of(impression);
    reject(fold.onImpression(request.rewards, impression, Long.MIN_VALUE));
  }

  private void add(Event event) {
    advance(event.time());
    events++;
    if (!seen.add(event.eventId())) {
      duplicates++;
    } else if (event.requestId() == null || !event.domain().equals(domain.name())) {
      unrelated++;
    } else {
      ImpressionRewards rewards = request(event.requestId()).rewards;
      reject(fold.onEvent(rewards, event, Long.MIN_VALUE));
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
            source,
            kind,
            new Rejection("", "", reason),
            input.getBytes(StandardCharsets.UTF_8),
            now));
  }
}
