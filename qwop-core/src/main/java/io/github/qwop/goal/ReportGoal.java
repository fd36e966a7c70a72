package io.github.qwop.goal;

import io.github.qwop.file.Fault;
import io.github.qwop.report.Report;
import io.github.qwop.report.RunLog;
import io.github.qwop.report.RunReport;
import io.github.qwop.report.StudyReport;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.run.study.StudyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The goal {@code report}: curves, evaluation, best episode and settings of a run, or the trials of a study over their
 * seeds, as one HTML file in its folder.
 */
public final class ReportGoal implements Goal<ReportGoal.Spec> {

    /**
     * The goal's settings.
     *
     * @param runId the run, or the study, also its folder's name
     * @param compare runs to show beside it: names of runs in the same folder, or folders
     * @param base where relative folders in {@code compare} begin
     * @param ghost a recording that runs beside the best episode in its player; null for none
     * @param follow whether the report is served, anew whenever something has changed, until it is stopped
     * @param port where to listen then; 0 for any free port
     */
    public record Spec(
            String runId,
            List<String> compare,
            String base,
            @Nullable String ghost,
            boolean follow,
            int port) {}

    @Override
    public String name() {
        return "report";
    }

    @Override
    public Spec defaults() {
        return new Spec("qwop", List.of(), "", null, false, 0);
    }

    /** A report that is followed does. */
    @Override
    public boolean endsItself() {
        return true;
    }

    @Override
    public Outcome run(Spec spec, Call call) throws IOException {
        if (spec.follow()) {
            FollowedReport.serve(spec.port(), () -> read(call.directory(), spec), call);
        }
        return write(call.directory(), spec);
    }

    /**
     * Writes the report into the run's folder.
     *
     * @param directory where runs lie
     * @param settings by dotted name
     * @return a sentence on what came of it
     * @throws SettingException if there is no such run
     */
    public Outcome write(Path directory, Map<String, String> settings) throws IOException {
        new Call(directory, settings, RunListener.NONE, () -> false).check();
        return write(directory, Settings.bind(defaults(), settings));
    }

    private static Outcome write(Path directory, Spec spec) throws IOException {
        Report report = read(directory, spec);
        RunDirectory run = new RunDirectory(directory.resolve(spec.runId()));
        Path file = run.report();
        AtomicFile.writeAll(Map.of(file, report.page(), run.summary(), report.markdown()));
        List<String> sentences = new ArrayList<>();
        sentences.add("The report on " + report.name() + " is written: " + file + ".");
        sentences.addAll(report.remarks());
        sentences.add(writeLog(directory, compared(directory, spec)));
        return Outcome.of(String.join(" ", sentences).strip());
    }

    /**
     * The report as a part of another page.
     *
     * @param directory where runs lie
     * @param settings by dotted name
     * @return HTML
     * @throws SettingException if there is no such run
     */
    public String fragment(Path directory, Map<String, String> settings) throws IOException {
        return read(directory, Settings.bind(defaults(), settings)).fragment();
    }

    /** Writes the log of all runs beside them; without it the report is still one. */
    private static String writeLog(Path directory, List<Path> others) {
        Path html = directory.resolve(RunLog.HTML);
        Path markdown = directory.resolve(RunLog.MARKDOWN);
        try {
            for (Path file : List.of(html, markdown)) {
                if (!RunLog.mayBeWritten(file)) {
                    return "The log of all runs is not written, because " + file
                            + " is something else: move it away, or set outputDirectory to a folder of their own.";
                }
            }
            RunLog log = RunLog.read(directory, others);
            AtomicFile.writeAll(Map.of(html, log.page(), markdown, log.markdown()));
            return "The log of " + log.told() + ": " + html + ".";
        } catch (IOException e) {
            return "The log of all runs cannot be written (" + Fault.of(e) + ").";
        }
    }

    private static Report read(Path directory, Spec spec) throws IOException {
        Path one = directory.resolve(spec.runId());
        if (StudyFile.isIn(one)) {
            if (!spec.compare().isEmpty() || spec.ghost() != null) {
                throw new SettingException((spec.compare().isEmpty() ? "ghost" : "compare") + " is for the report of a"
                        + " run, and " + spec.runId()
                        + " is a study, which compares its own trials: remove the setting,"
                        + " or name one of its trainings.");
            }
            return StudyReport.read(one);
        }
        return RunReport.read(one, compared(directory, spec), GhostFile.read(spec.ghost()));
    }

    private static List<Path> compared(Path directory, Spec spec) {
        List<Path> compared = new ArrayList<>();
        for (String name : spec.compare()) {
            compared.add(folder(directory, Path.of(spec.base()), name));
        }
        return compared;
    }

    private static Path folder(Path directory, Path base, String name) {
        try {
            Path sibling = directory.resolve(name);
            Path folder = Files.isDirectory(sibling) ? sibling : base.resolve(name);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw missing(directory, name);
        }
        throw missing(directory, name);
    }

    private static SettingException missing(Path directory, String name) {
        return new SettingException("compare names \"" + name + "\", which is neither a run in " + directory
                + " nor a folder: train it first, or give the path of a run's folder.");
    }
}
