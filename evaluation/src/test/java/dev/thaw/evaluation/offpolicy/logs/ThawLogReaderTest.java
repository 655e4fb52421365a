package dev.thaw.evaluation.offpolicy.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.evaluation.offpolicy.LoggedRound;
import dev.thaw.evaluation.offpolicy.LoggedSlot;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.Erasures;
import dev.thaw.featuredefinitions.wire.Ticks;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThawLogReaderTest {
  private static final DomainDefinitions DOMAINS = DomainDefinitions.shipped();
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(30);
  private static final Duration SKEW = Duration.ofMinutes(5);

  @TempDir Path folder;

  private final List<String> impressions = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final List<DeadLetter> bad = new ArrayList<>();

  private ThawLog read() throws IOException {
    Path shown = Files.write(folder.resolve("impressions.jsonl"), impressions);
    Path done = Files.write(folder.resolve("events.jsonl"), events);
    return new ThawLogReader(
            new JoinedLogReader(
                "test",
                DOMAINS,
                DOMAINS.require(MOVIES),
                RewardDefinition.POSITIVE,
                WINDOW,
                SKEW,
                NOON.plus(Duration.ofDays(1)),
                bad::add))
        .read(shown, done);
  }

  private static String shown(String request, Instant time, String drawnFirst, String drawnThen) {
    return WireFormats.impressions(DOMAINS, WireLimits.DEFAULT)
        .writeText(
            new Impression(
                RequestId.of(request),
                UserId.of("user-of-" + request),
                MOVIES,
                time,
                "c1",
                "m1",
                "p1",
                Map.of(),
                EligibleArms.unmarked(List.of(ItemId.of("a"), ItemId.of("b"), ItemId.of("c"))),
                List.of(
                    new Impression.Slot(0, ItemId.of(drawnFirst), 1, 0.25, "bandit"),
                    new Impression.Slot(1, ItemId.of(drawnThen), 1, 0.5, "bandit"),
                    new Impression.Slot(2, ItemId.of("z"), 0.5, 1, "factors")),
                "0",
                "popularity",
                List.of(),
                List.of(),
                Assignment.NONE,
                DecisionFeatures.NONE));
  }

  private static String click(String id, String request, String item, Instant time) {
    return WireFormats.events(DOMAINS, WireLimits.DEFAULT)
        .writeText(
            Event.of(
                    EventId.of(id),
                    UserId.of("user-of-" + request),
                    ItemId.of(item),
                    MOVIES,
                    EventType.LIKE,
                    time)
                .inResponseTo(RequestId.of(request), 0, 0.25));
  }

  /** Something late enough that all windows have closed. */
  private static String closing() {
    return click("closing", "later", "a", NOON.plus(Duration.ofHours(3)));
  }

  private String reasons() {
    return String.join("\n", bad.stream().map(DeadLetter::toString).toList());
  }

  @Test
  void drawnSlotsBecomeRoundsWithTheirRewards() throws IOException {
    impressions.add(shown("second", NOON.plusSeconds(60), "c", "a"));
    impressions.add(shown("first", NOON, "a", "b"));
    events.add(click("e1", "first", "b", NOON.plusSeconds(5)));
    events.add(click("e1", "first", "b", NOON.plusSeconds(5)));
    events.add(click("e2", "first", "z", NOON.plusSeconds(6)));
    events.add(closing());
    ThawLog log = read();

    assertThat(log.rounds()).hasSize(2);
    LoggedRound first = log.rounds().get(0);
    assertThat(first.eligible().size()).isEqualTo(3);
    assertThat(first.slots()).extracting(LoggedSlot::reward).containsExactly(0.0, 1.0);
    assertThat(first.slots()).extracting(LoggedSlot::propensity).containsExactly(0.25, 0.5);
    assertThat(first.slots()).extracting(LoggedSlot::hasMarginal).containsExactly(true, false);
    assertThat(first.place(1)).isEqualTo(1);
    assertThat(log.rounds().get(1).slots()).extracting(LoggedSlot::reward).containsOnly(0.0);
    assertThat(log.rounds().get(1).cluster()).isNotEqualTo(first.cluster());
    assertThat(log.counts().duplicates()).isEqualTo(1);
    assertThat(reasons()).as("the closing one alone").contains("without impression");
    assertThat(bad).hasSize(1);
  }

  @Test
  void ticksAndErasuresBetweenTheRecordsSayHowFarTheLogGoes() throws IOException {
    impressions.add(text(Ticks.write(NOON)));
    impressions.add(shown("first", NOON, "a", "b"));
    events.add(click("e1", "first", "b", NOON.plusSeconds(5)));
    assertThat(read().rounds()).as("its window may still be open").isEmpty();
    events.add(text(Erasures.write(Erasure.of(UserId.of("gone"), NOON.plusSeconds(9)))));
    events.add(text(Ticks.write(NOON.plus(WINDOW))));
    ThawLog log = read();
    assertThat(log.rounds()).hasSize(1);
    assertThat(log.counts().events()).isEqualTo(1);
    assertThat(bad).isEmpty();
    events.add("{\"tick\":\"noon\"}");
    read();
    assertThat(reasons()).contains("events.jsonl:4: tick: ");
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  @Test
  void badPropensitiesAreRefusedWithTheirLineAndTheRestGoesOn() throws IOException {
    impressions.add(shown("zero", NOON, "a", "b").replace("0.25", "0"));
    impressions.add(shown("above", NOON, "a", "b").replace("0.25", "1.5"));
    impressions.add("{\"request_id\": ");
    impressions.add(shown("good", NOON, "a", "b"));
    events.add(closing());
    assertThat(read().rounds()).hasSize(1);
    assertThat(bad).hasSize(4);
    assertThat(reasons())
        .contains("impressions.jsonl:1: slots[0].propensity: must be in (0, 1], was \"0\"")
        .contains("impressions.jsonl:2: slots[0].propensity: must be in (0, 1], was \"1.5\"")
        .contains("impressions.jsonl:3: ");
  }

  @Test
  void anItemThatWasDrawnButNotEligibleIsRefused() throws IOException {
    impressions.add(shown("unknown", NOON, "a", "stranger"));
    impressions.add(shown("good", NOON, "a", "b"));
    events.add(closing());
    ThawLog log = read();
    assertThat(log.rounds()).hasSize(1);
    assertThat(log.unusable()).isEqualTo(1);
    assertThat(reasons()).contains("drawn item must be one of the 3 eligible, was \"stranger\"");
  }

  @Test
  void clocksMayDifferByTheSkewAndNoMore() throws IOException {
    impressions.add(shown("skewed", NOON, "a", "b"));
    impressions.add(shown("before", NOON, "a", "b"));
    events.add(click("e1", "skewed", "a", NOON.minus(SKEW)));
    events.add(click("e2", "before", "a", NOON.minus(SKEW).minusMillis(1)));
    events.add(closing());
    ThawLog log = read();
    assertThat(log.rounds())
        .extracting(round -> round.slots().get(0).reward())
        .containsExactly(1.0, 0.0);
    assertThat(reasons()).contains("before it was shown");
  }

  @Test
  void rewardsAfterTheWindowOrOfWhatWasNotShownAreRefused() throws IOException {
    impressions.add(shown("late", NOON, "a", "b"));
    events.add(click("e1", "late", "a", NOON.plus(WINDOW).plusMillis(1)));
    events.add(click("e2", "late", "c", NOON.plusSeconds(1)));
    events.add(closing());
    assertThat(read().rounds().get(0).slots()).extracting(LoggedSlot::reward).containsOnly(0.0);
    assertThat(reasons())
        .contains("the reward window is PT30M")
        .contains("not shown in this answer");
  }

  @Test
  void answersWhoseWindowEndsAfterTheLogAreOpenNotUnrewarded() throws IOException {
    impressions.add(shown("early", NOON.minus(WINDOW), "a", "b"));
    impressions.add(shown("open", NOON, "a", "b"));
    events.add(click("e1", "early", "a", NOON.minus(WINDOW)));
    ThawLog log = read();
    assertThat(log.rounds()).hasSize(1);
    assertThat(log.open()).isEqualTo(1);
    assertThat(bad).isEmpty();
  }

  @Test
  void answersWithoutChanceAndRepeatedOnesAreCountedOnly() throws IOException {
    String drawn = shown("good", NOON, "a", "b");
    impressions.add(drawn);
    impressions.add(drawn);
    impressions.add(shown("ranked", NOON, "a", "b").replace("bandit", "content"));
    events.add(closing());
    ThawLog log = read();
    assertThat(log.rounds()).hasSize(1);
    assertThat(log.counts().impressions()).isEqualTo(2);
    assertThat(log.undrawn()).isEqualTo(1);
  }

  @Test
  void aNegativeRewardIsNoValueThatAnEventCanHave() throws IOException {
    impressions.add(shown("rated", NOON, "a", "b"));
    events.add(
        click("e1", "rated", "a", NOON.plusSeconds(1))
            .replace("\"type\":\"like\"", "\"type\":\"rating\",\"value\":-1"));
    events.add(closing());
    assertThat(read().rounds().get(0).slots()).extracting(LoggedSlot::reward).containsOnly(0.0);
    assertThat(reasons()).contains("events.jsonl:1: value: ").contains("was \"-1.0\"");
  }
}
