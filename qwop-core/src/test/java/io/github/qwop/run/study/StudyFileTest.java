package io.github.qwop.run.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.study.StudyFile.Evaluated;
import io.github.qwop.run.study.StudyFile.Point;
import io.github.qwop.run.study.StudyFile.Seed;
import io.github.qwop.run.study.StudyFile.State;
import io.github.qwop.run.study.StudyFile.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class StudyFileTest {

    private static final String WHOLE = """
            {"version": 1, "study": "gamma", "objective": "finish-rate", "higherIsBetter": true, "budget": "500 steps",
             "trials": [{"trial": "t1", "settings": {"learner.gamma": "0.99"}, "state": "pruned", "seeds": [
               {"seed": 1, "run": "t1-s1", "state": "finished", "steps": 500, "seconds": 33.5,
                "curve": [[100, 3.25], [200, 40.5]]}]}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void comesBackAsItWasWritten() throws Exception {
        Seed trained = new Seed(
                1,
                "t1-s1",
                State.FINISHED,
                500_000,
                33.125,
                92.1,
                List.of(new Point(100_000, 3.2), new Point(200_000, 40.1)),
                new Evaluated(100, 92.1, 0.91, 63.0));
        Seed waiting = new Seed(2, "t1-s2", State.WAITING, 0, 0, null, List.of(), null);
        StudyFile study = new StudyFile(
                StudyFile.VERSION,
                "gamma",
                Objective.DISTANCE,
                true,
                "500000 steps a training",
                List.of(new Trial("t1", Map.of("learner.netArch", "64,64"), State.RUNNING, List.of(trained, waiting))));

        study.write(folder);

        assertThat(StudyFile.read(folder)).isEqualTo(study);
        assertThat(folder.resolve("study.json"))
                .content()
                .contains("[100000, 3.2]")
                .contains("\"distance\"");
    }

    @Test
    void readsWhatLacksAScore() throws Exception {
        Files.writeString(folder.resolve("study.json"), WHOLE);

        StudyFile study = StudyFile.read(folder);

        assertThat(study.objective()).isEqualTo(Objective.FINISH_RATE);
        assertThat(study.trials()).singleElement().satisfies(trial -> {
            assertThat(trial.state()).isEqualTo(State.PRUNED);
            assertThat(trial.seeds().get(0).score()).isNull();
            assertThat(trial.seeds().get(0).curve()).last().isEqualTo(new Point(200, 40.5));
        });
    }

    @Test
    void refusesAnotherVersionByName() throws Exception {
        Files.writeString(folder.resolve("study.json"), "{\"version\": 2, \"trials\": 7}");

        assertThatThrownBy(() -> StudyFile.read(folder))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("is of version 2")
                .hasMessageContaining("reads version 1");
    }

    @Test
    void saysThatThereIsNone() {
        assertThatThrownBy(() -> StudyFile.read(folder))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("does not exist: run qwop:sweep first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"gamma\"-> null",
                "\"finish-rate\"->\"beauty\"",
                "3.25->NaN",
                "\"t1-s1\"->\"../t1-s1\"",
                "3.25->1e300",
                "[100, 3.25]->[100]",
                "[100, 3.25]->null",
                "[100, 3.25]->[-1, 3.25]",
                "33.5->\"long\"",
                "\"0.99\"->null",
                "\"t1-s1\"->null",
                "\"pruned\"->\"lost\"",
                "\"seeds\"->\"other\"",
                "{\"version\": 1,->[",
                "}]}]}->}]}"
            })
    void refusesWhatIsDamaged(String damage) throws Exception {
        String[] parts = damage.split("->", 2);
        String damaged = WHOLE.replace(parts[0], parts[1]);
        assertThat(damaged).isNotEqualTo(WHOLE);
        Files.writeString(folder.resolve("study.json"), damaged);

        assertThatThrownBy(() -> StudyFile.read(folder))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("study.json")
                .hasMessageContaining("is damaged: remove it");
    }

    @Test
    void refusesATrialOrASeedThatIsThereTwice() throws Exception {
        String trial = WHOLE.substring(WHOLE.indexOf("{\"trial\""), WHOLE.lastIndexOf("]"));
        Files.writeString(folder.resolve("study.json"), WHOLE.replace(trial, trial + "," + trial));

        assertThatThrownBy(() -> StudyFile.read(folder)).hasMessageContaining("is damaged");
    }
}
