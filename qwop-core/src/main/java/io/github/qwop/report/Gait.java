package io.github.qwop.report;

import io.github.qwop.game.Game;
import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.KeySequence;
import io.github.qwop.report.chart.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How an episode was run, in stick figures: the whole way, every so many updates, and its fastest moment closely. */
final class Gait {

    /** Units above the track that a picture shows. */
    private static final double HEADROOM = 17;

    private static final double METRES_PER_FIGURE = 1.3;
    private static final int FEWEST_FIGURES = 8;
    private static final int CLOSE_UPDATES = 60;
    private static final int CLOSE_STRIDE = 4;
    private static final double CLOSE_SPACING = 62;

    /** On both sides of a picture whose figures are set apart: a limb reaches that much farther. */
    private static final double CLOSE_MARGIN = 20;

    /** Units that a figure is from the one before at least, or they lie on top of each other. */
    private static final double APART = 7;

    /** Updates whose keys stand in a row on paper. */
    private static final int KEY_ROW = 20 * Units.UPDATES_PER_SECOND;

    private static final double KEY_ROW_SCALE = 1.1;
    private static final double TIMELINE_SCALE = 0.8;

    /** Units of the track in a row on paper. */
    private static final double ROW = 210;

    private static final double STRIP_SCALE = 3.4;
    private static final double MARGIN = 12;

    /** First value in a state and half length of each limb: the far side's, then the near side's. */
    private static final double[][] FAR = {{10, 1.85}, {25, 1.75}, {30, 2.2}, {15, 2.2}, {20, 1.2}};

    private static final double[][] NEAR = {{35, 1.7}, {50, 2.0}, {55, 2.3}, {40, 2.2}, {45, 1.2}};
    private static final double TORSO_HALF = 3;
    private static final int HEAD = 5;
    private static final double HEAD_RADIUS = 1.25;

    private final byte[] keys;
    private final List<double[]> states = new ArrayList<>();

    /**
     * Plays an episode.
     *
     * @param sequence what is played, from the canonical start
     */
    Gait(KeySequence sequence) {
        keys = sequence.keys();
        try (Game twin = new Twin(sequence.trigonometry())) {
            twin.reset();
            for (byte held : keys) {
                twin.step(held, 1);
                double[] bodies = new double[Game.BODY_VALUES];
                twin.readBodies(bodies, 0);
                states.add(bodies);
            }
        }
    }

    /** Whether there is anything to draw. */
    boolean isEmpty() {
        return states.isEmpty();
    }

    /** Updates between the figures of {@link #strip}. */
    int stride() {
        double far = states.stream().mapToDouble(state -> state[0]).max().orElse(0) / Units.PER_METRE;
        int byDistance = (int) Math.round(states.size() * METRES_PER_FIGURE / Math.max(far, METRES_PER_FIGURE));
        return Math.max(1, Math.min(byDistance, states.size() / FEWEST_FIGURES));
    }

    /** The whole episode: figures where they were on the track, every {@link #stride} updates. */
    String strip() {
        return strip(low(), high(), 0);
    }

    /** The same in rows that fit on paper, which cannot be scrolled. */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        double far = drawn().stream().mapToDouble(i -> states.get(i)[0]).max().orElse(0);
        for (double low = low(); low <= far; low += ROW) {
            rows.add(strip(low, low + ROW, rows.size() + 1));
        }
        return rows;
    }

    private double low() {
        return states.stream().mapToDouble(state -> state[0]).min().orElse(0) - MARGIN;
    }

    private double high() {
        return states.stream().mapToDouble(state -> state[0]).max().orElse(0) + MARGIN;
    }

    /** A part of the track, between two places in units; numbered if it is a row. */
    private String strip(double low, double high, int number) {
        double scale = STRIP_SCALE;
        double top = Units.SURFACE - HEADROOM;
        double ground = HEADROOM * scale + 14;
        int stride = stride();
        Svg svg = new Svg(
                number == 0 ? "strip" : "strip row",
                (high - low) * scale,
                ground + 22,
                "The best episode in stick figures" + (number == 0 ? "" : ", row " + number),
                String.format(
                        Locale.ROOT,
                        "One figure every %d updates (%.1f s of play), from the start to %.1f m.",
                        stride,
                        (double) stride / Units.UPDATES_PER_SECOND,
                        states.get(states.size() - 1)[0] / Units.PER_METRE),
                size((high - low) * scale, ground + 22));
        svg.line("ground", 0, ground, (high - low) * scale, ground);
        for (int metre = (int) Math.ceil(low / Units.PER_METRE); metre * Units.PER_METRE <= high; metre++) {
            double at = (metre * Units.PER_METRE - low) * scale;
            boolean labelled = metre % 5 == 0;
            svg.line("axis", at, ground, at, ground + (labelled ? 6 : 3));
            if (labelled) {
                svg.text("tick x", at, ground + 18, metre + " m");
            }
        }
        List<Integer> drawn = drawn();
        for (int figure = 0; figure < drawn.size(); figure++) {
            int i = drawn.get(figure);
            double[] state = states.get(i);
            if (state[0] < low || state[0] >= high) {
                continue;
            }
            svg.raw(figure(state, scale, -low * scale, 14 - top * scale));
            if (figure % 5 == 0) {
                svg.text("time", (state[0] - low) * scale, 9, Figures.of((i + 1.0) / Units.UPDATES_PER_SECOND, 1, "s"));
            }
        }
        return svg.end();
    }

    /**
     * The updates whose figures are drawn: every {@link #stride} and the last, but none where the runner has hardly
     * moved since.
     */
    private List<Integer> drawn() {
        int stride = stride();
        double apart = Math.min(APART, (high() - low() - 2 * MARGIN) / FEWEST_FIGURES);
        List<Integer> drawn = new ArrayList<>();
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < states.size(); i++) {
            double at = states.get(i)[0];
            if ((i % stride == 0 || i == states.size() - 1) && Math.abs(at - before) >= apart) {
                drawn.add(i);
                before = at;
            }
        }
        return drawn;
    }

    /** The update at which the fastest two seconds begin. */
    private int fastest() {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i + CLOSE_UPDATES < states.size(); i++) {
            double gained = states.get(i + CLOSE_UPDATES)[0] - states.get(i)[0];
            if (gained > most) {
                most = gained;
                best = i;
            }
        }
        return best;
    }

    /** What {@link #close} shows, for its caption. */
    String closeCaption() {
        int from = fastest();
        int to = Math.min(from + CLOSE_UPDATES, states.size() - 1);
        return String.format(
                Locale.ROOT,
                "The fastest two seconds of play: %.1f m between %.2f s and %.2f s, a figure every %d updates, set apart"
                        + " evenly; below each, the keys held.",
                (states.get(to)[0] - states.get(from)[0]) / Units.PER_METRE,
                (from + 1.0) / Units.UPDATES_PER_SECOND,
                (to + 1.0) / Units.UPDATES_PER_SECOND,
                CLOSE_STRIDE);
    }

    /** The fastest two seconds, figure by figure. */
    String close() {
        double scale = 4.6;
        int from = fastest();
        int to = Math.min(from + CLOSE_UPDATES, states.size() - 1);
        double width = ((to - from) / CLOSE_STRIDE + 1) * CLOSE_SPACING + 2 * CLOSE_MARGIN;
        double ground = HEADROOM * scale + 4;
        Svg svg = new Svg(
                "strip",
                width,
                ground + 34,
                "The fastest two seconds in stick figures",
                closeCaption(),
                size(width, ground + 34));
        svg.line("ground", 0, ground, width, ground);
        int figure = 0;
        for (int i = from; i <= to; i += CLOSE_STRIDE) {
            double[] state = states.get(i);
            double middle = CLOSE_MARGIN + (figure + 0.5) * CLOSE_SPACING;
            svg.raw(figure(state, scale, middle - state[0] * scale, 4 - (Units.SURFACE - HEADROOM) * scale));
            svg.text("tick x", middle, ground + 15, names(keys[i]))
                    .text("time", middle, ground + 28, Figures.of((i + 1.0) / Units.UPDATES_PER_SECOND, 2, "s"));
            figure++;
        }
        return svg.end();
    }

    /** Which keys were held when, one lane each. */
    String timeline() {
        return timeline(0, keys.length, Math.max(keys.length * TIMELINE_SCALE, 200), TIMELINE_SCALE, "");
    }

    /** The same in rows that fit on paper. */
    List<String> timelineRows() {
        List<String> rows = new ArrayList<>();
        for (int from = 0; from < keys.length; from += KEY_ROW) {
            int to = Math.min(from + KEY_ROW, keys.length);
            rows.add(timeline(from, to, KEY_ROW * KEY_ROW_SCALE, KEY_ROW_SCALE, ", row " + (rows.size() + 1)));
        }
        return rows;
    }

    /** The keys from one update until before another, in so many pixels, and so many an update. */
    private String timeline(int from, int to, double length, double perUpdate, String row) {
        double left = 22;
        double lane = 20;
        double width = left + length + 14;
        double bottom = 4 * lane + 4;
        Svg svg = new Svg(
                row.isEmpty() ? "keys" : "keys row",
                width,
                bottom + 24,
                "Key timeline of the best episode" + row,
                held(),
                size(width, bottom + 24));
        int seconds = to / Units.UPDATES_PER_SECOND;
        for (int second = from / Units.UPDATES_PER_SECOND; second <= seconds; second++) {
            double at = left + (second * Units.UPDATES_PER_SECOND - from) * perUpdate;
            svg.line(second % 5 == 0 ? "grid" : "grid faint", at, 2, at, bottom);
            if (second % 5 == 0) {
                svg.text("tick x", at, bottom + 15, second + " s");
            }
        }
        for (int bit = 0; bit < 4; bit++) {
            double top = bit * lane + 5;
            svg.text("key", 4, top + 12, String.valueOf("QWOP".charAt(bit)))
                    .raw("<path class=\"held s" + bit + "\" d=\"" + presses(bit, from, to, left, top, perUpdate)
                            + "\"/>");
        }
        return svg.end();
    }

    private String presses(int bit, int from, int to, double left, double top, double perUpdate) {
        StringBuilder path = new StringBuilder();
        int i = from;
        while (i < to) {
            int end = i;
            while (end < to && (keys[end] >> bit & 1) != 0) {
                end++;
            }
            if (end > i) {
                path.append('M')
                        .append(Svg.number(left + (i - from) * perUpdate))
                        .append(' ')
                        .append(Svg.number(top))
                        .append('h')
                        .append(Svg.number((end - i) * perUpdate))
                        .append("v14h")
                        .append(Svg.number((i - end) * perUpdate))
                        .append('z');
            }
            i = end + 1;
        }
        return path.toString();
    }

    private String held() {
        StringBuilder text = new StringBuilder("Held of the time:");
        for (int bit = 0; bit < 4; bit++) {
            int count = 0;
            for (byte mask : keys) {
                count += mask >> bit & 1;
            }
            text.append(bit == 0 ? " " : ", ")
                    .append("QWOP".charAt(bit))
                    .append(' ')
                    .append(Figures.share((double) count / Math.max(1, keys.length)));
        }
        return text.append('.').toString();
    }

    private static String names(int mask) {
        StringBuilder names = new StringBuilder();
        for (int bit = 0; bit < 4; bit++) {
            names.append((mask >> bit & 1) != 0 ? "QWOP".charAt(bit) : '·');
        }
        return names.toString();
    }

    /** A strip is as long as its episode, and scrolls. */
    private static String size(double width, double height) {
        return "width=\"" + Svg.number(width) + "\" height=\"" + Svg.number(height) + "\"";
    }

    private static String figure(double[] state, double scale, double dx, double dy) {
        return "<path class=\"far\" d=\"" + limbs(state, FAR, scale, dx, dy) + "\"/><path class=\"torso\" d=\""
                + limb(state, 0, TORSO_HALF, scale, dx, dy) + "\"/><path class=\"near\" d=\""
                + limbs(state, NEAR, scale, dx, dy) + "\"/><circle class=\"head\" r=\""
                + Svg.number(HEAD_RADIUS * scale) + "\" cx=\"" + Svg.number(state[HEAD] * scale + dx) + "\" cy=\""
                + Svg.number(state[HEAD + 1] * scale + dy) + "\"/>";
    }

    private static String limbs(double[] state, double[][] limbs, double scale, double dx, double dy) {
        StringBuilder path = new StringBuilder();
        for (double[] limb : limbs) {
            path.append(limb(state, (int) limb[0], limb[1], scale, dx, dy));
        }
        return path.toString();
    }

    private static String limb(double[] state, int at, double half, double scale, double dx, double dy) {
        double x = Math.cos(state[at + 2]) * half;
        double y = Math.sin(state[at + 2]) * half;
        return "M" + Svg.number((state[at] - x) * scale + dx) + " " + Svg.number((state[at + 1] - y) * scale + dy) + "L"
                + Svg.number((state[at] + x) * scale + dx) + " " + Svg.number((state[at + 1] + y) * scale + dy);
    }
}
