package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.split.SplitFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each network of those that cross domains gains over its ablation, see {@link BridgeGains}.
 */
final class BridgeBench implements Benchmark {
  @Override
  public String name() {
    return "bridges";
  }

  @Override
  public String description() {
    return "what networks that cross domains gain over their ablations, on a split given by --data";
  }

  @Override
  public Optional<String> leftOut(BenchContext context) {
    Path data = context.data();
    return data != null
            && (Files.exists(data.resolve("train_source.tsv"))
                || Files.exists(data.resolve("train_source.tsv.gz")))
        ? Optional.empty()
        : Optional.of("needs --data with train_source, train_target and test_cold_target");
  }

  @Override
  public List<Figure> run(BenchContext context) throws IOException {
    Path data = context.data();
    if (data == null) {
      throw new IllegalStateException("is left out without data");
    }
    Experiment split = new SplitFolder(data, Map.of(), Map.of(), List.of()).read();
    return new BridgeGains(split).run(context.seed());
  }
}
