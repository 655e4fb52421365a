package dev.thaw.evaluation.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.DefaultDrawingSupplier;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;

/** A chart in the style of all of Thaw's, as the bytes of its files. */
final class Drawn {
  private static final Color GRID = new Color(0xdddddd);

  /** Told apart by people who see few colours (Okabe and Ito 2008), then by shape of the line. */
  private static final int[] COLOURS = {
    0x000000, 0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7
  };

  private final JFreeChart chart;
  private final int width;
  private final int height;

  Drawn(String title, Plot plot, int width, int height) {
    this.chart = new JFreeChart(title, new Font(Font.SANS_SERIF, Font.PLAIN, 16), plot, true);
    this.width = width;
    this.height = height;
    chart.setBackgroundPaint(Color.WHITE);
  }

  static void style(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlinesVisible(false);
  }

  /** Lines with intervals. */
  static XYErrorRenderer renderer(int lines) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultLinesVisible(true);
    renderer.setCapLength(4);
    Shape[] shapes = DefaultDrawingSupplier.createStandardSeriesShapes();
    for (int m = 0; m < lines; m++) {
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

  Plot plot() {
    return chart.getPlot();
  }

  void writePng(OutputStream out) throws IOException {
    ChartUtils.writeChartAsPNG(out, chart, width, height);
  }

  /** A whole SVG document. */
  byte[] svg() throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new SVGProcessor()
        .getDocument(graphics.getCommands(), new PageSize(width, height))
        .writeTo(bytes);
    return bytes.toByteArray();
  }
}
