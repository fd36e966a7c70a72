package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.CheckpointWriter;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.study.Objective;
import io.github.qwop.run.study.StudyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsGoalTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Notes notes = new Notes();

    private RunDirectory trained(String name, int hoursAgo, String model, String... own) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("runId", name.replaceFirst("[.]old[0-9]+", ""));
        for (int i = 0; i < own.length; i += 2) {
            settings.put(own[i], own[i + 1]);
        }
        RunDirectory run = new RunDirectory(folder.resolve(name));
        run.begin(RunSpec.of(settings).settings(), Map.of());
        Files.writeString(run.model(), model);
        FileTime time = FileTime.from(Instant.now().minus(Duration.ofHours(hoursAgo)));
        Files.setLastModifiedTime(run.model(), time);
        Files.setLastModifiedTime(run.spec(), time);
        return run;
    }

    /** A run whose files are whole. */
    private RunDirectory whole(String name, int hoursAgo, String... own) throws IOException {
        RunDirectory run = trained(name, hoursAgo, "", own);
        try (CheckpointWriter model = new CheckpointWriter(run.model())) {
            model.finish(name, 10, Map.of());
        }
        Files.setLastModifiedTime(run.model(), FileTime.from(Instant.now().minus(Duration.ofHours(hoursAgo))));
        return run;
    }

    private Outcome runs(String... settings) throws IOException, GateException, StoppedException {
        Map<String, String> given = settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
        return Goals.run("runs", folder, given, notes, () -> false);
    }

    @Test
    void listsTheLatestFirstAndHowTheOthersDiffer() throws IOException, GateException, StoppedException {
        RunDirectory run = whole("run", 1, "totalTimesteps", "500000");
        Files.writeString(run.path().resolve(MetricsLog.JSON_LINES), """
                {"eval/distance":1.5,"eval/best_score":1.6}
                {"train/loss":2}
                {"eval/distance":91.92,"eval/best_score":99.5}
                {"eval/distance":3.5,"eval/best_score":99.5}
                {"eval/distance":7,"eval/best_sc""");
        whole("run.old1", 72, "learner.gamma", "0.995");
        RunDirectory stopped = whole("other", 3, "algorithm", "dqn");
        Files.move(stopped.model(), stopped.checkpoint(2000));
        Files.setLastModifiedTime(stopped.checkpoint(2000), FileTime.from(Instant.EPOCH));
        Files.createDirectories(folder.resolve("notes"));

        assertThat(runs().sentence()).startsWith("3 runs in " + folder + ", 0.0 MB");

        assertThat(notes.infos()).hasSize(7);
        assertThat(notes.infos().get(1)).matches("run +trained +91[.]92 m +0[.]0 MB +(59|60) min");
        assertThat(notes.infos().get(2)).isEqualTo("    unlike the defaults of ppo: totalTimesteps 1000000 -> 500000");
        assertThat(notes.infos().get(3)).matches("other +stopped, saved at 2,000 of 1,000,000 +- .* 3 h");
        assertThat(notes.infos().get(4))
                .isEqualTo("    unlike run: algorithm ppo -> dqn, totalTimesteps 500000 -> 1000000");
        assertThat(notes.infos().get(5)).matches("run.old1 +trained +- .* 3 days");
        assertThat(notes.infos().get(6))
                .isEqualTo("    unlike run: totalTimesteps 500000 -> 1000000, learner.gamma 0.99 -> 0.995");
    }

    @Test
    void whatIsDamagedIsNotTrained() throws IOException, GateException, StoppedException {
        RunDirectory run = whole("run", 1);
        Files.writeString(run.best(), "half of it");
        Files.write(run.model(), Arrays.copyOf(Files.readAllBytes(run.model()), 60));
        Files.writeString(whole("other", 2).spec(), "{");

        runs();

        assertThat(notes.infos())
                .anyMatch(line -> line.matches("run +damaged: model[.]zip, best[.]zip +.*"))
                .anyMatch(line -> line.matches("other +damaged: spec[.]json +.*"));
    }

    /** As a power cut leaves it. */
    @Test
    void aByteThatIsNoLetterHidesNoRun() throws IOException, GateException, StoppedException {
        RunDirectory run = whole("run", 1);
        whole("other", 2);
        byte[] rows = "?\n{\"eval/distance\":91.92,\"eval/best_score\":99.5}\n{\"eval/best_score\":1e300}\n"
                .getBytes(StandardCharsets.UTF_8);
        rows[0] = (byte) 0xff;
        Files.write(run.path().resolve(MetricsLog.JSON_LINES), rows);

        assertThat(runs().sentence()).startsWith("2 runs in " + folder);
        assertThat(notes.infos()).anyMatch(line -> line.matches("run +trained +91[.]92 m .*"));
    }

    @Test
    void runsAreHeldAgainstWhatIsDeclared() throws IOException, GateException, StoppedException {
        whole("run", 1, "totalTimesteps", "500000");
        whole("wide", 2, "totalTimesteps", "500000", "learner.gamma", "0.995");

        runs("totalTimesteps", "500_000");

        assertThat(notes.infos())
                .contains(
                        "    settings as what is declared here",
                        "    unlike what is declared here: learner.gamma 0.99 -> 0.995");

        notes.infos().clear();
        runs("nEnvs", "none at all");
        assertThat(notes.warnings())
                .containsExactly(
                        "The settings that are declared here are passed over. nEnvs is \"none at all\", which is"
                                + " not a whole number: give one, such as 1000.");
        assertThat(notes.infos()).anyMatch(line -> line.startsWith("    unlike run: learner.gamma"));
    }

    /** Whether or not its report is written. */
    @Test
    void aStudyIsNamedAsSuch() throws IOException, GateException, StoppedException {
        whole("run", 1);
        Path study = Files.createDirectories(folder.resolve("study"));
        new StudyFile(
                        StudyFile.VERSION,
                        "study",
                        Objective.FINISH_RATE,
                        true,
                        "any",
                        List.of(
                                new StudyFile.Trial(
                                        "default",
                                        Map.of(),
                                        StudyFile.State.FINISHED,
                                        List.of(training(1, StudyFile.State.FINISHED, 0.25))),
                                new StudyFile.Trial(
                                        "t1",
                                        Map.of("learner.gamma", "0.9"),
                                        StudyFile.State.RUNNING,
                                        List.of(training(2, StudyFile.State.RUNNING, 0.75)))))
                .write(study);

        assertThat(runs().sentence()).startsWith("1 run and 1 study in " + folder);
        assertThat(notes.infos())
                .anyMatch(line ->
                        line.matches("study +study, 1 of 2 trials finished, 1 of 2 trainings finished +25 % .* 0 min"))
                .contains(
                        "    Best is default with 25 % (share of episodes that are finished, interquartile mean over one"
                                + " seed). Its trainings are listed with qwop:runs -Dqwop.outputDirectory=" + study
                                + ".");

        notes.infos().clear();
        Files.writeString(study.resolve(StudyFile.NAME), "{");
        runs();
        assertThat(notes.infos())
                .anyMatch(line -> line.matches("study +damaged: study[.]json +- .*"))
                .anyMatch(line -> line.startsWith(
                        "    The study's file " + study.resolve(StudyFile.NAME) + " is damaged: remove it"));
    }

    private static StudyFile.Seed training(long seed, StudyFile.State state, double score) {
        return new StudyFile.Seed(seed, "s" + seed, state, 1000, 1, score, List.of(), null);
    }

    @Test
    void anEmptyFolderHasNone() throws IOException, GateException, StoppedException {
        assertThat(runs().sentence()).isEqualTo("There is no run in " + folder + ".");
    }

    @Test
    void deletesDisplacedCopiesWhenAskedTo() throws IOException, GateException, StoppedException {
        trained("run", 1, "a");
        RunDirectory copy = trained("run.old1", 5, "a");
        Files.writeString(copy.report(), "drawn anew at any time");
        RunDirectory othersSettings = trained("run.old2", 5, "a", "learner.gamma", "0.995");
        RunDirectory othersModel = trained("run.old3", 5, "b");
        RunDirectory searched = trained("run.old4", 5, "a");
        Files.createDirectories(searched.search());
        Files.writeString(searched.search().resolve("best.qwop"), "ten hours");
        RunDirectory kept = trained("run.old5", 5, "a");
        Files.writeString(kept.checkpoint(7), "only here");
        RunDirectory notDisplaced = trained("fork", 5, "a");

        assertThat(runs().sentence()).contains("; 1 of them can go");
        assertThat(notes.infos())
                .contains("It can go: " + copy.path() + ", of which " + folder.resolve("run") + " has all.");
        assertThat(copy.path()).exists();
        notes.infos().clear();

        assertThat(runs("prune", "true").sentence()).contains("; 1 of them deleted");
        assertThat(copy.path()).doesNotExist();
        for (RunDirectory run : new RunDirectory[] {othersSettings, othersModel, searched, kept, notDisplaced}) {
            assertThat(run.model()).exists();
        }
        assertThat(notes.infos())
                .contains(
                        "It stays: " + othersSettings.path()
                                + ", because no other finished run of its name has its settings.",
                        "It stays: " + othersModel.path() + ", because model.zip is in no other run.",
                        "It stays: " + searched.path() + ", because " + Path.of("search", "best.qwop")
                                + " is in no other run.");
    }

    @Test
    void aLinkIsNoCopy() throws IOException, GateException, StoppedException {
        RunDirectory only = trained("run.old1", 5, "a");
        Files.createSymbolicLink(folder.resolve("run"), only.path());

        runs("prune", "true");

        assertThat(only.model()).exists();
    }

    @Test
    void neverTheLastCopy() throws IOException, GateException, StoppedException {
        trained("run", 1, "other", "seed", "7");
        RunDirectory one = trained("run.old1", 5, "a");
        RunDirectory two = trained("run.old2", 5, "a");

        runs("prune", "true");
        runs("prune", "true");

        assertThat(one.path()).doesNotExist();
        assertThat(two.model()).exists();
    }
}
