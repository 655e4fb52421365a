package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.streams.Signal;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Puts folds on keyed streams. */
public final class Folds {
  /** Side output of every fold. */
  public static final OutputTag<DeadLetter> REJECTED =
      new OutputTag<>("rejected", StreamTypes.DEAD_LETTER);

  private Folds() {}

  /** The operator that {@link #apply} uses, for test harnesses. */
  public static <I, S, O> OneInputStreamOperator<I, O> operator(
      KeyedFold<I, S, O> fold, TypeInformation<S> state, Duration interval) {
    return new KeyedFoldOperator<>(fold, state, REJECTED, Pace.of(interval));
  }

  /**
   * @param name also the uid: state is found again by it
   * @param interval results of a key are given out at most this often, in processing time
   */
  public static <I, S, O> SingleOutputStreamOperator<O> apply(
      String name,
      KeyedStream<I, String> input,
      KeyedFold<I, S, O> fold,
      TypeInformation<S> state,
      TypeInformation<O> output,
      Duration interval) {
    return input.transform(name, output, operator(fold, state, interval)).uid(name);
  }

  /** The operator that {@link #applyWithSignals} uses, for test harnesses. */
  public static <I, S, O> TwoInputStreamOperator<I, Signal, O> operatorWithSignals(
      KeyedFold<I, S, O> fold, TypeInformation<S> state, Duration interval, Duration remembered) {
    return operatorWithSignals(fold, state, Pace.of(interval), remembered);
  }

  private static <I, S, O> TwoInputStreamOperator<I, Signal, O> operatorWithSignals(
      KeyedFold<I, S, O> fold, TypeInformation<S> state, Pace pace, Duration remembered) {
    return new SignalledFoldOperator<>(fold, state, REJECTED, pace, remembered);
  }

  /**
   * As {@link #apply}, with signals that every task hears.
   *
   * @param remembered how long, in event time, records are refused that are not newer than the
   *     erasure of their key
   */
  public static <I, S, O> SingleOutputStreamOperator<O> applyWithSignals(
      String name,
      KeyedStream<I, String> input,
      DataStream<Signal> signals,
      KeyedFold<I, S, O> fold,
      TypeInformation<S> state,
      TypeInformation<O> output,
      Pace pace,
      Duration remembered) {
    return input
        .connect(signals.broadcast())
        .transform(name, output, operatorWithSignals(fold, state, pace, remembered))
        .uid(name);
  }
}
