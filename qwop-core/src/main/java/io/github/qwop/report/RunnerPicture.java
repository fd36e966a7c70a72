package io.github.qwop.report;

import io.github.qwop.game.Game;
import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.web.OpenPage;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment of the game as a picture, as the page's {@code view.js} draws it by day, without any browser. Distance, time
 * and keys stand in a strip above the view, where the runner does not come.
 */
final class RunnerPicture {

    static final int WIDTH = 480;
    static final int HEIGHT = 300;

    /** Height of the strip above the view. */
    static final int STRIP = 34;

    // In units, as in view.js.
    private static final double SEEN_WIDTH = 26;
    private static final double SEEN_HEIGHT = 23;
    private static final double TRACK_DEPTH = 5;
    private static final double HEADROOM = 7;
    private static final double SAND_PIT = Units.FINISH * Units.PER_METRE;
    private static final double TAKE_OFF = 989;
    private static final int LABEL_EVERY_METRES = 5;

    private static final int VIEW = HEIGHT - STRIP;
    private static final double SCALE = Math.min(WIDTH / SEEN_WIDTH, VIEW / SEEN_HEIGHT);

    /** Colours by their names in {@code page.css}, whose first list is the one by day. */
    private static final Map<String, Color> COLOURS = colours();

    /** First value in a state, half width, half height and colour of each part, the far side first. */
    private static final Part[] PARTS = {
        new Part(10, 1.85, 0.625, "skin-far"),
        new Part(25, 1.75, 0.55, "skin-far"),
        new Part(15, 2.5, 0.75, "skin-far"),
        new Part(30, 2.525, 1, "shorts-far"),
        new Part(20, 1.35, 0.675, "shoe-far"),
        new Part(0, 3.275, 1.425, "shirt"),
        new Part(5, 1.075, 1.325, "skin"),
        new Part(40, 2.5, 0.75, "skin"),
        new Part(55, 2.65, 1, "shorts"),
        new Part(45, 1.35, 0.725, "shoe"),
        new Part(50, 2.225, 0.675, "skin"),
        new Part(35, 1.95, 0.75, "skin"),
    };

    private static final int HEAD = 5;

    private record Part(int at, double halfWidth, double halfHeight, String colour) {}

    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Font words = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private final Font figures = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private final double[] bodies = new double[Game.BODY_VALUES];
    private final double[] hurdle = new double[6];

    /**
     * Draws a moment.
     *
     * @param keys mask of the keys held
     * @param pace how many times faster than play it is shown, at least 1
     * @return the same image at each call
     */
    BufferedImage draw(Twin twin, int keys, int pace) {
        twin.readBodies(bodies, 0);
        twin.readHurdle(hurdle, 0);
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            strip(g, twin, keys, pace);
            g.clipRect(0, STRIP, WIDTH, VIEW);
            g.translate(0, STRIP);
            view(g);
        } finally {
            g.dispose();
        }
        return image;
    }

    private static Color colour(String name) {
        return COLOURS.getOrDefault(name, Color.MAGENTA);
    }

    private static Map<String, Color> colours() {
        String css = new String(OpenPage.read("page.css"), StandardCharsets.UTF_8);
        Matcher matcher = Pattern.compile("--([a-z-]+): *(#[0-9a-f]{6});").matcher(css.substring(0, css.indexOf('}')));
        Map<String, Color> colours = new HashMap<>();
        while (matcher.find()) {
            colours.put(matcher.group(1), Color.decode(matcher.group(2)));
        }
        return colours;
    }

    private void strip(Graphics2D g, Twin twin, int keys, int pace) {
        g.setColor(colour("panel"));
        g.fillRect(0, 0, WIDTH, STRIP);
        String landed = twin.fallen() ? "Fell at" : "Distance";
        double at = word(g, 12, twin.jumpLanded() ? "Landed at" : landed);
        figure(g, at + 5, String.format(Locale.ROOT, "%.1f m", twin.score()));
        at = word(g, 185, "Time");
        figure(g, at + 5, String.format(Locale.ROOT, "%.1f s", twin.scoreTime()));
        if (pace > 1) {
            word(g, 300, pace + "×");
        }
        for (int bit = 0; bit < 4; bit++) {
            key(g, WIDTH - 4 * 31 + 31 * bit, "QWOP".charAt(bit), (keys >> bit & 1) != 0);
        }
    }

    private double word(Graphics2D g, double x, String word) {
        g.setFont(words);
        g.setColor(colour("muted"));
        g.drawString(word, (float) x, STRIP - 12f);
        return x + g.getFontMetrics().stringWidth(word);
    }

    private void figure(Graphics2D g, double x, String figure) {
        g.setFont(figures);
        g.setColor(colour("text"));
        g.drawString(figure, (float) x, STRIP - 12f);
    }

    private void key(Graphics2D g, int x, char name, boolean held) {
        RoundRectangle2D cap = new RoundRectangle2D.Double(x + 0.5, 6.5, 25, 21, 8, 8);
        g.setColor(colour(held ? "held" : "panel"));
        g.fill(cap);
        g.setColor(colour(held ? "held" : "muted"));
        g.draw(cap);
        g.setFont(figures);
        g.setColor(colour(held ? "held-text" : "text"));
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(String.valueOf(name), x + 13 - metrics.charWidth(name) / 2, 23);
    }

    private void view(Graphics2D g) {
        double left = bodies[0] - 0.42 * WIDTH / SCALE;
        double bottom = Units.SURFACE + Math.min(TRACK_DEPTH, 0.2 * VIEW / SCALE);
        double top = Math.min(bottom - VIEW / SCALE, bodies[1] - HEADROOM);
        double right = left + WIDTH / SCALE;
        g.setColor(colour("sky"));
        g.fillRect(0, 0, WIDTH, VIEW);
        AffineTransform screen = g.getTransform();
        g.scale(SCALE, SCALE);
        g.translate(-left, -top);
        hills(g, left, right, 0.25, 6.5, 17, "hill");
        hills(g, left, right, 0.5, 3.5, 11, "hill-near");
        track(g, left, right, top + VIEW / SCALE);
        place(g, hurdle, 0, () -> fill(g, "wood", -1.675, -0.3, 3.35, 0.6));
        place(g, hurdle, 3, () -> {
            fill(g, "wood", -0.2, -3.65, 0.4, 7.3);
            fill(g, "line", -0.5375, -3.65, 1.075, 1.3);
        });
        for (Part part : PARTS) {
            place(g, bodies, part.at, () -> limb(g, part));
        }
        g.setTransform(screen);
        labels(g, left, top, right);
    }

    /** Rolling hills that move slower than the track: pace is how fast they pass by, 1 for the track's own speed. */
    private static void hills(
            Graphics2D g, double left, double right, double pace, double high, double wide, String colour) {
        double passed = left * (1 - pace);
        Path2D hills = new Path2D.Double();
        hills.moveTo(left, Units.SURFACE);
        for (double x = left; x <= right + 1; x += 0.5) {
            double along = (x - passed) / wide;
            hills.lineTo(
                    x,
                    Units.SURFACE
                            - high * (0.62 + 0.25 * StrictMath.sin(along) + 0.13 * StrictMath.sin(2.3 * along + 1)));
        }
        hills.lineTo(right + 1, Units.SURFACE);
        g.setColor(colour(colour));
        g.fill(hills);
    }

    private static void track(Graphics2D g, double left, double right, double bottom) {
        double deep = bottom - Units.SURFACE;
        fill(g, "track", left, Units.SURFACE, right - left, deep);
        fill(g, "track-edge", left, Units.SURFACE, right - left, 0.25);
        fill(g, "line", -0.15, Units.SURFACE, 0.3, 1.25);
        if (right > TAKE_OFF) {
            fill(g, "line", TAKE_OFF, Units.SURFACE, SAND_PIT - TAKE_OFF, 0.4);
            fill(g, "sand", SAND_PIT, Units.SURFACE, Math.max(0, right - SAND_PIT), deep);
            sand(g, left, right);
        }
        fill(g, "wood", -46.27125, -5.36875, 12.55, 14.95);
        int last = (int) Math.min(Math.ceil(right / Units.PER_METRE), Units.FINISH);
        for (int metre = (int) Math.floor(left / Units.PER_METRE); metre <= last; metre++) {
            boolean labelled = metre % LABEL_EVERY_METRES == 0;
            fill(g, "line", metre * Units.PER_METRE - 0.06, Units.SURFACE + 0.25, 0.12, labelled ? 1 : 0.5);
        }
    }

    private static void sand(Graphics2D g, double left, double right) {
        for (int i = (int) Math.max(0, Math.floor(left - SAND_PIT)); i < right - SAND_PIT; i++) {
            for (int row = 0; row < 4; row++) {
                // Scattered, but the same grain at the same place in every picture.
                fill(
                        g,
                        "sand-grain",
                        SAND_PIT + i + (i * 7 + row * 5) % 11 / 11.0,
                        Units.SURFACE + 0.5 + row + (i * 5 + row * 3) % 7 / 9.0,
                        0.16,
                        0.16);
            }
        }
    }

    /** The marks' names, on whole pixels, where letters keep their shape while the track passes. */
    private void labels(Graphics2D g, double left, double top, double right) {
        g.setFont(words);
        g.setColor(colour("line"));
        FontMetrics metrics = g.getFontMetrics();
        int first = (int) Math.floor(left / Units.PER_METRE / LABEL_EVERY_METRES) * LABEL_EVERY_METRES;
        int last = (int) Math.min(Math.ceil(right / Units.PER_METRE), Units.FINISH);
        int y = (int) Math.round((Units.SURFACE + 1.5 - top) * SCALE) + metrics.getAscent();
        for (int metre = first; metre <= last; metre += LABEL_EVERY_METRES) {
            String label = metre + " m";
            int width = metrics.stringWidth(label);
            int x = (int) Math.round((metre * Units.PER_METRE - left) * SCALE);
            // The last label stands before the sand, not half in it.
            g.drawString(label, metre == Units.FINISH ? x - width - 4 : x - width / 2, y);
        }
    }

    private static void limb(Graphics2D g, Part part) {
        double w = part.halfWidth;
        double h = part.halfHeight;
        double round = 2 * Math.min(w, h);
        g.setColor(colour(part.colour));
        g.fill(new RoundRectangle2D.Double(-w, -h, 2 * w, 2 * h, round, round));
        if (part.at == HEAD) {
            g.setColor(colour("hair"));
            g.fill(new Arc2D.Double(-w, -0.35 - w, 2 * w, 2 * w, 0, 180, Arc2D.CHORD));
            fill(g, "line", -w, -0.5, 2 * w, 0.3);
            fill(g, "hair", 0.45, -0.05, 0.28, 0.34);
        }
    }

    private static void place(Graphics2D g, double[] state, int at, Runnable drawing) {
        AffineTransform before = g.getTransform();
        g.translate(state[at], state[at + 1]);
        g.rotate(state[at + 2]);
        drawing.run();
        g.setTransform(before);
    }

    private static void fill(Graphics2D g, String colour, double x, double y, double width, double height) {
        g.setColor(colour(colour));
        g.fill(new Rectangle2D.Double(x, y, width, height));
    }
}
