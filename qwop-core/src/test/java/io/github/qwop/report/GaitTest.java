package io.github.qwop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.Recording;
import io.github.qwop.game.Game;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.KeyLog;
import io.github.qwop.play.KeySequence;
import io.github.qwop.play.Replayer;
import io.github.qwop.run.RecordingFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The pictures of the committed run of the search. */
class GaitTest {

    private static final Path COMMITTED = Path.of("..", "examples", "speedrun", "run.qwop");

    @SuppressWarnings("NullAway.Init")
    private static KeySequence keys;

    @SuppressWarnings("NullAway.Init")
    private static Gait gait;

    @BeforeAll
    static void play() throws Exception {
        Recording recording = RecordingFile.read(COMMITTED);
        try (Game twin = new Twin(recording.trigonometry())) {
            KeyLog log = new KeyLog(twin);
            Replayer.play(recording, log);
            keys = new KeySequence(log.keys(), recording.trigonometry());
            gait = new Gait(keys);
        }
    }

    /** The x of every point of a path. */
    private static List<Double> across(Element path) {
        return Arrays.stream(path.getAttribute("d").split("[ML]"))
                .filter(point -> !point.isEmpty())
                .map(point -> Double.valueOf(point.substring(0, point.indexOf(' '))))
                .toList();
    }

    private static List<Double> torsos(Document svg) {
        return Markup.withClass(svg, "path", "torso").stream()
                .map(torso ->
                        across(torso).stream().mapToDouble(x -> x).average().orElseThrow())
                .toList();
    }

    @Test
    void noTwoFiguresLieOnTopOfEachOther() {
        List<Double> torsos = torsos(Markup.parse(gait.strip()));
        assertThat(torsos).hasSizeGreaterThan(60);
        for (int i = 1; i < torsos.size(); i++) {
            // Seven units, 3.4 pixels each, to a tenth of a pixel.
            assertThat(Math.abs(torsos.get(i) - torsos.get(i - 1))).isGreaterThan(23.7);
        }
    }

    @Test
    void theGroundOfTheFastestTwoSecondsIsUnderEveryFoot() {
        Document svg = Markup.parse(gait.close());
        Element ground = Markup.withClass(svg, "line", "ground").get(0);
        double end = Double.parseDouble(ground.getAttribute("x2"));
        for (String side : List.of("near", "far")) {
            for (Element limbs : Markup.withClass(svg, "path", side)) {
                assertThat(across(limbs)).allSatisfy(x -> assertThat(x).isBetween(0.0, end));
            }
        }
    }

    @Test
    void theCaptionOfTheFastestTwoSecondsSaysWhenItsFiguresAre() {
        List<String> times = Markup.withClass(Markup.parse(gait.close()), "text", "time").stream()
                .map(Element::getTextContent)
                .toList();
        assertThat(gait.closeCaption()).contains("between " + times.get(0) + " and " + times.get(times.size() - 1));
    }

    @Test
    void onPaperTheKeysStandInRowsOfTwentySeconds() {
        List<Document> rows = gait.timelineRows().stream().map(Markup::parse).toList();
        assertThat(rows).hasSize((keys.keys().length + 599) / 600);
        assertThat(Markup.withClass(rows.get(1), "text", "tick"))
                .extracting(Element::getTextContent)
                .startsWith("20 s", "25 s");
        for (int bit = 0; bit < 4; bit++) {
            double held = 0;
            for (Document row : rows) {
                held += held(Markup.withClass(row, "path", "s" + bit).get(0)) / 1.1;
            }
            double onScreen = held(Markup.withClass(Markup.parse(gait.timeline()), "path", "s" + bit)
                            .get(0))
                    / 0.8;
            assertThat(held).isCloseTo(onScreen, within(0.02 * onScreen));
        }
    }

    /** How many pixels of a lane are coloured. */
    private static double held(Element lane) {
        return Arrays.stream(lane.getAttribute("d").split("M"))
                .filter(press -> !press.isEmpty())
                .mapToDouble(press -> Double.parseDouble(press.replaceFirst(".*?h([0-9.]+)v.*", "$1")))
                .sum();
    }
}
