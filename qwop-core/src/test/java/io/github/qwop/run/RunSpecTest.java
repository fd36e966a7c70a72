package io.github.qwop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.learn.dqn.DqnSpec;
import io.github.qwop.learn.ppo.PpoSpec;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunSpecTest {

    private static Stream<String> settingsOfPpo() {
        return Settings.flatten(PpoSpec.PPO).keySet().stream();
    }

    private static Stream<String> settingsOfDqnAlone() {
        Set<String> ppo = Settings.flatten(PpoSpec.PPO).keySet();
        return Settings.flatten(DqnSpec.QR_DQN).keySet().stream().filter(name -> !ppo.contains(name));
    }

    @Test
    void learnsWithPpoWhereNothingIsSaid() {
        RunSpec spec = RunSpec.of(Map.of());

        assertThat(spec.algorithm()).isEqualTo(Algorithm.PPO);
        assertThat(spec.learner()).isEqualTo(PpoSpec.PPO);
    }

    @ParameterizedTest
    @MethodSource("settingsOfPpo")
    void staysPpoWithWhatPpoHas(String name) {
        String usual = Settings.flatten(PpoSpec.PPO).get(name);

        RunSpec spec = RunSpec.of(Map.of("learner." + name, usual));

        assertThat(spec.algorithm()).isEqualTo(Algorithm.PPO);
    }

    @ParameterizedTest
    @MethodSource("settingsOfDqnAlone")
    void staysQrDqnWhereAPomOfOldSetsWhatBelongsToIt(String name) {
        Map<String, String> settings =
                Map.of("learner." + name, Settings.flatten(DqnSpec.QR_DQN).get(name));

        assertThat(RunSpec.of(settings).algorithm()).isEqualTo(Algorithm.QR_DQN);
        assertThat(RunSpec.ofDqn(settings)).contains("learner." + name);
    }

    @Test
    void staysQrDqnWithDemonstrations() {
        Map<String, String> settings = Map.of("demonstrations", "recordings");

        assertThat(RunSpec.of(settings).algorithm()).isEqualTo(Algorithm.QR_DQN);
        assertThat(RunSpec.ofDqn(settings)).contains("demonstrations");
    }

    /** As Maven hands them over where no POM has any. */
    @Test
    void staysPpoWithAnEmptyListOfDemonstrations() {
        Map<String, String> settings = Map.of("demonstrations", "");

        assertThat(RunSpec.of(settings).algorithm()).isEqualTo(Algorithm.PPO);
        assertThat(RunSpec.ofDqn(settings)).isEmpty();
    }

    @Test
    void namesTheAlgorithmsThatHaveASettingWhichThisOneHasNot() {
        assertThatThrownBy(() -> RunSpec.of(Map.of("algorithm", "dqn", "learner.nSteps", "5")))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "learner.nSteps is no setting of dqn, but of ppo, a2c, acer, expert-iteration: remove it, or give one of these as"
                                + " algorithm.");
        assertThatThrownBy(() -> RunSpec.of(Map.of("algorithm", "dqn", "learner.nStepps", "5")))
                .hasMessageContaining("did you mean learner.nStep?");
        assertThatThrownBy(() -> RunSpec.of(Map.of("learner.bufersize", "5")))
                .hasMessage("learner.bufersize is no setting; did you mean learner.bufferSize? That is one of qr-dqn,"
                        + " dqn, acer, and the algorithm is ppo.");
    }

    @Test
    void keysThatFailCannotBePlannedFor() {
        assertThatThrownBy(() -> RunSpec.of(Map.of("algorithm", "expert-iteration", "environment.dropped", "0.1")))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "environment has key delay 0, jitter 0, dropped 0.1, and expert-iteration plans, for which keys"
                                + " must come at once: leave keyDelay, keyJitter and dropped out, or give another algorithm.");
    }

    @Test
    void takesTheAlgorithmThatIsNamed() {
        Map<String, String> settings = Map.of("algorithm", "dqn", "learner.bufferSize", "1000");

        assertThat(RunSpec.of(settings).algorithm()).isEqualTo(Algorithm.DQN);
        assertThat(RunSpec.ofDqn(settings)).isEmpty();
    }

    @Test
    void readsAFileThatNamesNoAlgorithmAsItWasWritten() {
        assertThat(RunSpec.saved(Map.of()).algorithm()).isEqualTo(Algorithm.QR_DQN);
    }
}
