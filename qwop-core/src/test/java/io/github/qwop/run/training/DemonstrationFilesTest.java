package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationFilesTest {

    private static final EnvSpec REDUCED = new EnvSpec(4, ActionSet.REDUCED, false, 2, 10, 50, 10, StartNoise.NOTHING);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** An episode of some actions of the full set, in our format. */
    static String recording(int... actions) {
        EnvSpec spec = new EnvSpec(4, ActionSet.FULL, true, 0, 0, 0, 0, StartNoise.parse("random:10"));
        try (QwopEnv env = new QwopEnv(spec, new Twin(), RewardShaper.NONE, RandomStream.of(5, "environment-0"))) {
            env.reset();
            for (int action : actions) {
                env.step(action);
            }
            return RecordingFormat.write(env.recording());
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Demonstrations replay(Path... files) {
        return DemonstrationFiles.replay(List.of(files), REDUCED, RewardShaper.NONE, Twin::new);
    }

    @Test
    void aFolderStandsForItsRecordingsByName() throws IOException {
        Path b = write("b.qwop", recording(1));
        Path a = write("a.rec", "seed=1\n1\n*\n");
        write("notes.txt", "nothing to imitate");
        Path elsewhere = Files.createDirectory(folder.resolve("more.qwop"));
        Path c = Files.writeString(elsewhere.resolve("c.qwop"), recording(4));

        assertThat(DemonstrationFiles.find(List.of(b.toString()))).containsExactly(b);
        assertThat(DemonstrationFiles.find(List.of(elsewhere.toString(), folder.toString())))
                .containsExactly(c, a, b);
    }

    @Test
    void whatIsNoRecordingIsRefusedByItsPath() throws IOException {
        Path text = write("notes.txt", "nothing to imitate");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertRefused(text, "which is no recording by its name: give files that end in .qwop");
        assertRefused(empty, "which is a folder without any recording: give");
        assertRefused(folder.resolve("absent.qwop"), "which is neither a file nor a folder: give");
    }

    private static void assertRefused(Path path, String why) {
        assertThatThrownBy(() -> DemonstrationFiles.find(List.of(path.toString())))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("demonstrations has " + path + ", ")
                .hasMessageContaining(why);
    }

    @Test
    void recordingsOfBothFormatsFollowEachOther() throws IOException {
        // In the full set Q is 1 and P is 4; in the reduced one as well.
        Path ours = write("ours.qwop", recording(1, 4));
        Path gym = write("gym.rec", "seed=3\n0\n1\n*\n2\n2\n2\nX\n8\n*\n");

        Demonstrations shown = replay(ours, gym);

        assertThat(shown.actions()).containsExactly(1, 4, 0, 1, 8);
        assertThat(shown.episodes()).as("without the skipped one").isEqualTo(3);
        assertThat(shown.truncated()).containsExactly(false, true, false, true, true);
    }

    @Test
    void anEpisodeThatIsThereTwiceCountsOnce() throws IOException {
        Path best = write("best.qwop", recording(1, 4));
        Path median = write("median.qwop", recording(1, 4));
        Path other = write("other.qwop", recording(1, 4, 4));

        assertThat(replay(best, median, other).episodes()).isEqualTo(2);
    }

    @Test
    void anAlteredRecordingIsRefusedByItsName() throws IOException {
        Path altered = write("altered.qwop", recording(1, 1, 10).replaceFirst("distance: \\S+", "distance: 99.5"));
        assertThatThrownBy(() -> replay(altered))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("The demonstration " + altered + " cannot be used: ")
                .hasMessageContaining("says that it reaches 99.5 m, and leads to");
        Path shortened = write("shortened.qwop", recording(1, 1, 10).replace("Q x2", "Q"));
        assertThatThrownBy(() -> replay(shortened)).hasMessageContaining("and leads to");
    }

    @Test
    void otherFramesAndOtherKeysAreRefusedWithTheRemedy() throws IOException {
        Path fast = write("fast.qwop", recording(1).replace("framesPerStep: 4", "framesPerStep: 2"));
        assertThatThrownBy(() -> replay(fast))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(fast.toString())
                .hasMessageContaining("has 2 frames per step, and environment.framesPerStep is 4: give");
        Path allKeys = write("all-keys.qwop", recording(15));
        assertThatThrownBy(() -> replay(allKeys))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("holds the keys QWOP")
                .hasMessageContaining("give an action set that has them, such as full.");
        Path outside = write("outside.rec", "seed=1\n9\n9\n10\n*\n");
        assertThatThrownBy(() -> replay(outside))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(outside.toString())
                .hasMessageContaining("Action 3 of the recording is 10");
    }

    @Test
    void aFileThatIsNoRecordingInsideIsRefusedByItsName() throws IOException {
        Path garbage = write("garbage.qwop", "not this\n");
        assertThatThrownBy(() -> replay(garbage))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("The demonstration " + garbage + " cannot be used: Line 1");
        Path binary = Files.write(folder.resolve("binary.qwop"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> replay(binary))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(binary.toString());
    }

    @Test
    void recordingsWithoutAStepAreRefused() throws IOException {
        Path skipped = write("skipped.rec", "seed=1\n1\nX\n");
        assertThatThrownBy(() -> replay(skipped))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("hold no step to imitate: give recordings of kept episodes");
    }

    @Test
    void anEpisodeOfAGymFileIsPlayedFromTheCanonicalStart() throws IOException {
        Path gym = write("gym.rec", "seed=3\n0\n1\n*\n");
        Recording same = new Recording(
                4, ActionSet.REDUCED, StartNoise.NOTHING, Recording.NO_RANDOM, new byte[] {0, 1}, Double.NaN, 0, false);
        Demonstrations expected = Demonstrations.replay(List.of(same), REDUCED, RewardShaper.NONE, Twin::new);
        assertThat(replay(gym).observations()).isEqualTo(expected.observations());
    }
}
