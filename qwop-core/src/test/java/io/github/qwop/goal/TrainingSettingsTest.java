package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.Notes;
import io.github.qwop.run.Preset;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {

    private final Notes notes = new Notes();

    private RunSpec run(Map<String, String> settings) throws IOException {
        return new TrainGoal()
                .settings(new Call(Path.of("runs"), settings, notes, () -> false))
                .run();
    }

    @Test
    void aPresetStandsUnderWhatIsGiven() throws IOException {
        RunSpec spec = run(Map.of("preset", "quick", "totalTimesteps", "1M", "threads", "2", "runId", "mine"));

        assertThat(spec.totalTimesteps()).isEqualTo(1_000_000);
        assertThat(spec.runId()).isEqualTo("mine");
        assertThat(spec.settings()).containsEntry("environment.observation", "relative");
        assertThat(notes.infos())
                .containsExactly("The preset quick stands for algorithm ppo, environment.observation relative,"
                        + " environment.actionSet distinct; given otherwise: totalTimesteps 1M.");
    }

    @Test
    void withoutOneAllIsAsItWas() throws IOException {
        assertThat(run(Map.of())).isEqualTo(RunSpec.of(Map.of()));
        assertThat(run(Map.of("preset", "none"))).isEqualTo(RunSpec.of(Map.of()));
        assertThat(notes.infos()).isEmpty();
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> run(Map.of("preset", "fast")))
                .isInstanceOf(SettingException.class)
                .hasMessage("preset is \"fast\": give one of quick, steady, record.");
        assertThatThrownBy(() -> run(Map.of("preset", Preset.QUICK.text(), "config", "train.yml")))
                .isInstanceOf(SettingException.class)
                .hasMessage("preset is quick and config is train.yml, which is a whole set of settings too: remove one"
                        + " of the two.");
        assertThatThrownBy(() -> run(Map.of("threads", "0")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("threads is 0: give 1 to 256");
    }
}
