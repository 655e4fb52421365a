package dev.thaw.evaluation.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import dev.thaw.models.metrics.Interval;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.DefaultDrawingSupplier;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
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

  private static final Color GRID = new Color(0xdddddd);

  /** Told apart by people who see few colours (Okabe and Ito 2008), then by shape of the line. */
  private static final int[] COLOURS = {
    0x000000, 0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7
  };

  private final JFreeChart chart;

  private CurveFigure(JFreeChart chart) {
    this.chart = chart;
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
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
    JFreeChart chart = new JFreeChart(title, plain, both, true);
    chart.setBackgroundPaint(Color.WHITE);
    return new CurveFigure(chart);
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
    XYPlot plot = new XYPlot(lines, null, axis, renderer(methods.size()));
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlinesVisible(false);
    return plot;
  }

  private static XYErrorRenderer renderer(int methods) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultLinesVisible(true);
    renderer.setCapLength(4);
    Shape[] shapes = DefaultDrawingSupplier.createStandardSeriesShapes();
    for (int m = 0; m < methods; m++) {
      renderer.setSeriesPaint(m, new Color(COLOURS[m % COLOURS.length]));
      renderer.setSeriesShape(m, shapes[m % shapes.length]);
      boolean dashed = m >= COLOURS.length;
      renderer.setSeriesStroke(
          m,
          dashed
              ? new BasicStroke(
                  2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
              : new BasicStroke(2));
    }
    renderer.setErrorStroke(new BasicStroke(1));
    return renderer;
  }

  void writePng(OutputStream out) throws IOException {
    ChartUtils.writeChartAsPNG(out, chart, WIDTH, HEIGHT);
  }

  /** A whole SVG document. */
  byte[] svg() throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new SVGProcessor()
        .getDocument(graphics.getCommands(), new PageSize(WIDTH, HEIGHT))
        .writeTo(bytes);
    return bytes.toByteArray();
  }

  /** Names of the lines, as the legend has them. */
  List<String> legend() {
    List<String> names = new ArrayList<>();
    XYPlot first = (XYPlot) ((CombinedDomainXYPlot) chart.getPlot()).getSubplots().get(0);
    for (int s = 0; s < first.getSeriesCount(); s++) {
      names.add(first.getDataset().getSeriesKey(s).toString());
    }
    return names;
  }
}
