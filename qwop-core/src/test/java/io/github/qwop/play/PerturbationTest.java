package io.github.qwop.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.QwopVectorEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.Split;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.NudgedGame;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that come late, unevenly, or not at all. */
class PerturbationTest {

    private static final EnvSpec SPEC = EnvSpec.DEFAULT.withStartNoise(StartNoise.parse("random:10"));

    private static final EnvSpec ALL = SPEC.withKeys(3, 2, 0.1);

    /** Plays random actions to an episode's end. */
    private static QwopEnv played(EnvSpec spec, Game game, int seed) {
        QwopEnv env = new QwopEnv(spec, game, RewardShaper.NONE, RandomStream.of(seed, "noise"));
        RandomStream actions = RandomStream.of(seed, "actions");
        env.reset();
        while (!env.terminated() && !env.truncated()) {
            env.step(actions.nextInt(9));
        }
        return env;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 60})
    void aDelayMovesEveryKeyBySoManyUpdates(int delay) {
        KeyLog now = new KeyLog(new Twin());
        KeyLog late = new KeyLog(new Twin());
        int compared = 0;
        for (int seed = 0; seed < 10; seed++) {
            played(EnvSpec.DEFAULT, now, seed);
            played(EnvSpec.DEFAULT.withKeys(delay, 0, 0), late, seed);
            byte[] first = now.keys();
            byte[] second = late.keys();
            assertThat(Arrays.copyOf(second, Math.min(delay, second.length))).containsOnly(Keys.NONE);
            int common = Math.min(first.length, second.length - delay);
            for (int i = 0; i < common; i++) {
                assertThat(second[i + delay]).isEqualTo(first[i]);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    /**
     * As good as nothing is ever lost, and yet the keyboard is between: the same play, which ends with the very update
     * of the end, not with the step that this is in.
     */
    @Test
    void aKeyboardThatDoesNothingChangesNothing() {
        EnvSpec nothing = SPEC.withKeys(0, 0, Double.MIN_VALUE);
        assertThat(nothing.isPerturbed()).isTrue();
        for (int seed = 0; seed < 10; seed++) {
            KeyLog plainKeys = new KeyLog(new Twin());
            KeyLog throughKeys = new KeyLog(new Twin());
            QwopEnv plain = played(SPEC, plainKeys, seed);
            QwopEnv through = played(nothing, throughKeys, seed);
            assertThat(through.episode().length()).isEqualTo(plain.episode().length());
            assertThat(through.recording().scoreTime())
                    .isEqualTo(plain.recording().scoreTime());
            assertThat((double) through.distance()).isCloseTo(plain.distance(), within(0.1));
            byte[] keys = throughKeys.keys();
            assertThat(keys).isEqualTo(Arrays.copyOf(plainKeys.keys(), keys.length));
            assertThat(plainKeys.keys().length - keys.length).isBetween(0, 3);
            assertThat(through.recording().framesPerStep()).isEqualTo(1);
            assertThat(plain.recording().framesPerStep()).isEqualTo(4);
            assertThat(plain.recording().actionSet()).isEqualTo(ActionSet.REDUCED);
        }
    }

    /** One press and one release; with a delay of less than the jitter what would come too soon comes at once. */
    @ParameterizedTest
    @CsvSource({"5, 2, 3, 7", "2, 2, 0, 4", "1, 3, 0, 4", "0, 2, 0, 2"})
    void aJitterDrawsEachChangeFromItsWindow(int delay, int jitter, int least, int most) {
        EnvSpec spec = EnvSpec.DEFAULT.withKeys(delay, jitter, 0);
        Set<Integer> pressed = new TreeSet<>();
        Set<Integer> released = new TreeSet<>();
        for (int seed = 0; seed < 100; seed++) {
            KeyLog log = new KeyLog(new Twin());
            QwopEnv env = new QwopEnv(spec, log, RewardShaper.NONE, RandomStream.of(seed, "noise"));
            env.reset();
            for (int action : new int[] {0, 0, 1, 1, 1, 0, 0, 0}) {
                env.step(action);
            }
            byte[] keys = log.keys();
            int down = 0;
            while (keys[down] == Keys.NONE) {
                down++;
            }
            int up = down;
            while (keys[up] == Keys.Q) {
                up++;
            }
            pressed.add(down - 8);
            released.add(up - 20);
        }
        Integer[] window = new Integer[most - least + 1];
        Arrays.setAll(window, i -> least + i);
        assertThat(pressed).containsExactly(window);
        assertThat(released).containsExactly(window);
    }

    /** A key that is pressed for one update, and let go before the press has come, is not left held. */
    @Test
    void noChangeOvertakesAnEarlierOneOfItsKey() {
        EnvSpec spec = new EnvSpec(1, ActionSet.REDUCED, false, 1000, 10, 50, 10, StartNoise.NOTHING).withKeys(4, 4, 0);
        Set<Integer> lengths = new TreeSet<>();
        for (int seed = 0; seed < 600; seed++) {
            KeyLog log = new KeyLog(new Twin());
            QwopEnv env = new QwopEnv(spec, log, RewardShaper.NONE, RandomStream.of(seed, "noise"));
            env.reset();
            for (int i = 0; i < 20; i++) {
                env.step(i == 3 ? 1 : 0);
            }
            int length = 0;
            for (byte keys : log.keys()) {
                length += keys;
            }
            lengths.add(length);
            assertThat(log.keys()[19]).isEqualTo((byte) Keys.NONE);
        }
        assertThat(lengths).contains(0, 1, 9).allMatch(length -> length <= 9);
    }

    @Test
    void soManyDecisionsAreLost() {
        EnvSpec spec = new EnvSpec(1, ActionSet.REDUCED, false, 0, 10, 50, 10, StartNoise.NOTHING).withKeys(0, 0, 0.3);
        KeyLog log = new KeyLog(new Twin());
        QwopEnv env = new QwopEnv(spec, log, RewardShaper.NONE, RandomStream.of(1, "noise"));
        int decisions = 0;
        int lost = 0;
        while (decisions < 4000) {
            env.reset();
            byte before = Keys.NONE;
            for (int i = 0; i < 20; i++) {
                env.step(1 + i % 2);
                byte[] keys = log.keys();
                byte now = keys[keys.length - 1];
                boolean done = now == ActionSet.REDUCED.keys(1 + i % 2);
                lost += done ? 0 : 1;
                assertThat(done || now == before).as("what was held stays").isTrue();
                before = now;
                decisions++;
            }
        }
        // A lost decision after a lost one finds the keys of the one before, which are its own.
        double share = 0.3 / 1.3;
        assertThat((double) lost / decisions).isCloseTo(share, within(0.02));
    }

    @Test
    void aRecordingOfPerturbedPlayLeadsToTheSameEnd() throws IOException, ReplayException {
        for (int seed = 0; seed < 20; seed++) {
            KeyLog log = new KeyLog(new Twin());
            QwopEnv env = played(ALL, log, seed);

            Recording saved = RecordingFormat.read(RecordingFormat.write(env.recording()));

            assertThat(saved.framesPerStep()).isEqualTo(1);
            assertThat(saved.actionSet()).isEqualTo(ActionSet.DISTINCT);
            KeyLog again = new KeyLog(new Twin());
            Replayer.play(saved, again);
            double[] bodies = new double[Game.BODY_VALUES];
            again.readBodies(bodies, 0);
            assertThat(bodies).isEqualTo(env.bodies());
            assertThat(again.keys()).hasSameSizeAs(log.keys());
        }
    }

    @Test
    void givingUpIsReplayedToo() throws ReplayException {
        EnvSpec spec = new EnvSpec(4, ActionSet.REDUCED, true, 0, 10, 50, 10, StartNoise.NOTHING).withKeys(2, 0, 0);
        QwopEnv env = new QwopEnv(spec, new Twin(), RewardShaper.NONE, RandomStream.of(1, "noise"));
        env.reset();
        env.step(3);
        env.step(9);
        assertThat(env.terminated()).isTrue();
        assertThat(env.recording().actions()).containsExactly(0, 0, 3, 3, 0, 0, 0, 9);

        Twin again = new Twin();
        Replayer.play(env.recording(), again);
        double[] bodies = new double[Game.BODY_VALUES];
        again.readBodies(bodies, 0);
        assertThat(bodies).isEqualTo(env.bodies());
    }

    @Test
    void theSameSeedIsTheSamePlayWithAnyNumberOfThreads() {
        List<Episode> one = play(1, 7);
        assertThat(play(3, 7)).isEqualTo(one);
        assertThat(play(1, 8)).isNotEqualTo(one);
    }

    private static List<Episode> play(int threads, long seed) {
        try (Workers workers = new Workers(threads)) {
            return EpisodePlayer.play(
                    worker -> new EpisodePlayer(ALL, new Twin()),
                    // It decides by what it sees, so that threads have nothing to share.
                    () -> env -> Math.floorMod((int) (env.bodies()[0] * 1000), 9),
                    Split.TEST.streams(seed, 0, 8),
                    workers);
        }
    }

    /** The twin, which can be saved, and a game that cannot and is played again. */
    static List<Supplier<Game>> games() {
        return List.of(Twin::new, NudgedGame::same);
    }

    @ParameterizedTest
    @MethodSource("games")
    void aSavedEpisodeGoesOnBitForBit(Supplier<Game> games) throws IOException {
        QwopVectorEnv whole = new QwopVectorEnv(ALL, 3, games, RewardShaper.NONE, 5);
        whole.reset();
        RandomStream actions = RandomStream.of(5, "actions");
        play(whole, actions, 50);
        byte[] saved = saved(whole);
        long[] stream = actions.state();
        play(whole, actions, 200);

        QwopVectorEnv resumed = new QwopVectorEnv(ALL, 3, games, RewardShaper.NONE, 99);
        resumed.restore(new DataInputStream(new ByteArrayInputStream(saved)));
        play(resumed, RandomStream.fromState(stream), 200);
        assertThat(resumed.observations()).isEqualTo(whole.observations());
        assertThat(saved(resumed)).isEqualTo(saved(whole));
    }

    @Test
    void environmentsOfOtherPlayAreRefused() throws IOException {
        QwopVectorEnv plain = new QwopVectorEnv(SPEC, 1, Twin::new, RewardShaper.NONE, 5);
        QwopVectorEnv late = new QwopVectorEnv(SPEC.withKeys(1, 0, 0), 1, Twin::new, RewardShaper.NONE, 5);
        QwopVectorEnv later = new QwopVectorEnv(SPEC.withKeys(2, 0, 0), 1, Twin::new, RewardShaper.NONE, 5);
        List.of(plain, late, later).forEach(QwopVectorEnv::reset);
        assertThatThrownBy(() -> late.restore(in(plain)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are of no perturbed play")
                .hasMessageContaining("set environment.keyDelay, keyJitter and dropped as they were");
        assertThatThrownBy(() -> plain.restore(in(late)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are of perturbed play");
        assertThatThrownBy(() -> later.restore(in(late)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its keys come up to 1 updates late, and those of this environment 2");
    }

    @Test
    void onlySharesAndTimesAreTaken() {
        assertThatThrownBy(() -> SPEC.withKeys(-1, 0, 0))
                .hasMessage("environment.keyDelay is -1: give 0 to 60 game updates, of which a second of play has 30.");
        assertThatThrownBy(() -> SPEC.withKeys(0, 61, 0)).hasMessageStartingWith("environment.keyJitter is 61: give 0");
        for (double share : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> SPEC.withKeys(0, 0, share))
                    .hasMessage("environment.dropped is " + share
                            + ": give the share of decisions that are lost, from 0 to less than 1, such as 0.02.");
        }
    }

    private static DataInputStream in(QwopVectorEnv env) throws IOException {
        return new DataInputStream(new ByteArrayInputStream(saved(env)));
    }

    private static byte[] saved(QwopVectorEnv env) throws IOException {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        env.save(new DataOutputStream(saved));
        return saved.toByteArray();
    }

    private static void play(QwopVectorEnv env, RandomStream actions, int steps) {
        int[] chosen = new int[env.envCount()];
        for (int i = 0; i < steps; i++) {
            Arrays.setAll(chosen, e -> actions.nextInt(9));
            env.step(chosen);
        }
    }
}
