package dev.thaw.flinkjobs.coalescing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Times in milliseconds; the clock starts at {@link #START}. */
class DelayedFlushTest {
  private static final long START = 1_000_000_000;
  private static final long DELAY = 100;
  private static final long OLD = START - DelayedFlush.HISTORY.toMillis() - 1;
  private static final long WAIT = DelayedFlush.HISTORY_DELAY.toMillis();

  private final TestProcessingTimeService clock = new TestProcessingTimeService();
  private final List<Long> flushes = new ArrayList<>();
  private final DelayedFlush delayed =
      new DelayedFlush(clock, DELAY, () -> flushes.add(clock.getCurrentProcessingTime() - START));

  @BeforeEach
  void start() throws Exception {
    clock.setCurrentTime(START);
  }

  /** Every millisecond by itself: the flush sees when it comes. */
  private void runTo(long offset) throws Exception {
    for (long time = clock.getCurrentProcessingTime() + 1; time <= START + offset; time++) {
      clock.setCurrentTime(time);
    }
  }

  @Test
  void manyRequestsAreOneFlushAfterTheDelayOfTheFirst() throws Exception {
    delayed.request();
    runTo(60);
    delayed.requestFor(START);
    runTo(150);
    assertThat(flushes).containsExactly(100L);
    delayed.request();
    runTo(3 * WAIT);
    assertThat(flushes).containsExactly(100L, 250L);
  }

  @Test
  void whatIsOfAHistoryWaitsLonger() throws Exception {
    delayed.requestFor(OLD);
    runTo(60);
    delayed.requestFor(OLD);
    runTo(3 * WAIT);
    assertThat(flushes).containsExactly(WAIT);
  }

  @Test
  void whatIsNewTakesWhatIsOldAlongAndIsFlushedOnce() throws Exception {
    delayed.requestFor(OLD);
    runTo(60);
    delayed.requestFor(START);
    runTo(3 * WAIT);
    assertThat(flushes).containsExactly(160L);
  }

  @Test
  void aRequestThatTookThePlaceOfAnotherIsNotFlushedAtTheOthersTime() throws Exception {
    delayed.requestFor(OLD);
    delayed.request();
    runTo(WAIT - 10);
    delayed.request();
    runTo(3 * WAIT);
    assertThat(flushes).containsExactly(DELAY, WAIT - 10 + DELAY);
  }

  @Test
  void aDelayThatIsLongerAnywayStays() throws Exception {
    DelayedFlush slow =
        new DelayedFlush(
            clock, 2 * WAIT, () -> flushes.add(clock.getCurrentProcessingTime() - START));
    slow.requestFor(OLD);
    runTo(3 * WAIT);
    assertThat(flushes).containsExactly(2 * WAIT);
  }
}
