package io.github.qwop.goal;

import io.github.qwop.parallel.Workers;
import io.github.qwop.report.RunLog;
import io.github.qwop.run.DisplacedRuns;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The goal {@code runs}: lists the runs and studies of a folder, and deletes displaced ones that another holds all of.
 */
final class RunsGoal implements Goal<RunsGoal.Spec> {

    private static final String DECLARED = "what is declared here";

    /**
     * The goal's settings. Those of the training that the runs are held against stand beside them, as {@code train} has
     * them.
     *
     * @param threads not used: a training has it
     * @param prune whether displaced runs are deleted of which there is another copy
     * @param run the training
     */
    public record Spec(int threads, boolean prune, RunSpec run) {}

    /** Public, because settings are bound by reflection. */
    public record Own(int threads, boolean prune) {}

    @Override
    public String name() {
        return "runs";
    }

    @Override
    public Spec defaults() {
        return new Spec(Workers.usual(), false, RunSpec.of(Map.of()));
    }

    @Override
    public Spec settings(Call call) throws IOException {
        Own own = new Own(Workers.usual(), false);
        // What it has to say of the settings is told when they are trained with.
        Call quiet = new Call(call.directory(), call.settings(), RunListener.NONE, call.stop());
        try {
            TrainingSettings<Own> settings = TrainingSettings.read(own, quiet);
            return new Spec(settings.goal().threads(), settings.goal().prune(), settings.run());
        } catch (SettingException e) {
            call.listener().warn("The settings that are declared here are passed over. " + e.getMessage());
            Map<String, String> named = new HashMap<>(call.settings());
            named.keySet().retainAll(Settings.flatten(own).keySet());
            own = Settings.bind(own, named);
            return new Spec(own.threads(), own.prune(), RunSpec.of(Map.of()));
        }
    }

    @Override
    public Outcome run(Spec spec, Call call) throws IOException {
        List<ListedRun> runs = ListedRun.in(call.directory());
        if (runs.isEmpty()) {
            return Outcome.of("There is no run in " + call.directory() + ".");
        }
        list(runs, spec, call);
        List<RunCopy> copies = new ArrayList<>();
        for (ListedRun run : runs) {
            copies.addAll(copies(run, spec.prune(), call));
        }
        long bytes = runs.stream().mapToLong(ListedRun::bytes).sum();
        long studies = runs.stream().filter(ListedRun::isStudy).count();
        String sentence = String.format(
                Locale.ROOT,
                "%s in %s, %s%s.",
                RunLog.told(runs.size() - studies, studies),
                call.directory(),
                ListedRun.megabytes(bytes),
                copies.isEmpty()
                        ? ""
                        : "; " + copies.size()
                                + (spec.prune()
                                        ? " of them deleted"
                                        : " of them can go: set qwop.runs.prune=true to delete what is named above"));
        return new Outcome(
                sentence,
                Map.of("runs", (double) (runs.size() - studies), "studies", (double) studies, "copies", (double)
                        copies.size()));
    }

    private static void list(List<ListedRun> runs, Spec spec, Call call) {
        Optional<ListedRun> newest =
                runs.stream().filter(run -> !run.settings().isEmpty()).findFirst();
        Map<String, String> declared = unnamed(spec.run());
        boolean isDeclared = !declared.equals(unnamed(RunSpec.of(Map.of())));
        Instant now = Instant.now();
        call.listener().info(ListedRun.head());
        for (ListedRun run : runs) {
            call.listener().info(run.row(now));
            run.remarks().forEach(remark -> call.listener().info("    " + remark));
            Optional<String> unlike = isDeclared
                    ? run.unlike(declared, DECLARED)
                    : newest.flatMap(other -> run.equals(other) ? run.unlikeDefaults() : run.unlike(other));
            unlike.ifPresent(text -> call.listener().info("    " + text));
        }
    }

    private static Map<String, String> unnamed(RunSpec run) {
        Map<String, String> settings = new LinkedHashMap<>(run.settings());
        settings.remove("runId");
        return settings;
    }

    /** The displaced runs of a run's name of which there is another copy. */
    private static List<RunCopy> copies(ListedRun run, boolean prune, Call call) throws IOException {
        DisplacedRuns displaced = new DisplacedRuns(run.directory());
        List<RunDirectory> all = displaced.all();
        List<RunCopy> copies = new ArrayList<>();
        if (all.isEmpty()) {
            return copies;
        }
        // No training may put one of them back meanwhile.
        FileChannel lock = prune ? run.directory().lock() : null;
        try {
            List<RunDirectory> staying = new ArrayList<>(all);
            staying.add(0, run.directory());
            for (RunDirectory one : all) {
                staying.remove(one);
                Optional<RunCopy> copy = copy(one, staying, prune, call);
                if (copy.isEmpty()) {
                    staying.add(one);
                } else {
                    copies.add(copy.get());
                    call.listener()
                            .info((prune ? "Deleting " : "It can go: ") + one.path() + ", of which "
                                    + copy.get().other().path() + " has all.");
                    if (prune) {
                        copy.get().delete();
                    }
                }
            }
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
        return copies;
    }

    private static Optional<RunCopy> copy(RunDirectory one, List<RunDirectory> staying, boolean prune, Call call)
            throws IOException {
        String doubt = "";
        for (RunDirectory other : staying) {
            RunCopy copy = new RunCopy(one, other);
            Optional<String> against = copy.doubt();
            if (against.isEmpty()) {
                return Optional.of(copy);
            }
            // What speaks against one of the same settings tells more than that another is of others.
            doubt = doubt.isEmpty() || doubt.equals(RunCopy.OTHER_SETTINGS) ? against.get() : doubt;
        }
        if (prune) {
            call.listener().info("It stays: " + one.path() + ", because " + doubt + ".");
        }
        return Optional.empty();
    }
}
