package dev.thaw.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.models.metrics.Interval;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {
  @TempDir Path folder;

  private static Interval interval(double mean) {
    return new Interval(mean, mean - 0.01, mean + 0.02, 150);
  }

  private static Figures figures() {
    List<Figures.Ranking> rankings = new ArrayList<>();
    List<Figures.CurvePoint> curve = new ArrayList<>();
    for (int k : List.of(0, 1, 20)) {
      for (String method : List.of("popularity", "a <b> & c")) {
        Interval ndcg = interval(method.equals("popularity") ? 0.3 : 0.31 + 0.01 * k);
        Interval gain = method.equals("popularity") ? null : interval(0.011 + 0.01 * k);
        rankings.add(
            new Figures.Ranking(
                method, k, 199, 150, interval(0.1), ndcg, interval(0.5), 0.25, gain, List.of()));
        curve.add(new Figures.CurvePoint(method, k, 150, interval(0.1), ndcg, gain));
      }
    }
    return new Figures(
        "movies",
        "test",
        "hash",
        3,
        40,
        Map.of("bridge", "no source"),
        Map.of("lambda", "30"),
        rankings,
        List.of(),
        "users asked",
        curve,
        List.of(new Figures.Third("popularity", 1, "head", 4, interval(0.4), 0.75)),
        List.of(
            new Figures.Envelope(
                "hybrid",
                -0.01,
                0.95,
                199,
                List.of(new Figures.Envelope.Cell("popularity", 1, interval(0.005))))));
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void thePageHoldsTheCurveTheTablesAndTheVerdictAndNothingFromElsewhere() throws Exception {
    new ReportFolder(folder).write(List.of(figures()));
    String page = file("report.html");
    assertThat(page)
        .contains("<h2>Domain movies</h2>", "data:image/svg+xml;base64,")
        .contains("<td>a &lt;b&gt; &amp; c</td>", "<td class=\"win\">0.510+</td>")
        .contains("against the margin -0.010: pass", "<dt>bridge</dt><dd>no source</dd>")
        .doesNotContain("http://", "https://", "<script");
    var unnamed = page.replaceFirst("<!doctype html>", "").replace("<meta charset=\"utf-8\">", "");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(closed(unnamed).getBytes("UTF-8")));
  }

  /** Images have no end tag in HTML. */
  private static String closed(String html) {
    return html.replaceAll("(<img [^>]*)>", "$1/>");
  }

  @Test
  void theTablesForProgramsHoldEveryFigureUnrounded() throws IOException {
    new ReportFolder(folder).write(List.of(figures()));
    assertThat(file("movies/curve.csv").lines())
        .hasSize(7)
        .startsWith(
            "k,method,users,recall10,recall10_low,recall10_high,ndcg10,ndcg10_low,ndcg10_high,"
                + "versus_popularity,versus_popularity_low,versus_popularity_high",
            "0,popularity,150,0.1,0.09000000000000001,0.12000000000000001,0.3,0.29,0.32,,,");
    assertThat(file("movies/thirds.csv")).contains("1,popularity,head,4,150,0.4,");
    assertThat(file("movies/envelope.csv")).contains("1,hybrid,popularity,150,0.005,");
    assertThat(folder.resolve("movies/ratings.csv")).doesNotExist();
    assertThat(file("figures.json")).contains("\"verdict\" : \"pass\"", "\"third\" : \"head\"");
    assertThat(file("figures.txt")).contains("a <b> & c", "0.510+");
  }

  @Test
  void theCurveIsDrawnInBothFormatsWithALineForEachMethod() throws Exception {
    new ReportFolder(folder).write(List.of(figures()));
    assertThat(CurveFigure.of("", figures().curve()).legend())
        .containsExactly("popularity", "a <b> & c");
    BufferedImage png = ImageIO.read(folder.resolve("movies/curve.png").toFile());
    assertThat(png.getWidth()).isEqualTo(1_000);
    assertThat(colours(png))
        .as("lines of two colours on a white ground")
        .contains(0xffffff, 0xe69f00);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var svg = factory.newDocumentBuilder().parse(folder.resolve("movies/curve.svg").toFile());
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("popularity", "interactions", "150 users asked");
  }

  private static List<Integer> colours(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return java.util.Arrays.stream(pixels).map(rgb -> rgb & 0xffffff).distinct().boxed().toList();
  }

  @Test
  void aDomainThatWasSkippedHasItsReasonAndNoFiles() throws IOException {
    new ReportFolder(folder)
        .write(List.of(Figures.ofSkipped("toys", "test", 0, 3, "nobody is there")));
    assertThat(file("report.html")).contains("nobody is there");
    assertThat(folder.resolve("toys")).doesNotExist();
  }
}
