package io.github.qwop.report;

import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.study.StudyFile;
import io.github.qwop.run.study.StudyStatistics;
import io.github.qwop.statistics.Estimate;
import java.nio.file.Path;

/**
 * A study as it stands in a list of runs.
 *
 * @param extent how many trials and trainings it has
 * @param figure what its best trial reached, with its unit; empty before one is finished
 * @param best which that is, and what the figure is of
 * @param trainings how its trainings are listed
 */
public record StudyInBrief(String extent, String figure, String best, String trainings) {

    /**
     * Reads a study.
     *
     * @param folder the study's
     * @throws SettingException if its file is damaged
     */
    public static StudyInBrief read(Path folder) {
        StudyFile study = StudyFile.read(folder);
        Measure measure = Measure.of(study.objective());
        StudyStatistics.Ranked best = StudyStatistics.of(study).best().orElse(null);
        Estimate iqm = best == null ? null : best.iqm();
        String trainings = "Its trainings are listed with qwop:runs -Dqwop.outputDirectory=" + folder + ".";
        if (best == null || iqm == null) {
            return new StudyInBrief(study.extent(), "", "No trial is finished yet.", trainings);
        }
        String figure = measure.figure(iqm.value());
        int seeds = best.scores().size();
        return new StudyInBrief(
                study.extent(),
                figure,
                "Best is " + best.trial() + " with " + figure + " (" + measure.name() + ", interquartile mean over "
                        + (seeds == 1 ? "one seed" : seeds + " seeds") + ").",
                trainings);
    }
}
