package dev.thaw.flinkjobs.training;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gathers all records of a bounded job in one task and trains when the last one has come. The
 * trainers use the threads of that task's machine.
 *
 * @param <O> what the training gives out
 */
public final class TrainingOperator<O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<TrainingRecord, O>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final DomainDefinitions domains;
  private final Training<O> training;
  private transient @Nullable TrainingData data;

  private TrainingOperator(DomainDefinitions domains, Training<O> training) {
    this.domains = domains;
    this.training = training;
  }

  /** What a training gives out, at the end of its input. */
  public static <O> SingleOutputStreamOperator<O> apply(
      String name,
      DataStream<TrainingRecord> records,
      DomainDefinitions domains,
      Training<O> training,
      TypeInformation<O> output) {
    return records
        .transform(name, output, new TrainingOperator<>(domains, training))
        .uid(name)
        .setParallelism(1);
  }

  @Override
  public void open() throws Exception {
    super.open();
    data = new TrainingData(domains);
  }

  @Override
  public void processElement(StreamRecord<TrainingRecord> element) {
    Objects.requireNonNull(data).add(element.getValue());
  }

  @Override
  public void endInput() throws Exception {
    training.train(
        Objects.requireNonNull(data), result -> output.collect(new StreamRecord<>(result)));
    data = null;
  }
}
