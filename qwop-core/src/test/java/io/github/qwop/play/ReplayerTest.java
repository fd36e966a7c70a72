package io.github.qwop.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Game;
import io.github.qwop.game.Rules;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.page.OpenPageGame;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.Silence;
import io.github.qwop.run.policy.TrainedPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayerTest {

    /** A policy that gets far enough for a last bit of a sine to grow into another distance. */
    private static final Path POLICY = Path.of("..", "examples", "ci-gate", "policy.zip");

    private static Recording played(Trigonometry trigonometry, int steps) {
        EnvSpec spec = new EnvSpec(
                4,
                ActionSet.REDUCED,
                false,
                steps,
                0,
                0,
                0,
                StartNoise.parse("random:10"),
                trigonometry,
                Observation.QWOP_GYM);
        try (TrainedPolicy policy = TrainedPolicy.open(POLICY, new Silence());
                QwopEnv env = new QwopEnv(
                        spec, new Twin(trigonometry), RewardShaper.NONE, RandomStream.of(5, "environment-0"))) {
            Actor actor = policy.actor();
            env.reset();
            while (!env.terminated() && !env.truncated()) {
                env.step(actor.act(env));
            }
            return env.recording();
        }
    }

    private static Trigonometry other(Trigonometry trigonometry) {
        return trigonometry == Trigonometry.GLIBC ? Trigonometry.FDLIBM : Trigonometry.GLIBC;
    }

    @ParameterizedTest
    @EnumSource(Trigonometry.class)
    void aRecordingLeadsWhereItSaysUnderItsOwnSineOnly(Trigonometry trigonometry) throws ReplayException {
        Recording recording = played(trigonometry, 1000);

        assertThat(Replayer.keys(recording).trigonometry()).isEqualTo(trigonometry);
        try (Game wrong = new Twin(other(trigonometry))) {
            assertThatThrownBy(() -> Replayer.play(recording, wrong)).isInstanceOf(ReplayException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Trigonometry.class)
    void theOpenPageAgreesUnderEachSine(Trigonometry trigonometry) throws ReplayException {
        Recording recording = played(trigonometry, 100);
        try (Game page = new OpenPageGame(trigonometry);
                Twin twin = new Twin(trigonometry)) {
            Comparison comparison = new Comparison(page, twin);
            Replayer.play(recording, comparison);

            assertThat(comparison.updates()).isGreaterThan(50);
            assertThat(comparison.difference()).isEmpty();
        }
        try (Game page = new OpenPageGame(other(trigonometry));
                Twin twin = new Twin(trigonometry)) {
            Comparison comparison = new Comparison(page, twin);
            try {
                Replayer.play(recording, comparison);
            } catch (ReplayException e) {
                assertThat(e).hasMessageContaining("The recording is altered");
            }

            assertThat(comparison.difference()).isPresent();
        }
    }

    @Test
    void aRecordingOfOtherRulesIsToldAsThat() {
        Recording now = played(Trigonometry.FDLIBM, 10);
        Recording then = new Recording(
                now.framesPerStep(),
                now.actionSet(),
                now.startNoise(),
                now.randomState(),
                now.actions(),
                now.distance() + 1,
                now.scoreTime(),
                now.success(),
                now.finished(),
                now.trigonometry(),
                Rules.FIRST);

        assertThatThrownBy(() -> Replayer.keys(then))
                .isInstanceOf(ReplayException.class)
                .hasMessageStartingWith(
                        "The recording was made under version 1 of the game's rules and leads elsewhere under"
                                + " version 2: it says");
    }
}
