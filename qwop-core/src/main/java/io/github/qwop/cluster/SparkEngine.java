package io.github.qwop.cluster;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.fork.ForkedJvm;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.study.Engine;
import io.github.qwop.run.study.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Tasks on Apache Spark: with a master {@code local[…]} in children of this JVM, else on the machines of a cluster.
 * Each task is a job of one Spark task, so that one that fails takes no other with it.
 */
public final class SparkEngine implements Engine {

    /** The name of all jobs together. */
    private static final String GROUP = "qwop";

    /** More tasks than this wait here, not in Spark: what is sent to them is held in memory. */
    private static final int MOST_SUBMITTED = 256;

    private static final long LOOK_MILLIS = 100;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ClusterSpec spec;
    private final TaskFunction function;
    private final JavaSparkContext context;
    private final RunListener listener;

    private SparkEngine(ClusterSpec spec, TaskFunction function, JavaSparkContext context, RunListener listener) {
        this.spec = spec;
        this.function = function;
        this.context = context;
        this.listener = listener;
    }

    /**
     * Starts Spark, or joins a cluster.
     *
     * @param cores that a task takes
     * @param jvm that does a task
     * @throws SettingException if a machine has too few cores, or the cluster does not answer
     */
    public static SparkEngine open(ClusterSpec spec, int cores, TaskJvm jvm, RunListener listener) {
        if (spec.isLocal() && cores > spec.localCores()) {
            throw new SettingException("threads is " + cores + ", and the master " + spec.master() + " has "
                    + spec.localCores() + " cores: give as many threads at most.");
        }
        boolean sends = !spec.isLocal() && !spec.shared();
        TaskFunction function = new TaskFunction(withMemory(jvm, spec.memory()), sends, SparkConnection.ATTEMPTS);
        List<String> sent = sends ? jvm.classPath() : List.of();
        return new SparkEngine(spec, function, SparkConnection.open(spec, cores, sent, listener), listener);
    }

    private static TaskJvm withMemory(TaskJvm jvm, @Nullable String memory) {
        if (memory == null) {
            return jvm;
        }
        List<String> arguments = new ArrayList<>(jvm.jvmArgs());
        arguments.add("-Xmx" + memory);
        return new TaskJvm(jvm.classPath(), arguments, jvm.environment());
    }

    private record Submitted(Task task, JavaFutureAction<List<TaskFunction.Returned>> future) {}

    @Override
    public void run(List<Task> tasks, Consumer<Task.Result> heard, BooleanSupplier stop)
            throws IOException, InterruptedException {
        List<Task> waiting = new ArrayList<>(tasks);
        List<Submitted> submitted = new ArrayList<>();
        long idleSince = System.nanoTime();
        boolean warned = false;
        try {
            context.setJobGroup(GROUP, GROUP, true);
            while (!waiting.isEmpty() || !submitted.isEmpty()) {
                while (!waiting.isEmpty() && submitted.size() < MOST_SUBMITTED) {
                    submitted.add(submit(waiting.remove(0)));
                }
                if (!take(submitted, heard)) {
                    if (stop.getAsBoolean()) {
                        return;
                    }
                    if (!warned && System.nanoTime() - idleSince > IDLE_NANOS) {
                        warned = true;
                        warnIfIdle();
                    }
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
            }
        } catch (IllegalStateException e) {
            // What Spark says when the cluster has given up this application, or this JVM is going down.
            if (!stop.getAsBoolean()) {
                throw SparkConnection.gone(spec, e);
            }
        } finally {
            if (!submitted.isEmpty()) {
                if (!context.sc().isStopped()) {
                    context.cancelJobGroup(GROUP);
                }
                awaitChildren();
            }
        }
    }

    private Submitted submit(Task task) throws IOException {
        Map<String, byte[]> files = function.sends() && task.goesOn()
                ? RunFiles.toGoOn(folder(task), task.goal().equals("train"))
                : Map.of();
        return new Submitted(
                task,
                context.parallelize(List.of(new TaskFunction.Sent(task, new LinkedHashMap<>(files))), 1)
                        .map(function)
                        .collectAsync());
    }

    private static Path folder(Task task) {
        return Path.of(task.directory()).resolve(task.runId());
    }

    /** Hears what has ended; says whether anything has. */
    private boolean take(List<Submitted> submitted, Consumer<Task.Result> heard)
            throws IOException, InterruptedException {
        boolean any = false;
        for (Iterator<Submitted> each = submitted.iterator(); each.hasNext(); ) {
            Submitted one = each.next();
            if (one.future().isDone()) {
                each.remove();
                any = true;
                heard.accept(result(one));
            }
        }
        return any;
    }

    private Task.Result result(Submitted one) throws IOException, InterruptedException {
        try {
            TaskFunction.Returned returned = one.future().get().get(0);
            if (!returned.files().isEmpty()) {
                RunDirectory run = new RunDirectory(folder(one.task()));
                if (!one.task().goesOn() && run.exists()) {
                    run.moveAside();
                }
                RunFiles.write(run.path(), returned.files());
            }
            return returned.result();
        } catch (ExecutionException e) {
            if (context.sc().isStopped()) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            return new Task.Result(
                    one.task().runId(), Task.End.FAILED, "Spark gave it up: " + e.getMessage(), Map.of());
        }
    }

    private void warnIfIdle() {
        int running = 0;
        for (SparkExecutorInfo executor : context.statusTracker().getExecutorInfos()) {
            running += executor.numRunningTasks();
        }
        if (running == 0) {
            listener.warn("No machine of " + spec.master() + " has taken a task for a minute: are there workers with "
                    + context.getConf().get("spark.task.cpus") + " free cores and enough memory?");
        }
    }

    /** Trainings that are stopped write a checkpoint: those of this machine are waited for. */
    private static void awaitChildren() throws InterruptedException {
        long begin = System.nanoTime();
        while (TaskFunction.AT_WORK.get() > 0
                && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(ForkedJvm.GRACE_SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
