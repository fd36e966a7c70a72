package io.github.qwop.run.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.run.Extension;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.TrainingListener;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users bring of their own: a reward shaper, a game, a listener and the network's sizes. */
class OwnClassesTest {

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("runId", "own"),
            Map.entry("totalTimesteps", "2000"),
            Map.entry("nEnvs", "4"),
            Map.entry("logInterval", "1000"),
            Map.entry("learner.learningStarts", "1500"),
            Map.entry("learner.bufferSize", "2000"),
            Map.entry("learner.batchSize", "16"),
            Map.entry("learner.nQuantiles", "5"),
            Map.entry("learner.netArch", "24,12,6"),
            Map.entry("guard.evalFreq", "2000"),
            Map.entry("guard.evalEpisodes", "1"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** One for each step, whatever came of it. */
    public static class Patience implements RewardShaper {
        @Override
        public float shape(float reward, double[] before, double[] after, boolean ended) {
            return 1;
        }
    }

    /** Cannot be made. */
    public abstract static class Abstract extends Patience {}

    /** As Kotlin compiles an object. */
    public static final class Single extends Patience {
        /** The one. */
        public static final Single INSTANCE = new Single();

        private Single() {}
    }

    /** Its constructor is public, itself it is not. */
    static final class Hidden extends Patience {
        /** Nothing. */
        public Hidden() {}
    }

    /** Fails when it is made. */
    public static final class Failing extends Patience {
        /** Fails. */
        public Failing() {
            throw new IllegalStateException("no file");
        }
    }

    /** Fails when it is loaded. */
    public static final class Unready extends Patience {
        private static final int COUNT = Integer.parseInt("no number");

        /** Nothing. */
        public Unready() {
            assertThat(COUNT).isZero();
        }
    }

    /** The twin, but over after seven steps. */
    public static final class SevenSteps implements Game {
        private final Twin twin = new Twin();
        private int steps;

        @Override
        public void reset() {
            twin.reset();
            steps = 0;
        }

        @Override
        public int step(int keys, int frames) {
            steps++;
            return twin.step(keys, frames);
        }

        @Override
        public void readBodies(double[] target, int offset) {
            twin.readBodies(target, offset);
        }

        @Override
        public double scoreTime() {
            return twin.scoreTime();
        }

        @Override
        public double score() {
            return twin.score();
        }

        @Override
        public boolean gameEnded() {
            return steps >= 7;
        }

        @Override
        public boolean fallen() {
            return twin.fallen();
        }

        @Override
        public boolean jumped() {
            return twin.jumped();
        }

        @Override
        public boolean jumpLanded() {
            return twin.jumpLanded();
        }

        @Override
        public void close() {
            twin.close();
        }
    }

    /** Notes what it hears. */
    public static final class Diary implements TrainingListener {
        static final List<EpisodeResult> EPISODES = new ArrayList<>();
        static final List<Long> ROWS = new ArrayList<>();
        static final List<Long> ENDS = new ArrayList<>();

        @Override
        public void episodeEnded(int env, EpisodeResult episode) {
            EPISODES.add(episode);
        }

        @Override
        public void measured(long steps, Map<String, Double> metrics) {
            assertThat(metrics).containsKeys("rollout/ep_rew_mean", "user/distance");
            ROWS.add(steps);
        }

        @Override
        public void ended(long steps) {
            ENDS.add(steps);
        }
    }

    @Test
    void learnsFromTheRewardsOfItsUsersShaper() throws IOException, StoppedException {
        train(Map.of("rewardShaper", Patience.class.getName()));

        Map<?, ?> row = lastRow();
        assertThat(row.get("rollout/ep_rew_mean")).isEqualTo(row.get("rollout/ep_len_mean"));
        assertThat(row.get("eval/mean_reward"))
                .as("what the guard holds the learned values against")
                .isEqualTo(row.get("eval/mean_ep_length"));
    }

    @Test
    void playsItsUsersGame() throws IOException, StoppedException {
        train(Map.of("gameClass", SevenSteps.class.getName()));

        assertThat(lastRow().get("rollout/ep_len_mean")).isEqualTo(7.0);
        // The start noise of an evaluation steps the game too.
        assertThat((Double) lastRow().get("eval/mean_ep_length")).isBetween(1.0, 7.0);
    }

    @Test
    void tellsListenersThatAreDeclaredAsServices() throws IOException, StoppedException {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(TrainingListener.class.getName()), Diary.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] classPath = {folder.resolve("classes").toUri().toURL()};
        try (URLClassLoader own = new URLClassLoader(classPath, before)) {
            thread.setContextClassLoader(own);
            train(Map.of("gameClass", SevenSteps.class.getName()));
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(Diary.ROWS).hasSize(2).endsWith(2000L);
        assertThat(Diary.ENDS).containsExactly(2000L);
        // Four environments, 500 steps each, seven to an episode.
        assertThat(Diary.EPISODES).hasSize(4 * (500 / 7)).allMatch(episode -> episode.length() == 7);
    }

    @Test
    void buildsTheNetworkThatIsAskedFor() throws IOException, StoppedException {
        train(Map.of());

        try (TrainedPolicy policy =
                TrainedPolicy.open(new RunDirectory(folder.resolve("own")).model(), new Silence())) {
            assertThat(policy).isInstanceOfSatisfying(TrainedPolicy.Learned.class, learned -> assertThat(
                            learned.network().mlp().layers())
                    .extracting(layer -> layer.outputs())
                    .startsWith(24, 12, 6));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rewardShaper | no.such.Shaper   | rewardShaper is \"no.such.Shaper\", and there is no such class",
                "gameClass    | java.lang.String | gameClass is \"java.lang.String\", which does not implement",
                "rewardShaper | io.github.qwop.env.Upright:much | Upright:much\", and the schedule \"much\" is not",
                "rewardShaper | io.github.qwop.env.Upright,io.github.qwop.env.Pace:0:1 | Pace:0:1\", and the pace is 0",
                "rewardShaper | io.github.qwop.env.Pace  | Pace\", which takes a text: write it after the class's name",
                "rewardShaper | io.github.qwop.env.Upright, | rewardShaper is \"\", and there is no such class",
            })
    void saysWhatIsWrongWithAClass(String setting, String className, String message) {
        assertThatThrownBy(() -> train(Map.of(setting, className)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(message);
    }

    @Test
    void saysThatAGameCannotBePlannedWith() {
        Map<String, String> settings = Map.of(
                "algorithm", "expert-iteration",
                "totalTimesteps", "2000",
                "nEnvs", "4",
                "gameClass", SevenSteps.class.getName());
        assertThatThrownBy(() -> Training.run(folder, RunSpec.of(settings), false, 2, new Silence(), () -> false))
                .isInstanceOf(SettingException.class)
                .hasMessage("gameClass is " + SevenSteps.class.getName()
                        + ", which is no io.github.qwop.game.Snapshots, and expert-iteration puts games into states:"
                        + " implement it, leave gameClass out, or give another algorithm.");
    }

    @Test
    void saysThatAClassTakesNoText() {
        String name = Patience.class.getName();
        assertThatThrownBy(() -> train(Map.of("rewardShaper", name + ":7")))
                .isInstanceOf(SettingException.class)
                .hasMessage("rewardShaper is \"" + name + ":7\", which has no public constructor that takes one String:"
                        + " add one, or leave out the colon and what follows it.");
    }

    /** Rewards depend on how far the training has come, those of episodes that were interrupted too. */
    @ParameterizedTest
    @ValueSource(strings = {"ppo", "qr-dqn"})
    void anAnnealedShaperResumesAsIfItHadNotBeenInterrupted(String algorithm, @TempDir Path uninterrupted)
            throws IOException, StoppedException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "runId", "own",
                "algorithm", algorithm,
                "totalTimesteps", "2000",
                "nEnvs", "4",
                "logInterval", "100",
                "rewardShaper", Rising.class.getName(),
                "learner.batchSize", "16",
                "learner.netArch", "8",
                "guard.evalFreq", "500",
                "guard.evalEpisodes", "1"));
        // Episodes of a policy that stands still end too.
        settings.put("environment.maxEpisodeSteps", "150");
        settings.putAll(
                algorithm.equals("ppo")
                        ? Map.of("learner.nSteps", "7")
                        : Map.of("learner.bufferSize", "1000", "learner.nQuantiles", "3"));
        RunSpec spec = RunSpec.of(settings);
        Training.run(uninterrupted, spec, false, 2, new Silence(), () -> false);
        int[] pieces = {0};
        assertThatThrownBy(() -> Training.run(folder, spec, false, 2, new Silence(), () -> ++pieces[0] == 33))
                .isInstanceOf(StoppedException.class);
        Training.run(folder, spec, false, 2, new Silence(), () -> false);

        assertThat(folder.resolve("own/model.zip")).hasSameBinaryContentAs(uninterrupted.resolve("own/model.zip"));
        List<String> rewards = rewards(folder);
        assertThat(rewards).isEqualTo(rewards(uninterrupted));
        assertThat(rewards.get(rewards.size() - 1)).isNotEqualTo(rewards.get(0)).doesNotContain("null");
        Map<?, ?> last = lastRow();
        assertThat((Double) requireNonNull((Object) last.get("eval/mean_reward")))
                .as("evaluated at the end")
                .isEqualTo(1000 * (Double) requireNonNull((Object) last.get("eval/mean_ep_length")));
    }

    /** For each step a thousand times the progress. */
    public static final class Rising extends Patience {
        @Override
        public float shape(
                float reward, double[] before, double[] after, boolean ended, double seconds, double progress) {
            return (float) (1000 * progress);
        }
    }

    private static List<String> rewards(Path folder) throws IOException {
        List<String> rewards = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("own").resolve(MetricsLog.JSON_LINES))) {
            Map<?, ?> row = new Gson().fromJson(line, Map.class);
            rewards.add(row.get("rollout/ep_rew_mean") + " " + row.get("eval/mean_reward"));
        }
        return rewards;
    }

    @Test
    void whatAShaperIsToldDecidesWhetherARunIsUpToDate() throws IOException, StoppedException {
        String upright = "io.github.qwop.env.Upright";
        assertThat(train(Map.of("rewardShaper", upright + ":lin_decay_0.3_0_0.5")))
                .startsWith("Trained");
        assertThat(train(Map.of("rewardShaper", upright + ":lin_decay_0.3_0_0.5")))
                .contains("up to date");
        assertThat(train(Map.of("rewardShaper", upright + ":lin_decay_0.3_0_0.6")))
                .startsWith("Trained");
        assertThat(train(Map.of("rewardShaper", upright + ":lin_decay_0.3_0_0.6, io.github.qwop.env.Pace:2:0.1")))
                .startsWith("Trained");
    }

    @ParameterizedTest
    @CsvSource({
        "Abstract, which is abstract: name a class that can be made.",
        "Single, which has no public constructor without arguments: add one; in Kotlin",
        "Hidden, which is not public: make it public.",
        "Failing, whose constructor failed: java.lang.IllegalStateException: no file",
        "Unready, which could not be loaded: java.lang.NumberFormatException",
    })
    void saysWhyAClassCannotBeMade(String className, String why) {
        String name = OwnClassesTest.class.getName() + "$" + className;
        assertThatThrownBy(() -> Extension.create("rewardShaper", name, RewardShaper.class))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("rewardShaper is \"" + name + "\", " + why);
    }

    private String train(Map<String, String> own) throws IOException, StoppedException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(own);
        return Training.run(folder, RunSpec.of(settings), false, 2, new Silence(), () -> false)
                .sentence();
    }

    private Map<?, ?> lastRow() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("own").resolve(MetricsLog.JSON_LINES));
        return new Gson().fromJson(lines.get(lines.size() - 1), Map.class);
    }
}
