package io.github.qwop.report;

import io.github.qwop.game.web.Ghost;
import io.github.qwop.game.web.OpenPage;
import io.github.qwop.play.KeySequence;
import io.github.qwop.report.chart.Svg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An episode as one HTML file for any browser, without a network: it holds the game's kernel and the keys of every
 * update, and plays the game itself.
 */
public final class ReplayPage {

    private static final String TEMPLATE = "replay.html";
    private static final String SCRIPT = "replay.js";

    private ReplayPage() {}

    /**
     * The file's text; it plays as soon as it is opened.
     *
     * @param title what is played, for the page's title and heading
     * @param keys what is played, from the canonical start
     * @param ghost who runs beside it, from the same start
     */
    public static String html(String title, KeySequence keys, @Nullable Ghost ghost) {
        return html(title, keys, ghost, true);
    }

    /**
     * The file's text.
     *
     * @param title what is played, for the page's title and heading
     * @param keys what is played, from the canonical start
     * @param ghost who runs beside it, from the same start
     * @param playing whether it plays as soon as it is opened, or waits for its button
     */
    static String html(String title, KeySequence keys, @Nullable Ghost ghost, boolean playing) {
        return resource(TEMPLATE)
                .replace("@title@", Svg.escape(title))
                .replace("@style@", page("page.css"))
                .replace("@keys@", Ghost.runs(keys.keys()))
                .replace("@trigonometry@", keys.trigonometry().text())
                .replace("@ghost@", ghost == null ? "null" : ghost.json())
                .replace("@playing@", Boolean.toString(playing))
                .replace(
                        "@scripts@",
                        page("kernel.js") + "\n" + page("view.js") + "\n" + page("panel.js") + "\n" + page("ghost.js")
                                + "\n" + resource(SCRIPT));
    }

    private static String page(String name) {
        return new String(OpenPage.read(name), StandardCharsets.UTF_8);
    }

    static String resource(String name) {
        try (InputStream in = ReplayPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The file " + name + " is missing from the library.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
