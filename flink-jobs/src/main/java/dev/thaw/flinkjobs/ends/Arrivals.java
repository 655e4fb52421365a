package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.flinkjobs.streams.Arrival;
import dev.thaw.flinkjobs.streams.StreamTypes;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends each arrival where it belongs. */
final class Arrivals {
  private static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("dead", StreamTypes.DEAD_LETTER);

  /** Side output of {@link #split}. */
  static final OutputTag<Erasure> ERASED = new OutputTag<>("erased", StreamTypes.ERASURE);

  private Arrivals() {}

  /** The records; dead letters go to the sink, ticks end here: their work is done. */
  static <T> SingleOutputStreamOperator<T> split(
      String name,
      DataStream<Arrival<T>> arrivals,
      TypeInformation<T> type,
      Sink<DeadLetter> deadLetters) {
    SingleOutputStreamOperator<T> records =
        arrivals
            .process(new Split<T>(), type)
            .name(name + "-records")
            .uid(name + "-records")
            .setParallelism(arrivals.getParallelism());
    records
        .getSideOutput(DEAD)
        .sinkTo(deadLetters)
        .name(name + "-dead-letters")
        .uid(name + "-dead-letters")
        .setParallelism(1);
    return records;
  }

  private static final class Split<T> extends ProcessFunction<Arrival<T>, T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Arrival<T> arrival, Context context, Collector<T> out) {
      DeadLetter dead = arrival.dead;
      if (dead != null) {
        context.output(DEAD, dead);
        return;
      }
      Erasure erasure = arrival.erasure;
      if (erasure != null) {
        context.output(ERASED, erasure);
        return;
      }
      T record = arrival.record;
      if (record != null) {
        out.collect(record);
      }
    }
  }
}
