package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.Split;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.Actor;
import io.github.qwop.play.FilteredGame;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.Notes;
import io.github.qwop.run.Silence;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemonstrationFilesTest {

    private static final EnvSpec REDUCED = new EnvSpec(4, ActionSet.REDUCED, false, 2, 10, 50, 10, StartNoise.NOTHING);

    /** A policy that gets far. */
    private static final Path POLICY = Path.of("..", "examples", "record-10m", "policy.onnx");

    /** So many that some touch the hurdle, where alone the number of restarts shows. */
    private static final int EPISODES = 8;

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
        return replay(new Notes(), REDUCED, files);
    }

    private static Demonstrations replay(Notes notes, EnvSpec environment, Path... files) {
        return DemonstrationFiles.replay(List.of(files), environment, RewardShaper.NONE, Twin::new, notes);
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
        Gym gym = new Gym();
        gym.play(1, '*');
        gym.play(2, 'X');

        Demonstrations shown = replay(ours, write("gym.rec", gym.text.toString()));

        assertThat(shown.actions()).startsWith(1, 4);
        assertThat(shown.episodes()).as("without the skipped one").isEqualTo(2);
        assertThat(shown.truncated()).startsWith(false, true, false);
        assertThat(shown.terminated()[shown.count() - 1]).isTrue();
    }

    @Test
    void anEpisodeThatIsThereTwiceCountsOnce() throws IOException {
        Path best = write("best.qwop", recording(1, 4));
        Path median = write("median.qwop", recording(1, 4));
        Path other = write("other.qwop", recording(1, 4, 4));

        assertThat(replay(best, median, other).episodes()).isEqualTo(2);
    }

    @Test
    void aGymFileThatIsThereTwiceCountsOnce() throws IOException {
        Gym gym = new Gym();
        gym.play(1, '*');
        gym.play(2, '*');
        Path once = write("once.rec", gym.text.toString());
        Path again = write("again.rec", gym.text.toString());

        assertThat(replay(once, again).episodes()).isEqualTo(2);
    }

    /** The hurdle remembers that the episode before has touched it; what falls before it is the same as ever. */
    @ParameterizedTest
    @CsvSource({"30, 2", "12, 1"})
    void equalActionsAreAnotherEpisodeWhereTheyLeadElsewhereAfterAnotherRestart(int seed, int episodes)
            throws IOException {
        String actions = byPolicy(seed);
        Path file = write("gym.rec", "seed=1\n" + actions + actions);
        Notes notes = new Notes();

        assertThat(replay(notes, REDUCED, file).episodes()).isEqualTo(episodes);
        assertThat(notes.warnings()).as("both end at their last actions").isEmpty();
    }

    private static String byPolicy(int seed) {
        Gym gym = new Gym();
        try (TrainedPolicy policy = TrainedPolicy.open(POLICY, new Silence())) {
            gym.run(policy.actor(), seed);
        }
        return gym.text.substring("seed=1\n".length());
    }

    @Test
    void demonstrationsOfTestEpisodesAreToldInOneLine() throws IOException {
        Path test = write(
                "best.qwop",
                RecordingFormat.write(RecordingFormat.read(recording(1, 4)).of(Split.TEST)));
        Path same = write(
                "rank-2.qwop",
                RecordingFormat.write(RecordingFormat.read(recording(1, 4)).of(Split.TEST)));
        Path other = write(
                "rank-3.qwop",
                RecordingFormat.write(RecordingFormat.read(recording(1, 4, 4)).of(Split.TEST)));
        Path validation = write(
                "rank-1.qwop",
                RecordingFormat.write(RecordingFormat.read(recording(4)).of(Split.VALIDATION)));
        Path old = write("old.qwop", recording(4, 4));
        Notes notes = new Notes();

        replay(notes, REDUCED, validation, old);
        assertThat(notes.warnings()).isEmpty();

        replay(notes, REDUCED, test, same, other, validation, old);
        assertThat(notes.warnings())
                .singleElement()
                .asString()
                .startsWith("Of the demonstrations 2 are test episodes, as qwop:evaluate plays and keeps them: ")
                .endsWith("give recordings of qwop:record, which plays others.");
    }

    @Test
    void anAlteredRecordingIsRefusedByItsName() throws IOException {
        Path altered = write("altered.qwop", recording(1, 1, 10).replaceFirst("distance: \\S+", "distance: 99.5"));
        assertThatThrownBy(() -> replay(altered))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("The demonstration " + altered + " cannot be used: ")
                .hasMessageContaining("it says 99.5 m after")
                .hasMessageEndingWith(" Give recordings as qwop:record wrote them.");
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
    void episodesOfAGymFileEndWhereTheyEnded() throws IOException {
        Gym gym = new Gym();
        List<Float> ends = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            float end = gym.play(seed, seed % 4 == 1 ? 'X' : '*');
            if (seed % 4 != 1) {
                ends.add(end);
            }
        }
        Demonstrations shown = replay(write("gym.rec", gym.text.toString()));
        List<Float> reached = new ArrayList<>();
        for (int i = 0; i < shown.finalObservations().length; i += Observation.QWOP_GYM.size()) {
            reached.add(shown.finalObservations()[i]);
        }
        assertThat(reached).isEqualTo(ends);
        assertThat(shown.truncated()).containsOnly(false);
    }

    @ParameterizedTest
    @CsvSource({"FDLIBM, 1", "FDLIBM, 2", "GLIBC, 1", "GLIBC, 2"})
    void itIsFoundWhoseSineAndHowManyRestartsAFileWasRecordedWith(Trigonometry trigonometry, int restarts)
            throws IOException {
        Gym gym = new Gym(trigonometry, restarts);
        // Episodes of random keys end before a last bit has grown.
        try (TrainedPolicy policy = TrainedPolicy.open(POLICY, new Silence())) {
            for (int seed = 0; seed < EPISODES; seed++) {
                gym.run(policy.actor(), seed);
            }
        }
        Notes notes = new Notes();
        Path file = write("gym.rec", gym.text.toString());

        assertThat(replay(notes, REDUCED, file).episodes()).isEqualTo(EPISODES);
        assertThat(notes.infos())
                .containsExactly(
                        "The demonstration " + file + " fits " + trigonometry.text() + "'s sine and cosine and "
                                + (restarts == 1 ? "one restart" : "two restarts")
                                + " before its first episode best: " + EPISODES + " of its " + EPISODES
                                + " kept episodes end at their last action.");
    }

    @Test
    void keptEpisodesThatDoNotEndAtTheirLastActionAreLeftOutByCount() throws IOException {
        Gym gym = new Gym();
        gym.play(1, '*');
        gym.play(2, '*');
        String whole = gym.text.toString();
        Notes notes = new Notes();
        Path file = write("gym.rec", whole);
        assertThat(replay(notes, REDUCED, file).episodes()).isEqualTo(2);
        assertThat(notes.warnings()).isEmpty();

        // A first episode that ends too early, and a last one that goes on after its end.
        write("gym.rec", whole.replaceFirst("seed=1\n", "seed=1\n1\n*\n").replaceFirst("\\*\n$", "0\n*\n"));
        assertThat(replay(notes, REDUCED, file).episodes()).isEqualTo(1);
        assertThat(notes.warnings())
                .containsExactly(
                        "The demonstration " + file + " is used in part: 2 of its 3 kept episodes do not end at"
                                + " their last action, as they did when they were recorded, and are left out.");
    }

    @Test
    void aGymFileOfAnotherEnvironmentIsRefusedWithTheRemedy() throws IOException {
        Gym gym = new Gym();
        gym.play(1, '*');
        gym.play(2, '*');
        Path file = write("gym.rec", gym.text.toString());
        EnvSpec slow = new EnvSpec(8, ActionSet.REDUCED, false, 2, 10, 50, 10, StartNoise.NOTHING);
        assertThatThrownBy(() -> replay(new Notes(), slow, file))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("The demonstration " + file + " cannot be used: 2 of its 2 kept episodes do not")
                .hasMessageEndingWith(
                        "set environment.framesPerStep and environment.actionSet to what they were then.");
    }

    /** Records as qwop-gym does: an episode's keys are random, and held until the runner falls. */
    private static final class Gym {

        final StringBuilder text = new StringBuilder("seed=1\n");
        private final Twin twin;

        Gym() {
            this(Trigonometry.FDLIBM, 2);
        }

        Gym(Trigonometry trigonometry, int restarts) {
            twin = new Twin(trigonometry);
            twin.resetFresh(9);
            for (int i = 0; i < restarts; i++) {
                restart();
            }
        }

        private void restart() {
            twin.softReset(Keys.NONE);
            twin.update(Keys.NONE);
        }

        /** Plays an episode by a policy, from varied starts, and records it as kept. */
        void run(Actor actor, int seed) {
            Game page = new FilteredGame(twin) {
                @Override
                protected void restart() {
                    // Done after the episode before.
                }

                @Override
                protected void afterReset() {}

                @Override
                protected void afterUpdate(int keys) {}
            };
            EnvSpec spec = new EnvSpec(4, ActionSet.REDUCED, false, 0, 0, 0, 0, StartNoise.NOTHING);
            QwopEnv env = new QwopEnv(spec, page, RewardShaper.NONE, RandomStream.of(0, "none"));
            env.reset();
            RandomStream random = RandomStream.of(seed, "gym");
            for (int step = 0; !env.terminated(); step++) {
                // On its knees it would go on for ever.
                boolean byPolicy = step >= seed && step < 600;
                int action = byPolicy ? actor.act(env) : random.nextInt(ActionSet.REDUCED.size());
                env.step(action);
                text.append(action).append('\n');
            }
            text.append("*\n");
            restart();
        }

        /** Plays and records an episode; gives the last observation's first value. */
        float play(long seed, char mark) {
            RandomStream keys = RandomStream.of(seed, "gym");
            int action = 0;
            for (int i = 0; !twin.gameEnded(); i++) {
                action = i % 3 == 0 ? keys.nextInt(9) : action;
                twin.step(ActionSet.REDUCED.keys(action), 4);
                text.append(action).append('\n');
            }
            text.append(mark).append('\n');
            double[] bodies = new double[Game.BODY_VALUES];
            twin.readBodies(bodies, 0);
            float[] observation = new float[Observation.QWOP_GYM.size()];
            normalise(bodies, observation);
            restart();
            return observation[0];
        }
    }

    private static void normalise(double[] bodies, float[] observation) {
        for (int i = 0; i < observation.length; i++) {
            observation[i] = (float) bodies[i];
        }
        Observation.QWOP_GYM.normalise(observation, 0);
    }
}
