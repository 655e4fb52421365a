package dev.thaw.launcher.commands;

import dev.thaw.launcher.bench.BenchContext;
import dev.thaw.launcher.bench.BenchReport;
import dev.thaw.launcher.bench.Benchmark;
import dev.thaw.launcher.bench.Benchmarks;
import dev.thaw.launcher.console.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thaw bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures speed, each figure beside a baseline of the same run and with the quality of",
      "the answers. Everything but the server of --server runs in this process, listening on",
      "loopback only."
    })
public final class BenchCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "the same as --only: thaw bench train")
  List<String> named = List.of();

  @Option(
      names = "--only",
      split = ",",
      description = "names of the benchmarks to run (default: all; see --list)")
  List<String> only = List.of();

  @Option(names = "--list", description = "say what there is, and measure nothing")
  boolean list;

  @Option(
      names = "--data",
      description = "data folder for what is measured on one, as thaw import writes it")
  @Nullable Path data;

  @Option(
      names = "--split",
      split = ",",
      paramLabel = "DIR",
      description = {
        "folders of splits, as thaw evaluate reads them, for what is measured on those; with --data",
        "their items and users are described by that folder"
      })
  List<Path> splits = List.of();

  @Option(
      names = "--server",
      description = "address of a server on this machine that was loaded with --data")
  @Nullable URI server;

  @Option(
      names = "--items",
      defaultValue = "100000",
      description = "in the generated catalogue (default: ${DEFAULT-VALUE})")
  int items;

  @Option(
      names = "--users",
      defaultValue = "100000",
      description = "with rows in the store (default: ${DEFAULT-VALUE})")
  int users;

  @Option(
      names = "--seconds",
      defaultValue = "6",
      description = "of each timed phase and of its warm-up (default: ${DEFAULT-VALUE})")
  long seconds;

  @Option(names = "--seed", defaultValue = "42", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(names = "--json", description = "file for the figures, as JSON")
  @Nullable Path json;

  @Option(names = "--strict", description = "end with code 1 if a target is missed")
  boolean strict;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<Benchmark> chosen = chosen();
    if (list) {
      chosen.forEach(each -> out.printf("%-16s %s%n", each.name(), each.description()));
      return ExitCodes.OK;
    }
    BenchReport report = new BenchReport();
    int threads = Runtime.getRuntime().availableProcessors();
    try (Home home = Home.of(null)) {
      BenchContext context =
          new BenchContext(
              home.path(),
              data,
              splits,
              server,
              items,
              users,
              Duration.ofSeconds(seconds),
              threads,
              seed,
              Progress.onStandardError());
      for (Benchmark each : chosen) {
        run(each, context, report);
        report.print(each.name(), out);
      }
    }
    if (json != null) {
      report.writeJson(json, setting(threads));
      out.println("\nFigures written to " + json);
    }
    report.missed().forEach(name -> out.println("misses its target: " + name));
    return report.hasFailures() || (strict && !report.missed().isEmpty())
        ? ExitCodes.FAILED
        : ExitCodes.OK;
  }

  private static void run(Benchmark benchmark, BenchContext context, BenchReport report) {
    Optional<String> leftOut = benchmark.leftOut(context);
    if (leftOut.isPresent()) {
      report.leaveOut(benchmark.name(), leftOut.get());
      return;
    }
    try {
      report.add(benchmark.name(), benchmark.run(context));
    } catch (Exception e) {
      // one that fails is named in the report and in the exit code; the others go on
      report.fail(benchmark.name(), e);
    }
  }

  private List<Benchmark> chosen() {
    List<Benchmark> all = Benchmarks.all();
    List<String> names = all.stream().map(Benchmark::name).toList();
    List<String> wanted = Stream.concat(named.stream(), only.stream()).toList();
    for (String each : wanted) {
      if (!names.contains(each)) {
        throw new IllegalArgumentException("benchmark must be of " + names + ", was " + each);
      }
    }
    return all.stream().filter(b -> wanted.isEmpty() || wanted.contains(b.name())).toList();
  }

  private Map<String, Object> setting(int threads) {
    Map<String, Object> setting = new LinkedHashMap<>();
    setting.put("items", items);
    setting.put("users", users);
    setting.put("seconds", seconds);
    setting.put("seed", seed);
    setting.put("processors", threads);
    setting.put("heap_bytes", Runtime.getRuntime().maxMemory());
    setting.put("java", System.getProperty("java.version"));
    return setting;
  }
}
