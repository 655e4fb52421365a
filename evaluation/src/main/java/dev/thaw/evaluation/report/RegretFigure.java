package dev.thaw.evaluation.report;

import dev.thaw.models.metrics.Interval;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Cumulative regret by round, one line a policy, with the bootstrap interval of each point. */
public final class RegretFigure {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 600;

  private final Drawn drawn;

  private RegretFigure(Drawn drawn) {
    this.drawn = drawn;
  }

  /**
   * A policy's line.
   *
   * @param rounds where its points are
   * @param regret one for each
   */
  public record Line(String policy, int[] rounds, List<Interval> regret) {}

  public static RegretFigure of(String title, List<Line> lines) {
    YIntervalSeriesCollection series = new YIntervalSeriesCollection();
    for (Line line : lines) {
      YIntervalSeries each = new YIntervalSeries(line.policy);
      for (int at = 0; at < line.rounds.length; at++) {
        Interval regret = line.regret.get(at);
        each.add(line.rounds[at], regret.mean(), regret.low(), regret.high());
      }
      series.addSeries(each);
    }
    XYErrorRenderer renderer = Drawn.renderer(lines.size());
    renderer.setDefaultShapesVisible(false);
    XYPlot plot = new XYPlot(series, new NumberAxis("rounds"), new NumberAxis("regret"), renderer);
    Drawn.style(plot);
    return new RegretFigure(new Drawn(title, plot, WIDTH, HEIGHT));
  }

  /** {@code NAME.png} and {@code NAME.svg}. */
  public void write(Path folder, String name) throws IOException {
    Files.write(folder.resolve(name + ".svg"), drawn.svg());
    try (OutputStream png = Files.newOutputStream(folder.resolve(name + ".png"))) {
      drawn.writePng(png);
    }
  }
}
