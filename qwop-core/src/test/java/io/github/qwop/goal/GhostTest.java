package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.web.Ghost;
import io.github.qwop.play.KeySequence;
import io.github.qwop.run.Notes;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ghost's file: what it says of itself, and what is refused, by every goal that takes one. */
class GhostTest {

    private static final Recording DIVE = dive(Trigonometry.FDLIBM);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static Recording dive(Trigonometry trigonometry) {
        byte[] keys = new byte[60];
        Arrays.fill(keys, (byte) Keys.O);
        return new KeySequence(keys, trigonometry).recording();
    }

    private String file(Recording recording) throws IOException {
        return Files.writeString(folder.resolve("old.qwop"), RecordingFormat.write(recording))
                .toString();
    }

    private static Recording longer(Recording recording, StartNoise noise, int actions, double distance) {
        return new Recording(
                1,
                ActionSet.DISTINCT,
                noise,
                recording.randomState(),
                Arrays.copyOf(recording.actions(), actions),
                distance,
                recording.scoreTime(),
                false);
    }

    private void refused(String goal, String ghost, String start, String end) throws IOException {
        String own = Files.writeString(folder.resolve("own.qwop"), RecordingFormat.write(DIVE))
                .toString();
        Map<String, String> settings =
                goal.equals("replay") ? Map.of("ghost", ghost, "recording", own) : Map.of("ghost", ghost);
        assertThatThrownBy(() -> Goals.run(goal, folder, settings, new Notes(), () -> true))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(start)
                .hasMessageEndingWith(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"play", "replay", "report"})
    void aFileThatIsMissingIsNamed(String goal) throws IOException {
        String ghost = folder.resolve("none.qwop").toString();

        refused(
                goal,
                ghost,
                "ghost is " + ghost + ", which is no file: give a recording that ends in .qwop, ",
                "qwop:play write them.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"play", "replay", "report"})
    void whatIsNoRecordingIsToldWithItsLine(String goal) throws IOException {
        String ghost =
                Files.writeString(folder.resolve("a.qwop"), "seed=1\n3\n*\n").toString();

        refused(
                goal,
                ghost,
                "The ghost " + ghost + " cannot be raced. Line 1 of the recording is \"seed=1\", ",
                "or use the version of the plugin that wrote it.");
    }

    @Test
    void oneThatLeadsElsewhereIsRefused() throws IOException {
        String ghost = file(longer(DIVE, StartNoise.NOTHING, DIVE.actions().length, 99));

        refused(
                "play",
                ghost,
                "The ghost " + ghost + " cannot be raced. The recording is altered: it says 99.0 m",
                " s.");
    }

    @Test
    void oneThatIsLongerThanHalfAnHourIsRefused() throws IOException {
        // Who holds W alone kneels for ever.
        byte[] kneeling = new byte[Ghost.MOST_UPDATES + 1];
        Arrays.fill(kneeling, (byte) Keys.W);
        String ghost = file(new KeySequence(kneeling, Trigonometry.FDLIBM).recording());

        refused(
                "play",
                ghost,
                "The ghost " + ghost + " cannot be raced. It runs for 54001 game updates, and at most 54000, ",
                "give a shorter one.");
    }

    @Test
    void itsNameSaysWhatItCameToAndWhatIsNotAsUsual() throws IOException {
        assertThat(GhostFile.read(null)).isNull();
        assertThat(GhostFile.read(file(DIVE))).extracting(Ghost::name).isEqualTo("old, 0.5 m in 1.6 s");
        assertThat(GhostFile.read(file(dive(Trigonometry.GLIBC))))
                .extracting(Ghost::name)
                .isEqualTo("old, 0.5 m in 1.6 s, glibc's sine");
        assertThat(GhostFile.read(file(longer(DIVE, StartNoise.parse("idle:5"), 3, Double.NaN))))
                .extracting(Ghost::name)
                .asString()
                .endsWith(", start noise idle:5");
        assertThat(GhostFile.read(
                        Path.of("..", "examples", "speedrun", "run.qwop").toString()))
                .extracting(Ghost::name)
                .isEqualTo("run, 100 m in 38.20 s");
    }

    @Test
    void aReplayHoldsBothRunners() throws Exception {
        Path own = Files.writeString(folder.resolve("own.qwop"), RecordingFormat.write(DIVE));

        Goals.run(
                "replay",
                folder,
                Map.of("recording", own.toString(), "ghost", file(dive(Trigonometry.GLIBC))),
                new Notes(),
                () -> false);

        assertThat(Files.readString(folder.resolve("own.html")))
                .contains("window.qwopReplayGhost = {\"name\":\"old, 0.5 m in 1.6 s, glibc\\u0027s sine\","
                        + "\"trigonometry\":\"glibc\",\"keys\":[4,47]};")
                .contains("window.qwopReplay = [4,47];");
    }
}
