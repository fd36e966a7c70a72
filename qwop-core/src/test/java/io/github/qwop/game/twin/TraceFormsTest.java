package io.github.qwop.game.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Game;
import io.github.qwop.game.GoldTrace;
import io.github.qwop.game.Keys;
import io.github.qwop.random.RandomStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of every form are read, whatever their names: those of the genuine game, written anew, and the twin's own. */
class TraceFormsTest {

    private static final List<String> PARTS = List.of(
            "torso",
            "head",
            "leftArm",
            "leftCalf",
            "leftFoot",
            "leftForearm",
            "leftThigh",
            "rightArm",
            "rightCalf",
            "rightFoot",
            "rightForearm",
            "rightThigh");
    private static final String RULES = "scoreTime,score,gameEnded,fallen,jumped,jumpLanded";
    private static final String BODIES = PARTS.stream()
            .flatMap(part -> List.of("x", "y", "angle", "vx", "vy").stream().map(value -> part + "." + value))
            .collect(Collectors.joining(","));
    private static final String VALUES = "," + RULES + "," + BODIES;

    private static final int STANDING = 40;
    private static final double HURDLE = 496;
    private static final double PIT = 990;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Twin twin = new Twin();
    private final TwinPlayer player = new TwinPlayer(twin);
    private final RandomStream random = RandomStream.of(1, "keys");

    /** The trace that is being written. */
    private final List<String> lines = new ArrayList<>();

    private GoldTrace trace() throws IOException {
        Path file = folder.resolve("any name.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        return GoldTrace.read(file);
    }

    private GoldTrace.Outcome replay() throws IOException {
        return trace().replay(new TwinPlayer(new Twin()));
    }

    private void assertAllEqual() throws IOException {
        GoldTrace.Outcome outcome = replay();
        assertThat(outcome.equal()).as(outcome.toString()).isEqualTo(lines.size() - 1);
    }

    private void genuine(String name) throws IOException {
        Path file = Path.of("src/test/resources/gold").resolve(name + ".csv.gz");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            lines.addAll(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    /** Writes every row but the header in another way. */
    private void rewrite(Function<List<String>, String> row) {
        lines.subList(1, lines.size()).replaceAll(line -> row.apply(List.of(line.split(",", -1))));
    }

    private static String joined(List<String> cells) {
        return String.join(",", cells);
    }

    private static int flag(boolean set) {
        return set ? 1 : 0;
    }

    private String rules() {
        return twin.scoreTime() + "," + twin.score() + "," + flag(twin.gameEnded()) + "," + flag(twin.fallen()) + ","
                + flag(twin.jumped()) + "," + flag(twin.jumpLanded());
    }

    private String bodies() {
        double[] bodies = new double[Game.BODY_VALUES];
        twin.readBodies(bodies, 0);
        return Arrays.stream(bodies).mapToObj(Double::toString).collect(Collectors.joining(","));
    }

    private void row(String... first) {
        lines.add(String.join(",", first) + "," + rules() + "," + bodies());
    }

    /** Writes so many updates with keys that change now and then; returns the last ones. */
    private int play(int updates, Function<Integer, String> first) {
        int keys = Keys.NONE;
        for (int frame = 1; frame <= updates; frame++) {
            keys = frame % 6 == 1 ? 1 + random.nextInt(Keys.COMBINATIONS - 1) : keys;
            twin.update(keys);
            row(first.apply(frame), Integer.toString(keys));
        }
        return keys;
    }

    @Test
    void keysHeldOverRestartsAreToldByTheFirstRow() throws IOException {
        genuine("soft_5");

        assertAllEqual();
    }

    @Test
    void restartsOfEveryKindInOneTrace() throws IOException {
        lines.add("episode,frame,keys" + VALUES);
        player.freshStart();
        row("0", "0", "0");
        int last = play(20, frame -> "0," + frame);
        twin.softReset(last);
        row("1", "0", "0");
        play(20, frame -> "1," + frame);
        twin.softReset(Keys.NONE);
        row("2", "0", "0");
        play(20, frame -> "2," + frame);
        twin.softReset(Keys.Q);
        row("3", "0", "1");
        last = play(20, frame -> "3," + frame);
        twin.softReset(last);
        play(20, frame -> "4," + frame);

        assertAllEqual();
    }

    @Test
    void theLengthOfAMoveIsToldByItsRow() throws IOException {
        genuine("hurd_1_dx496");

        assertAllEqual();
    }

    @Test
    void actionsInTheColumnOfFrames() throws IOException {
        genuine("hurd_1_dx496");
        lines.set(2, "T496" + lines.get(2).substring(1));
        lines.subList(3, lines.size()).replaceAll(line -> "1" + line.substring(line.indexOf(',')));

        assertAllEqual();
    }

    @Test
    void actionsInAColumnOfTheirOwn() throws IOException {
        genuine("soft_5");
        lines.set(0, lines.get(0).replace("episode,frame", "action"));
        rewrite(cells -> (cells.get(1).equals("0") ? "R" : "1") + "," + joined(cells.subList(2, cells.size())));

        assertAllEqual();
    }

    @Test
    void aFrameNumberThatFallsIsARestart() throws IOException {
        genuine("soft_1");
        lines.set(0, lines.get(0).replace("episode,", ""));
        rewrite(cells -> joined(cells.subList(1, cells.size())));

        assertAllEqual();
    }

    @Test
    void keysAsLettersAndColumnsInAnotherOrder() throws IOException {
        genuine("rand4_2");
        lines.set(0, lines.get(0).replace("frame,keys,", "") + ",keys,frame");
        rewrite(cells -> {
            int keys = Integer.parseInt(cells.get(1));
            String letters = (keys & Keys.Q) == 0 ? "" : "Q";
            letters += (keys & Keys.W) == 0 ? "" : "W";
            letters += (keys & Keys.O) == 0 ? "" : "O";
            letters += (keys & Keys.P) == 0 ? "" : "P";
            return joined(cells.subList(2, cells.size())) + "," + letters + "," + cells.get(0);
        });

        assertAllEqual();
    }

    @Test
    void flagsAsWordsOrNotAtAll() throws IOException {
        lines.add("frame,keys,fallen," + BODIES);
        player.freshStart();
        lines.add("0,0,false," + bodies());
        int keys = Keys.NONE;
        for (int frame = 1; frame <= 300; frame++) {
            keys = frame % 6 == 1 ? random.nextInt(Keys.COMBINATIONS) : keys;
            twin.update(keys);
            lines.add(frame + "," + keys + "," + twin.fallen() + "," + bodies());
        }

        assertThat(twin.fallen()).isTrue();
        assertAllEqual();
    }

    @Test
    void aClockThatBeganWithThePage() throws IOException {
        genuine("fall_1");
        double[] clock = {0.41712345};
        rewrite(cells -> {
            String now = Double.toString(clock[0]);
            boolean ended = cells.get(4).equals("1");
            clock[0] += ended ? 0 : 0.03333333333333333;
            return joined(cells.subList(0, 2)) + "," + now + "," + joined(cells.subList(3, cells.size()));
        });
        assertAllEqual();

        lines.set(2, lines.get(2).replace("," + (0.41712345 + 0.03333333333333333) + ",", ",0.41712345,"));
        assertThat(replay().firstDifference()).isEqualTo("line 3 (frame 1), columns [scoreTime]");
    }

    @Test
    void theCanonicalStart() throws IOException {
        lines.add("frame,keys" + VALUES);
        twin.reset();
        row("0", "0");
        play(60, frame -> "" + frame);

        assertAllEqual();
    }

    /** The restart's first row is the same; which of the two hurdle parts comes first in a contact is not. */
    @Test
    void aCanonicalStartThatARestartAgreesWithAtFirst() throws IOException {
        List<String> restarted = new ArrayList<>();
        for (boolean canonical : new boolean[] {false, true}) {
            restarted.addAll(lines);
            lines.clear();
            lines.add("episode,frame,keys" + VALUES);
            player.freshStart();
            row("0", "0", "0");
            twin.softReset(Keys.NONE);
            row("1", "0", "0");
            if (canonical) {
                player.freshStart();
            }
            twin.softReset(Keys.NONE);
            row("2", "0", "0");
            twin.shift(HURDLE);
            row("2", "0", "0");
            for (int frame = 1; frame <= 100; frame++) {
                twin.update(Keys.W | Keys.O);
                row("2", "" + frame, "WO");
            }
            assertAllEqual();
        }
        assertThat(lines.subList(0, 5)).isEqualTo(restarted.subList(0, 5));
        assertThat(lines).isNotEqualTo(restarted);
    }

    @Test
    void severalMovesAndMovesOnTheWay() throws IOException {
        lines.add("frame,keys" + VALUES);
        player.freshStart();
        row("0", "0");
        for (double dx : new double[] {480, 0.125, -3}) {
            twin.shift(dx);
            row("0", "0");
        }
        play(10, frame -> "" + frame);
        twin.shift(15);
        row("10", "0");
        play(10, frame -> "" + (10 + frame));

        assertAllEqual();
    }

    @Test
    void movesSleepAndRestartsByName() throws IOException {
        lines.add("frame,keys" + VALUES);
        player.freshStart();
        row("fresh", "0");
        play(STANDING, frame -> "1");
        player.sleep();
        row("Z", "0");
        twin.update(Keys.NONE);
        row("1", "0");
        int last = play(STANDING, frame -> "1");
        twin.shift(-12.5);
        row("T-12.5", "0");
        twin.softReset(last);
        row("R", "0");
        play(STANDING, frame -> "1");

        assertAllEqual();
    }

    @Test
    void namesBetweenNumbers() throws IOException {
        lines.add("frame,keys" + VALUES);
        twin.reset();
        twin.shift(PIT);
        row("T" + PIT, "0");
        play(10, frame -> "" + frame);
        player.sleep();
        row("Z", "0");
        twin.softReset(Keys.NONE);
        row("R", "0");
        play(10, frame -> "" + frame);

        assertAllEqual();
    }

    @Test
    void sleepByItsValues() throws IOException {
        lines.add("frame,keys" + VALUES);
        player.freshStart();
        row("0", "0");
        play(STANDING, frame -> "" + frame);
        player.sleep();
        row("" + STANDING, "0");
        play(STANDING, frame -> "" + (STANDING + frame));

        assertAllEqual();
    }

    @Test
    void aRowForSeveralUpdates() throws IOException {
        lines.add("frame,keys" + VALUES);
        twin.reset();
        row("0", "0");
        for (int frame = 4; frame <= 80; frame += 4) {
            twin.step(frame % 16 == 0 ? Keys.Q | Keys.P : Keys.W | Keys.O, 4);
            row("" + frame, frame % 16 == 0 ? "QP" : "WO");
        }

        assertAllEqual();
    }

    @Test
    void rowsAfterALanding() throws IOException {
        lines.add("frame,keys" + VALUES);
        player.freshStart();
        twin.shift(PIT + 20);
        row("T" + (PIT + 20), "0");
        for (int frame = 1; frame <= 60; frame++) {
            twin.update(Keys.NONE);
            row("" + frame, "0");
        }

        assertThat(twin.gameEnded()).isTrue();
        assertAllEqual();
    }

    @Test
    void aDifferenceIsToldByItsPlace() throws IOException {
        genuine("soft_2");
        int line = 300;
        String[] cells = lines.get(line - 1).split(",", -1);
        cells[9] = Double.toString(Math.nextUp(Double.parseDouble(cells[9])));
        lines.set(line - 1, String.join(",", cells));

        GoldTrace.Outcome outcome = replay();

        assertThat(outcome.equal()).isEqualTo(lines.size() - 2);
        assertThat(outcome.firstDifference())
                .isEqualTo("line 300 (episode %s, frame %s), columns [torso.x]", cells[0], cells[1]);
    }

    private void assertRefused(String why, String... written) {
        lines.clear();
        lines.addAll(List.of(written));
        assertThatThrownBy(this::trace)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The trace any name cannot be read: ")
                .hasMessageContaining(why)
                .hasMessageEndingWith(".");
    }

    @Test
    void otherFormsAreRefusedByName() throws IOException {
        String header = "frame,keys" + VALUES;
        player.freshStart();
        String row = "," + rules() + "," + bodies();
        assertRefused("its column torso.omega is none of", header + ",torso.omega", "0,0" + row + ",0");
        assertRefused("two columns keys", "frame,keys,keys" + VALUES, "0,0,0" + row);
        assertRefused("needs a column keys", "frame" + VALUES, "0" + row);
        assertRefused("needs a column keys and one of frame and action", "keys" + VALUES, "0" + row);
        assertRefused("lacks columns of the 12 parts", "frame,keys," + RULES, "0,0," + rules());
        assertRefused("no rows", header);
        assertRefused("line 3 has 67 cells, and the header 68", header, "0,0" + row, "1" + row);
        assertRefused("line 3 has the action \"jump\"", header, "0,0" + row, "jump,0" + row);
        assertRefused("line 2 has the keys \"16\"", header, "0,16" + row);
        assertRefused("line 2 has the keys \"left\"", header, "0,left" + row);
        assertRefused("line 2 has \"x\" under rightThigh.vy", header, "0,0" + row.substring(0, row.length() - 3) + "x");
        assertRefused("line 2 has \"NaN\" under score", header, "0,0,0,NaN,0,0,0,0," + bodies());
        assertRefused("line 2 has \"\" under score", header, "0,0,0,,0,0,0,0," + bodies());
        twin.update(Keys.Q);
        assertRefused(
                "line 3 has the number of the line before it, and its parts are not all moved by one length",
                header,
                "0,0" + row,
                "0,0," + rules() + "," + bodies());
        Path file = Files.writeString(folder.resolve("any name.csv.gz"), header);
        assertThatThrownBy(() -> GoldTrace.read(file)).hasMessageContaining("no gzipped text can be read from it");
    }
}
