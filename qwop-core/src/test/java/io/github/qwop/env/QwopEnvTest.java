package io.github.qwop.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.game.Game;
import io.github.qwop.game.NudgedGame;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class QwopEnvTest {

    private static final EnvSpec SPEC = EnvSpec.DEFAULT;

    @Test
    void rewardIsSpeedLessTimeCostInSinglePrecision() {
        // 5 units are half a metre; four frames are 4/30 s of play, that is 4/300 of qwop-gym's time.
        QwopEnv env = env(SPEC, new ScriptedGame(0, 10, 15, 12));
        env.reset();
        env.step(1);
        float elapsed = (float) (4 / 300.0);
        float distance = (float) 1.5 - (float) 1.0;
        assertThat(env.reward()).isEqualTo(distance / elapsed * 0.01f - elapsed * 10 / 4);
        assertThat(env.reward()).isCloseTo(0.375f - 0.0333f, within(1e-3f));
        env.step(0);
        assertThat(env.reward()).isNegative();
        assertThat(env.terminated()).isFalse();
        assertThat(env.episode().totalReward()).isCloseTo(0.375 - 0.225 - 2 * 0.03333, within(1e-3));
    }

    @Test
    void aFallCostsAndAFinishPays() {
        QwopEnv fall = env(SPEC, new ScriptedGame(1, 0, 0));
        fall.reset();
        fall.step(0);
        assertThat(fall.terminated()).isTrue();
        assertThat(fall.reward()).isCloseTo(-10 - 0.0333f, within(1e-3f));
        assertThat(fall.episode().info("is_success")).isZero();

        QwopEnv finish = env(SPEC, new ScriptedGame(1, 1000, 1001));
        finish.reset();
        finish.step(0);
        assertThat(finish.terminated()).isTrue();
        assertThat(finish.reward()).isCloseTo(50 + 0.075f - 0.0333f, within(1e-2f));
        assertThat(finish.episode().info("is_success")).isOne();
        assertThat(finish.episode().info("distance")).isCloseTo(100.1, within(1e-4));
        assertThat(finish.episode().info("avgspeed")).isCloseTo(100.1 / (4 / 300.0), within(1.0));
    }

    /** The torso past 100 m is one question, a landing in the sand with a score of at least 100 another. */
    @ParameterizedTest
    @CsvSource({
        // torso's x, landing's score, past 100 m, finished
        "1001, NaN, true, false",
        "996, 100, false, true",
        "1001, 100.4, true, true",
        "985, 99.9, false, false",
        "500, NaN, false, false",
    })
    void tellsAFinishFromASuccess(double torso, double landing, boolean success, boolean finished) {
        ScriptedGame game = new ScriptedGame(1, torso, torso);
        game.landing = landing;
        QwopEnv env = env(SPEC, game);
        env.reset();
        assertThat(env.episode().info("finished")).isZero();
        env.step(0);
        assertThat(env.terminated()).isTrue();
        assertThat(env.episode().info("is_success")).isEqualTo(success ? 1 : 0);
        assertThat(env.episode().info("finished")).isEqualTo(finished ? 1 : 0);
        assertThat(env.reward() > 0).as("the reward is qwop-gym's").isEqualTo(success);
        assertThat(env.recording().success()).isEqualTo(success);
        assertThat(env.recording().finished()).isEqualTo(finished);
        env.reset();
        assertThat(env.episode().info("finished")).isZero();
        QwopEnv byLanding = env(io.github.qwop.run.settings.Settings.bind(SPEC, Map.of("successBy", "landing")), game);
        byLanding.reset();
        byLanding.step(0);
        assertThat(byLanding.episode().info("is_success")).isEqualTo(success ? 1 : 0);
        assertThat(byLanding.reward() > 0).as("the landing is paid").isEqualTo(finished);
    }

    /** Twice as many decisions of half the length, all costs of an end doubled: the same play earns twice as much. */
    @Test
    void atTwoFramesAStepTheSamePlayEarnsTwiceAsMuch() {
        EnvSpec four = new EnvSpec(4, ActionSet.REDUCED, false, 200, 10, 50, 10, StartNoise.NOTHING);
        EnvSpec two = new EnvSpec(2, ActionSet.REDUCED, false, 400, 20, 100, 10, StartNoise.NOTHING);
        RandomStream actions = RandomStream.of(3, "actions");
        int falls = 0;
        for (int episode = 0; episode < 20; episode++) {
            QwopEnv slow = env(four, new Twin());
            QwopEnv fast = env(two, new Twin());
            slow.reset();
            fast.reset();
            while (!slow.terminated() && !slow.truncated()) {
                int action = actions.nextInt(9);
                slow.step(action);
                fast.step(action);
                double before = fast.reward();
                if (!fast.terminated()) {
                    fast.step(action);
                    if (!slow.terminated()) {
                        // In the last step the clock stands still from the fall on.
                        assertThat(before + fast.reward()).isCloseTo(2 * slow.reward(), within(1e-4));
                    }
                }
                assertThat(fast.terminated()).isEqualTo(slow.terminated());
                assertThat(fast.truncated()).isEqualTo(slow.truncated());
            }
            if (slow.terminated()) {
                falls++;
                assertThat(fast.reward()).isCloseTo(2 * slow.reward(), within(2.0f));
            } else {
                assertThat(fast.bodies()).isEqualTo(slow.bodies());
            }
        }
        assertThat(falls).isPositive();
    }

    @Test
    void leavingTheTrackEndsTheEpisode() {
        QwopEnv behind = env(SPEC, new ScriptedGame(0, 0, -100.5));
        behind.reset();
        behind.step(0);
        assertThat(behind.terminated()).isTrue();
        assertThat(behind.reward()).isLessThan(-9);

        QwopEnv beyond = env(SPEC, new ScriptedGame(0, 1049, 1050.5));
        beyond.reset();
        beyond.step(0);
        assertThat(beyond.terminated()).isTrue();
        assertThat(beyond.reward()).as("past 105 m is past 100 m").isGreaterThan(49);

        QwopEnv within = env(SPEC, new ScriptedGame(0, 1001, 1002));
        within.reset();
        within.step(0);
        assertThat(within.terminated()).as("past 100 m alone ends nothing").isFalse();
    }

    @Test
    void theTimeLimitTruncatesAndNeverTerminates() {
        QwopEnv env = env(Settings.maxEpisodeSteps(3), new ScriptedGame(0, 0));
        env.reset();
        env.step(0);
        env.step(0);
        assertThat(env.truncated()).isFalse();
        env.step(0);
        assertThat(env.truncated()).isTrue();
        assertThat(env.terminated()).isFalse();
        assertThat(env.reward()).as("no failure cost").isGreaterThan(-1);
        assertThat(env.episode().truncated()).isTrue();
        assertThat(env.episode().length()).isEqualTo(3);

        QwopEnv both = env(Settings.maxEpisodeSteps(1), new ScriptedGame(1, 0));
        both.reset();
        both.step(0);
        assertThat(both.terminated()).isTrue();
        assertThat(both.truncated()).as("an end at the limit is an end").isFalse();
    }

    @Test
    void noStepIsPlayedOutsideAnEpisode() {
        QwopEnv env = env(Settings.maxEpisodeSteps(1), new ScriptedGame(0, 0));
        String remedy = "call reset before the first step, and again after an episode has ended";
        assertThatThrownBy(() -> env.step(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(remedy);
        for (int episode = 0; episode < 2; episode++) {
            env.reset();
            env.step(0);
            assertThatThrownBy(() -> env.step(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(remedy);
            assertThat(env.episode().length()).isEqualTo(1);
        }
    }

    /** Specs that differ from the default in one value. */
    private static final class Settings {
        static EnvSpec maxEpisodeSteps(int steps) {
            return new EnvSpec(4, ActionSet.REDUCED, false, steps, 10, 50, 10, StartNoise.NOTHING);
        }
    }

    @Test
    void oneMoreActionMayEndTheEpisode() {
        EnvSpec spec = new EnvSpec(4, ActionSet.REDUCED, true, 0, 10, 50, 10, StartNoise.NOTHING);
        assertThat(spec.actionCount()).isEqualTo(10);
        QwopEnv env = env(spec, new ScriptedGame(0, 0));
        env.reset();
        env.step(9);
        assertThat(env.terminated()).isTrue();
        assertThat(env.reward()).as("no failure cost").isGreaterThan(-1);
        assertThatThrownBy(() -> env.step(10))
                .hasMessageContaining("action is 10")
                .hasMessageContaining("0 to 9");
    }

    @Test
    void actionsHoldTheirKeysForAllFrames() {
        ScriptedGame game = new ScriptedGame(0, 0);
        QwopEnv env = env(new EnvSpec(7, ActionSet.FULL, false, 0, 10, 50, 10, StartNoise.NOTHING), game);
        env.reset();
        for (int action = 0; action < 16; action++) {
            env.step(action);
        }
        // Q 1, W 2, O 4, P 8 in qwop-gym's order of combinations.
        int[] keys = {0, 1, 2, 4, 8, 3, 5, 9, 6, 10, 12, 7, 11, 13, 14, 15};
        for (int action = 0; action < 16; action++) {
            assertThat(game.played.get(action)).containsExactly(keys[action], 7);
        }
        int[] reduced = {0, 1, 2, 4, 8, 3, 9, 6, 12};
        for (int action = 0; action < 9; action++) {
            assertThat(ActionSet.REDUCED.keys(action)).isEqualTo(reduced[action]);
        }
    }

    @Test
    void startNoiseDependsOnTheStreamAlone() {
        EnvSpec spec = SPEC.withStartNoise(StartNoise.parse("random:10"));
        float[] first = firstObservation(spec, 1);
        assertThat(firstObservation(spec, 1)).isEqualTo(first);
        assertThat(firstObservation(spec, 2)).isNotEqualTo(first);
        assertThat(firstObservation(SPEC, 1)).isEqualTo(firstObservation(SPEC, 2));
    }

    private static float[] firstObservation(EnvSpec spec, long seed) {
        try (QwopEnv env = new QwopEnv(spec, new Twin(), RewardShaper.NONE, RandomStream.of(seed, "noise"))) {
            env.reset();
            float[] observation = new float[Observation.QWOP_GYM.size()];
            env.observe(observation, 0);
            return observation;
        }
    }

    @Test
    void aShaperSeesBothStatesAndHasTheLastWord() {
        QwopEnv env = new QwopEnv(
                SPEC,
                new ScriptedGame(2, 10, 20, 30),
                (reward, before, after, ended) -> (float) (after[0] - before[0] + (ended ? 1000 : 0)),
                RandomStream.of(1, "noise"));
        env.reset();
        env.step(0);
        assertThat(env.reward()).isEqualTo(10);
        env.step(0);
        assertThat(env.reward()).isEqualTo(1010);
    }

    /** What a shaper was told, as rewards: seconds of play, and 1000 times the progress. */
    private static final class Told implements RewardShaper {
        @Override
        public float shape(float reward, double[] before, double[] after, boolean ended) {
            throw new IllegalStateException("The other one knows more.");
        }

        @Override
        public float shape(
                float reward, double[] before, double[] after, boolean ended, double seconds, double progress) {
            return (float) (seconds + 1000 * progress);
        }
    }

    @Test
    void aShaperHearsOfTheTimeAndOfTheTraining() {
        QwopEnv env = new QwopEnv(SPEC, new ScriptedGame(0, 0), new Told(), RandomStream.of(1, "noise"));
        env.reset();
        env.step(0);
        assertThat(env.reward()).isCloseTo(4 / 30f, within(1e-5f));
        env.progress(0.25);
        env.step(0);
        assertThat(env.reward()).isCloseTo(250 + 4 / 30f, within(1e-3f));
    }

    /** The twin, which can be saved, and a game that cannot and is played again. */
    static List<Supplier<Game>> games() {
        return List.of(Twin::new, NudgedGame::same);
    }

    @ParameterizedTest
    @MethodSource("games")
    void aRestoredEpisodeEarnsWhatItEarnedWhenItWasPlayed(Supplier<Game> games) throws IOException {
        QwopVectorEnv whole = new QwopVectorEnv(SPEC, 3, games, new Told(), 5);
        whole.reset();
        RandomStream actions = RandomStream.of(5, "actions");
        int steps = 0;
        for (; steps < 50; steps++) {
            whole.progress(3L * steps, 1000);
            play(whole, actions, 1);
        }
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        whole.save(new DataOutputStream(saved));
        long[] stream = actions.state();
        List<EpisodeResult> ended = episodes(whole, actions, steps);

        QwopVectorEnv resumed = new QwopVectorEnv(SPEC, 3, games, new Told(), 99);
        resumed.progress(3L * steps, 1000);
        resumed.restore(in(saved.toByteArray()));
        assertThat(episodes(resumed, RandomStream.fromState(stream), steps)).isEqualTo(ended);
        assertThat(ended).hasSizeGreaterThanOrEqualTo(3);
    }

    /** Those that end in the next 200 steps of three environments. */
    private static List<EpisodeResult> episodes(QwopVectorEnv env, RandomStream actions, int from) {
        List<EpisodeResult> ended = new ArrayList<>();
        for (int steps = from; steps < from + 200; steps++) {
            env.progress(3L * steps, 1000);
            play(env, actions, 1);
            for (int e = 0; e < 3; e++) {
                if (env.terminated()[e] || env.truncated()[e]) {
                    ended.add(env.episode(e));
                }
            }
        }
        return ended;
    }

    @Test
    void aRecordingPlaysToTheSameEnd() throws IOException {
        EnvSpec spec = SPEC.withStartNoise(StartNoise.parse("random:10"));
        for (int seed = 0; seed < 10; seed++) {
            QwopEnv env = new QwopEnv(spec, new Twin(), RewardShaper.NONE, RandomStream.of(seed, "noise"));
            env.reset();
            RandomStream actions = RandomStream.of(seed, "actions");
            while (!env.terminated() && !env.truncated()) {
                env.step(actions.nextInt(9));
            }
            Recording recording = RecordingFormat.read(RecordingFormat.write(env.recording()));
            assertThat(recording).isEqualTo(env.recording());

            QwopEnv again = new QwopEnv(recording.spec(), new Twin(), RewardShaper.NONE, recording.random());
            again.reset();
            for (byte action : recording.actions()) {
                assertThat(again.terminated()).isFalse();
                again.step(action);
            }
            assertThat(again.terminated()).isTrue();
            assertThat(again.bodies()).isEqualTo(env.bodies());
            assertThat((double) again.distance()).isEqualTo(recording.distance());
        }
    }

    @ParameterizedTest
    @MethodSource("games")
    void aSavedEpisodeGoesOnBitForBit(Supplier<Game> games) throws IOException {
        EnvSpec spec = new EnvSpec(
                4,
                ActionSet.FULL,
                false,
                150,
                10,
                50,
                10,
                StartNoise.parse("random:10"),
                Trigonometry.FDLIBM,
                Observation.RELATIVE);
        QwopVectorEnv whole = new QwopVectorEnv(spec, 3, games, RewardShaper.NONE, 5);
        whole.reset();
        RandomStream actions = RandomStream.of(5, "actions");
        play(whole, actions, 100);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        whole.save(new DataOutputStream(saved));
        long[] stream = actions.state();
        play(whole, actions, 200);

        QwopVectorEnv resumed = new QwopVectorEnv(spec, 3, games, RewardShaper.NONE, 99);
        resumed.restore(in(saved.toByteArray()));
        play(resumed, RandomStream.fromState(stream), 200);
        assertThat(resumed.observations()).isEqualTo(whole.observations());
        assertThat(resumed.rewards()).isEqualTo(whole.rewards());
        ByteArrayOutputStream ended = new ByteArrayOutputStream();
        whole.save(new DataOutputStream(ended));
        ByteArrayOutputStream resumedEnded = new ByteArrayOutputStream();
        resumed.save(new DataOutputStream(resumedEnded));
        assertThat(resumedEnded.toByteArray()).isEqualTo(ended.toByteArray());
    }

    @Test
    void anEpisodeOfAGameThatCanBeSavedIsNotPlayedAgain() throws IOException {
        QwopEnv env = env(SPEC, new Twin());
        env.reset();
        while (!env.terminated()) {
            env.step(3);
        }
        RewardShaper never = (reward, before, after, ended) -> {
            throw new AssertionError("A step was played.");
        };
        QwopEnv restored = new QwopEnv(SPEC, new Twin(), never, RandomStream.of(2, "noise"));
        restored.restore(in(saved(env)), true, ago -> 0);

        assertThat(restored.episode()).isEqualTo(env.episode());
        assertThat(restored.recording()).isEqualTo(env.recording());
        assertThat(restored.bodies()).isEqualTo(env.bodies());
        assertThat(restored.reward()).isEqualTo(env.reward());
        assertThat(restored.terminated()).isTrue();
        assertThatThrownBy(() -> restored.step(0)).hasMessageContaining("No episode is running");
    }

    /** Two environments after 30 steps, as they were saved before games could be. */
    private static final String BEFORE_SNAPSHOTS =
            "0000000274e110fa39fbe7d5ad3533a1d0f07fb28beea9e842563b9b3b59e44e7aa4c5850000000a03000202"
                    + "0508000406046fcd22d769f3cf5aee928e81911eff8127099e9b8b87a59c399078f43d9598c20000001e0206"
                    + "03060205070400070603050707050703040806070507000303080002";

    @Test
    void anEpisodeThatWasSavedBeforeGamesCouldBeIsPlayedAgain() throws IOException {
        EnvSpec spec = SPEC.withStartNoise(StartNoise.parse("idle:10"));
        QwopVectorEnv whole = new QwopVectorEnv(spec, 2, Twin::new, RewardShaper.NONE, 5);
        whole.reset();
        RandomStream actions = RandomStream.of(5, "actions");
        play(whole, actions, 30);

        QwopVectorEnv resumed = new QwopVectorEnv(spec, 2, Twin::new, RewardShaper.NONE, 99);
        resumed.restore(in(HexFormat.of().parseHex(BEFORE_SNAPSHOTS)));
        assertThat(resumed.observations()).isEqualTo(whole.observations());
        long[] stream = actions.state();
        play(whole, actions, 100);
        play(resumed, RandomStream.fromState(stream), 100);
        assertThat(resumed.observations()).isEqualTo(whole.observations());
    }

    @Test
    void environmentsOfAnUnknownVersionAreRefusedByName() {
        QwopVectorEnv env = new QwopVectorEnv(SPEC, 1, Twin::new, RewardShaper.NONE, 5);
        assertThatThrownBy(() -> env.restore(in(HexFormat.of().parseHex("fffffffc00000001"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are of version 4, and this plugin reads up to 3");
    }

    @Test
    void aSnapshotOfOtherSettingsIsRefused() throws IOException {
        EnvSpec glibc = new EnvSpec(
                4,
                ActionSet.REDUCED,
                false,
                0,
                10,
                50,
                10,
                StartNoise.NOTHING,
                Trigonometry.GLIBC,
                Observation.QWOP_GYM);
        QwopEnv env = env(glibc, new Twin(Trigonometry.GLIBC));
        env.reset();
        env.step(1);
        byte[] saved = saved(env);
        assertThatThrownBy(() -> env(SPEC, new Twin()).restore(in(saved), true, ago -> 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not of this environment: The snapshot is of a game with another sine");
        assertThatThrownBy(() -> env(SPEC, NudgedGame.same()).restore(in(saved), true, ago -> 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its game could be saved, and this one cannot");
        // Random stream, steps and one action; whether there is a state; random stream, keys, rewards, four flags.
        saved[32 + 4 + 1 + 1 + 32 + 2 + 4 + 8 + 4] = 1;
        assertThatThrownBy(() -> env(glibc, new Twin(Trigonometry.GLIBC)).restore(in(saved), true, ago -> 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("numbers: it is damaged");
    }

    @Test
    void aSavedEpisodeOfOtherSettingsIsRefused() throws IOException {
        EnvSpec full = new EnvSpec(4, ActionSet.FULL, false, 0, 10, 50, 10, StartNoise.NOTHING);
        QwopEnv env = env(full, new ScriptedGame(0, 0));
        env.reset();
        env.step(15);
        byte[] saved = saved(env);
        assertThatThrownBy(() -> env(SPEC, new ScriptedGame(0, 0)).restore(in(saved), true, ago -> 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not of this environment: The action is 15");
        assertThatThrownBy(() -> env(full, new ScriptedGame(1, 0, 0)).restore(in(new byte[100]), true, ago -> 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("all zero");
        // The number of steps follows the four words of the random state.
        saved[32] = -1;
        assertThatThrownBy(() -> env(full, new ScriptedGame(0, 0)).restore(in(saved), true, ago -> 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is damaged");
    }

    private static byte[] saved(QwopEnv env) throws IOException {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        env.save(new DataOutputStream(saved));
        return saved.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static void play(QwopVectorEnv env, RandomStream actions, int steps) {
        int[] chosen = new int[env.envCount()];
        for (int i = 0; i < steps; i++) {
            for (int e = 0; e < chosen.length; e++) {
                chosen[e] = actions.nextInt(env.actionCount());
            }
            env.step(chosen);
        }
    }

    @Test
    void aVectorIsItsSingleEnvironments() {
        QwopVectorEnv vector = new QwopVectorEnv(SPEC, 2, Twin::new, RewardShaper.NONE, 7);
        QwopEnv single = new QwopEnv(SPEC, new Twin(), RewardShaper.NONE, RandomStream.of(7, "environment-1"));
        vector.reset();
        single.reset();
        RandomStream actions = RandomStream.of(7, "actions");
        float[] observation = new float[Observation.QWOP_GYM.size()];
        int ended = 0;
        for (int i = 0; i < 400; i++) {
            int action = actions.nextInt(9);
            vector.step(new int[] {0, action});
            single.step(action);
            assertThat(vector.rewards()[1]).isEqualTo(single.reward());
            assertThat(vector.terminated()[1]).isEqualTo(single.terminated());
            if (single.terminated()) {
                ended++;
                single.observe(observation, 0);
                assertThat(row(vector.finalObservations())).isEqualTo(observation);
                assertThat(vector.episode(1)).isEqualTo(single.episode());
                single.reset();
            }
            single.observe(observation, 0);
            assertThat(row(vector.observations())).isEqualTo(observation);
        }
        assertThat(ended).as("episodes ended").isPositive();
        assertThatThrownBy(() -> {
                    vector.step(new int[] {0, 0});
                    vector.episode(0);
                    vector.episode(1);
                })
                .isInstanceOf(IllegalStateException.class);
    }

    private static float[] row(float[] observations) {
        return java.util.Arrays.copyOfRange(observations, Observation.QWOP_GYM.size(), 2 * Observation.QWOP_GYM.size());
    }

    @Test
    void observationsAreNormalisedByTheRangesOfTheirKind() {
        double[] bodies = new double[Game.BODY_VALUES];
        float[] observation = new float[Game.BODY_VALUES];
        // x −10 … 1050, y −10 … 10, angle −6 … 6, vx −20 … 60, vy −25 … 60.
        double[] least = {-10, -10, -6, -20, -25};
        double[] most = {1050, 10, 6, 60, 60};
        for (int part = 0; part < 12; part++) {
            System.arraycopy(part % 2 == 0 ? least : most, 0, bodies, 5 * part, 5);
        }
        normalise(bodies, observation);
        for (int i = 0; i < observation.length; i++) {
            assertThat(observation[i]).isEqualTo(i / 5 % 2 == 0 ? -1 : 1);
        }
        bodies[0] = 520;
        bodies[1] = 100;
        bodies[2] = 3;
        normalise(bodies, observation);
        assertThat(observation[0]).isZero();
        assertThat(observation[1]).as("clipped").isEqualTo(1);
        assertThat(observation[2]).isEqualTo(0.5f);
    }

    private static QwopEnv env(EnvSpec spec, Game game) {
        return new QwopEnv(spec, game, RewardShaper.NONE, RandomStream.of(1, "noise"));
    }

    private static void normalise(double[] bodies, float[] observation) {
        for (int i = 0; i < observation.length; i++) {
            observation[i] = (float) bodies[i];
        }
        Observation.QWOP_GYM.normalise(observation, 0);
    }
}
