package io.github.qwop.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Rules;
import io.github.qwop.game.Trigonometry;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text forms: what is written is read again, and what cannot be read is refused with a sentence. */
class FormsTest {

    @Test
    void actionSets() {
        for (String text : List.of("full", "reduced", "distinct", "none,Q,WO,QWOP")) {
            assertThat(ActionSet.parse(text)).hasToString(text);
        }
        assertThat(ActionSet.parse("NONE, wo , pq")).hasToString("none,WO,QP");
        assertThat(ActionSet.parse("none,Q,W,O,P,QO,QP,WO,WP")).hasToString("distinct");
        for (String text : List.of("", "Q", "none,none", "none,X", "none,QQ", "most")) {
            assertThatThrownBy(() -> ActionSet.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("actionSet is \"" + text + "\": give distinct, full, reduced");
        }
    }

    @Test
    void startNoise() {
        for (String text : List.of("none", "idle:1", "random:60")) {
            assertThat(StartNoise.parse(text)).hasToString(text);
        }
        for (String text : List.of("idle", "idle:0", "random:61", "some:3", "random:x", "none:7")) {
            assertThatThrownBy(() -> StartNoise.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("startNoise is \"")
                    .hasMessageContaining("such as idle:10");
        }
    }

    @Test
    void environmentsRefuseWhatCannotBe() {
        assertThatThrownBy(() -> new EnvSpec(0, ActionSet.FULL, false, 0, 1, 1, 1, StartNoise.NOTHING))
                .hasMessageContaining("framesPerStep is 0: give 1 to 120");
        assertThatThrownBy(() -> new EnvSpec(1, ActionSet.FULL, false, -1, 1, 1, 1, StartNoise.NOTHING))
                .hasMessageContaining("maxEpisodeSteps is -1");
        assertThatThrownBy(() -> new EnvSpec(1, ActionSet.FULL, false, 0, Double.NaN, 1, 1, StartNoise.NOTHING))
                .hasMessageContaining("failureCost is NaN");
    }

    /** Who decides twice as often may do so twice as often, and begins where the others begin. */
    @Test
    void anotherPolicyPlaysFromTheSameStartsForAsLong() {
        EnvSpec here = new EnvSpec(4, ActionSet.REDUCED, false, 999, 10, 50, 10, StartNoise.parse("random:10"));
        EnvSpec there = new EnvSpec(2, ActionSet.FULL, false, 50, 0, 0, 0, StartNoise.NOTHING);

        assertThat(here.playedBy(there))
                .isEqualTo(new EnvSpec(2, ActionSet.FULL, false, 1998, 10, 50, 10, StartNoise.parse("random:10")));
        assertThat(there.playedBy(here).maxEpisodeSteps()).isEqualTo(25);
        assertThat(here.playedBy(here)).isEqualTo(here);
    }

    @Property(tries = 100)
    void recordingsAreReadAsTheyWereWritten(
            @ForAll @Size(max = 60) List<@IntRange(max = 9) Integer> actions, @ForAll double distance)
            throws IOException {
        byte[] bytes = new byte[actions.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = actions.get(i).byteValue();
        }
        Recording recording = new Recording(
                4, ActionSet.REDUCED, StartNoise.parse("random:3"), Recording.NO_RANDOM, bytes, distance, 12.5, true);
        assertThat(RecordingFormat.read(RecordingFormat.write(recording))).isEqualTo(recording);
    }

    @Test
    void aRecordingTellsItsSineAndItsRules() throws IOException {
        Recording fdlibm = recording(Trigonometry.FDLIBM, Rules.VERSION);
        Recording glibc = recording(Trigonometry.GLIBC, 1);

        assertThat(RecordingFormat.write(fdlibm)).startsWith("qwop-recording 1\nrules: 2\nframesPerStep");
        assertThat(RecordingFormat.write(glibc)).startsWith("qwop-recording 2\nrules: 1\ntrigonometry: glibc\n");
        assertThat(RecordingFormat.read(RecordingFormat.write(glibc)))
                .isEqualTo(glibc)
                .isNotEqualTo(fdlibm);
        assertThat(glibc.spec().trigonometry()).isEqualTo(Trigonometry.GLIBC);
        assertThat(RecordingFormat.read(RecordingFormat.write(fdlibm).replace("rules: 2\n", ""))
                        .rules())
                .as("recordings from before versions are of the first rules")
                .isEqualTo(Rules.FIRST);
        assertThatThrownBy(
                        () -> RecordingFormat.read(RecordingFormat.write(glibc).replace("y: glibc", "y: musl")))
                .hasMessageContaining("trigonometry is \"musl\": give fdlibm or glibc.");
    }

    @Test
    void aRecordingTellsWhatItsStartWasDrawnFor() throws IOException {
        Recording unknown = recording(Trigonometry.FDLIBM, Rules.VERSION);
        Recording test = unknown.of(Split.TEST);
        String text = RecordingFormat.write(test);

        assertThat(text).startsWith("qwop-recording 3\nrules: 2\ntrigonometry: fdlibm\nsplit: test\nframesPerStep");
        assertThat(RecordingFormat.read(text)).isEqualTo(test).isNotEqualTo(unknown);
        assertThat(RecordingFormat.read(RecordingFormat.write(unknown)).split())
                .as("recordings of before")
                .isEqualTo(Split.UNKNOWN);
        assertThatThrownBy(() -> RecordingFormat.read(text.replace("split: test", "split: both")))
                .hasMessageContaining("split is \"both\": give validation or test.");
        assertThatThrownBy(() -> RecordingFormat.read(text.replace("recording 3", "recording 4")))
                .hasMessageStartingWith("Line 1 of the recording is \"qwop-recording 4\", and this version reads"
                        + " \"qwop-recording 1\" to \"qwop-recording 3\"");
    }

    private static Recording recording(Trigonometry trigonometry, int rules) {
        return new Recording(
                4,
                ActionSet.REDUCED,
                StartNoise.NOTHING,
                Recording.NO_RANDOM,
                new byte[] {1, 2},
                1,
                2,
                false,
                true,
                trigonometry,
                rules);
    }

    @Test
    void brokenRecordingsAreRefusedByLine() {
        String head = "qwop-recording 1\nframesPerStep: 4\nactionSet: reduced\nstartNoise: none\nrandom: "
                + Recording.NO_RANDOM + "\ndistance: 1\nscoreTime: 2\nsuccess: false\n\n";
        assertRefused("something else", "Line 1");
        assertRefused("qwop-recording 1\nframesPerStep 4\n", "Line 2 of the recording is \"framesPerStep 4\"");
        assertRefused(head.replace("distance: 1\n", ""), "no line \"distance: …\"");
        assertRefused(head + "Q\nX\n", "Line 11 of the recording is \"X\"");
        assertRefused(head + "Q x0\n", "Line 10");
        assertRefused(head + "QO\n", "an action of the set reduced");
        assertRefused(head + "Q\nQ x2000000000\n", "Line 11 of the recording is \"Q x2000000000\": give at most");
        assertHeadRefused(head, "framesPerStep: 4", "framesPerStep: four", "\"four\": give a whole number.");
        assertHeadRefused(head, "framesPerStep: 4", "framesPerStep: 0", "0: give 1 to 120.");
        assertHeadRefused(head, "random: .*", "random: abc", "\"abc\": give the 64 hexadecimal digits");
        assertHeadRefused(head, "random: .*", "random: " + "0".repeat(64), "not all 0");
        assertHeadRefused(head, "distance: 1", "distance: far", "\"far\": give a number.");
        assertHeadRefused(head, "success: false", "success: maybe", "\"maybe\": give true or false.");
        assertHeadRefused(head, "success: false", "finished: maybe\nsuccess: false", "\"maybe\": give true or false.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordingOfAnEarlierVersionWasFinishedIfItWasASuccess(boolean success) throws IOException {
        Recording told = new Recording(
                4, ActionSet.REDUCED, StartNoise.NOTHING, Recording.NO_RANDOM, new byte[1], 1, 2, success);
        assertThat(told.finished()).isEqualTo(success);
        String text = RecordingFormat.write(told);
        assertThat(text).contains("success: " + success + "\nfinished: " + success + "\n\n");
        assertThat(RecordingFormat.read(text.replaceFirst("finished: .*\n", "")))
                .isEqualTo(told);
    }

    private static void assertHeadRefused(String head, String line, String altered, String remedy) {
        String field = altered.substring(0, altered.indexOf(':'));
        assertThatThrownBy(() -> RecordingFormat.read(head.replaceFirst(line, altered)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The recording's head is not readable: " + field + " is ")
                .hasMessageContaining(remedy);
    }

    private static void assertRefused(String text, String part) {
        assertThatThrownBy(() -> RecordingFormat.read(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(part);
    }

    @Test
    void qwopGymsRecordingsKeepWhatWasSkipped() throws IOException {
        List<RecordingFormat.GymEpisode> episodes =
                RecordingFormat.readGym(new StringReader("seed=7\n1\n2\nX\n3\n3\n*\n4\n*\n"));
        assertThat(episodes).extracting(RecordingFormat.GymEpisode::kept).containsExactly(false, true, true);
        assertThat(episodes.get(0).actions()).containsExactly(1, 2);
        assertThat(episodes.get(1).actions()).containsExactly(3, 3);
        assertThatThrownBy(() -> RecordingFormat.readGym(new StringReader("seed=7\nleft\n")))
                .hasMessageContaining("Line 2 of the recording is \"left\"");
        assertThatThrownBy(() -> RecordingFormat.readGym(new StringReader("1\n2\n")))
                .hasMessageContaining("seed=<number>");
    }
}
