package io.github.qwop.game.page;

import io.github.qwop.game.Game;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** A trace of the genuine game, measured elsewhere: one row per update. */
record GoldTrace(String name, List<Row> rows) {

    /** The traces that have an {@code episode} column begin with this. */
    private static final String SOFT = "soft_";

    /** Values before a row's bodies in a trace without {@code episode} column. */
    private static final int HEAD = 8;

    /**
     * One row.
     *
     * @param scoreTime NaN where the trace leaves it out
     * @param flags gameEnded, fallen, jumped, jumpLanded
     * @param bodies 60 values
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(int episode, int frame, int keys, double scoreTime, double score, List<Boolean> flags, double[] bodies) {

        /** Whether a game is in exactly this state; zeros of both signs are equal, as in the traces. */
        boolean equals(Game game, double[] scratch) {
            game.readBodies(scratch, 0);
            for (int i = 0; i < bodies.length; i++) {
                if (bodies[i] != scratch[i]) {
                    return false;
                }
            }
            return game.score() == score
                    && (Double.isNaN(scoreTime) || game.scoreTime() == scoreTime)
                    && flags.equals(List.of(game.gameEnded(), game.fallen(), game.jumped(), game.jumpLanded()));
        }
    }

    /** Reads a trace from the test resources. */
    static GoldTrace read(String name) {
        String resource = "/gold/" + name + ".csv.gz";
        boolean soft = name.startsWith(SOFT);
        try (InputStream in = Objects.requireNonNull(GoldTrace.class.getResourceAsStream(resource), resource);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            return new GoldTrace(
                    name, lines.lines().skip(1).map(line -> row(line, soft)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line, boolean soft) {
        String[] cells = (soft ? line : "0," + line).split(",", -1);
        double[] bodies = Arrays.stream(cells, HEAD + 1, cells.length)
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Row(
                Integer.parseInt(cells[0]),
                Integer.parseInt(cells[1]),
                Integer.parseInt(cells[2]),
                cells[3].isEmpty() ? Double.NaN : Double.parseDouble(cells[3]),
                Double.parseDouble(cells[4]),
                Arrays.stream(cells, 5, HEAD + 1).map("1"::equals).toList(),
                bodies);
    }

    /** Plays this trace in a game and counts the rows at which the game's state equals the trace's. */
    int countEqualRows(GenuineGame game) {
        double[] scratch = new double[Game.BODY_VALUES];
        int equal = 0;
        int keys = 0;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.frame() > 0) {
                keys = row.keys();
                game.update(keys);
            } else if (i == 0) {
                game.freshStart();
            } else if (row.episode() > rows.get(i - 1).episode()) {
                // In soft_5 the last episode's keys are still held when the game is reset.
                game.softReset(name.equals("soft_5") ? keys : 0);
            } else {
                game.shift(shift());
            }
            equal += row.equals(game, scratch) ? 1 : 0;
        }
        return equal;
    }

    /** By how much a trace called {@code …_dxN} moves the runner: N. */
    private double shift() {
        return Double.parseDouble(name.substring(name.indexOf("_dx") + "_dx".length()));
    }
}
