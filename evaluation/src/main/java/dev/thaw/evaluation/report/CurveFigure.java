package dev.thaw.evaluation.report;

import dev.thaw.models.metrics.Interval;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * The curve: nDCG at 10 and recall at 10 by number of given interactions, one line a method, with
 * the bootstrap interval of each point. Methods stand a little beside each other, so that intervals
 * can be told apart.
 */
final class CurveFigure {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 900;

  /** Part of the distance between two counts over which the methods are spread. */
  private static final double SPREAD = 0.4;

  private final Drawn drawn;

  private CurveFigure(Drawn drawn) {
    this.drawn = drawn;
  }

  /**
   * @param points at least one
   */
  static CurveFigure of(String title, List<Figures.CurvePoint> points) {
    List<Integer> counts =
        List.copyOf(new TreeSet<>(points.stream().map(Figures.CurvePoint::k).toList()));
    SymbolAxis given =
        new SymbolAxis("interactions", counts.stream().map(String::valueOf).toArray(String[]::new));
    given.setGridBandsVisible(false);
    given.setRange(-0.5, counts.size() - 0.5);
    CombinedDomainXYPlot both = new CombinedDomainXYPlot(given);
    both.add(panel("nDCG@10", points, counts, Figures.CurvePoint::ndcg10));
    XYPlot second = panel("Recall@10", points, counts, Figures.CurvePoint::recall10);
    second.setFixedLegendItems(new LegendItemCollection());
    both.add(second);
    both.setGap(18);
    return new CurveFigure(new Drawn(title, both, WIDTH, HEIGHT));
  }

  private static XYPlot panel(
      String name,
      List<Figures.CurvePoint> points,
      List<Integer> counts,
      Function<Figures.CurvePoint, Interval> figure) {
    List<String> methods = points.stream().map(Figures.CurvePoint::method).distinct().toList();
    YIntervalSeriesCollection lines = new YIntervalSeriesCollection();
    for (int m = 0; m < methods.size(); m++) {
      YIntervalSeries line = new YIntervalSeries(methods.get(m));
      double beside = SPREAD * (m + 0.5 - methods.size() / 2.0) / methods.size();
      for (Figures.CurvePoint point : points) {
        if (point.method().equals(methods.get(m))) {
          Interval at = figure.apply(point);
          line.add(counts.indexOf(point.k()) + beside, at.mean(), at.low(), at.high());
        }
      }
      lines.addSeries(line);
    }
    NumberAxis axis = new NumberAxis(name);
    axis.setAutoRangeIncludesZero(false);
    XYPlot plot = new XYPlot(lines, null, axis, Drawn.renderer(methods.size()));
    Drawn.style(plot);
    return plot;
  }

  void writePng(OutputStream out) throws IOException {
    drawn.writePng(out);
  }

  /** A whole SVG document. */
  byte[] svg() throws IOException {
    return drawn.svg();
  }

  /** Names of the lines, as the legend has them. */
  List<String> legend() {
    List<String> names = new ArrayList<>();
    XYPlot first = (XYPlot) ((CombinedDomainXYPlot) drawn.plot()).getSubplots().get(0);
    for (int s = 0; s < first.getSeriesCount(); s++) {
      names.add(first.getDataset().getSeriesKey(s).toString());
    }
    return names;
  }
}
