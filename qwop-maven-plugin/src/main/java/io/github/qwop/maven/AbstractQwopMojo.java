package io.github.qwop.maven;

import io.github.qwop.cluster.ClusterSpec;
import io.github.qwop.goal.Goals;
import io.github.qwop.run.fork.ForkMessage;
import io.github.qwop.run.fork.ForkRequest;
import io.github.qwop.run.fork.ForkedJvm;
import io.github.qwop.run.fork.GoalJvm;
import io.github.qwop.run.fork.SameJvm;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * What all goals share: where runs lie, how the fork is started, and how its outcome becomes Maven's.
 *
 * <p>Fields annotated as parameters are filled by Maven before {@link #execute}.
 */
@SuppressWarnings("NullAway.Init")
abstract class AbstractQwopMojo extends AbstractMojo {

    /** The group whose settings may be empty, such as arguments that come from a property. */
    private static final String FORK = "fork";

    /** Skips every goal of this plugin. */
    @Parameter(property = PropertyNames.SKIP, defaultValue = "false")
    private @Nullable String skip;

    /** Folder of the runs: a run's files lie in a folder of its own in it, named by its {@code runId}. */
    @Parameter(property = PropertyNames.OUTPUT_DIRECTORY, defaultValue = "${project.build.directory}/qwop")
    private File outputDirectory;

    /**
     * Name of the run, also of its folder: letters, digits, dots, dashes and underscores. Give each training in a
     * project a name of its own. Without a POM it is {@code qwop}.
     */
    @Parameter(property = PropertyNames.RUN_ID, defaultValue = "${project.artifactId}")
    private String runId;

    /**
     * The forked JVM that does the work: {@code jvmArgs} (separated by blanks, put after the default ones; one that has
     * blanks of its own stands in single or double quotes), {@code environment} (variables as {@code NAME=value},
     * separated by commas; one that has commas of its own stands in double quotes) and {@code java} (the executable;
     * default: that of the JDK toolchain if the build chose one, else the one that runs Maven); {@code sameProcess} set
     * to {@code true} runs the goal in Maven's own JVM, for a debugger. On the command line:
     * {@code -Dqwop.fork.jvmArgs=-Xmx4g} and so on.
     */
    @Parameter
    private @Nullable Map<String, String> fork;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    private List<Artifact> pluginArtifacts;

    @Inject
    private RepositorySystem resolver;

    @Inject
    private ToolchainManager toolchains;

    @Inject
    private MavenProjectHelper projectHelper;

    /** The goal's name, as the fork knows it. */
    abstract String goal();

    /** Whether this goal alone is to be skipped. */
    abstract boolean skipGoal();

    /** The goal's settings by dotted name, as far as they are given. */
    abstract Map<String, String> settings();

    /** Per cent between lines of progress, if this goal has progress. */
    int progressInterval() {
        return 0;
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        try {
            if (isSkipped()) {
                getLog().info("QWOP: " + goal() + " is skipped.");
                return;
            }
            CommandLine.doubts(session.getUserProperties()).forEach(getLog()::warn);
            Unused.doubts(execution, session.getGoals(), session.getUserProperties())
                    .forEach(getLog()::warn);
            Declared.doubts(execution, project, session.getUserProperties()).forEach(getLog()::warn);
            conclude(work());
        } catch (SettingException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    private void conclude(ForkMessage outcome) throws MojoExecutionException, MojoFailureException {
        if (outcome instanceof ForkMessage.GateFell fell) {
            throw new MojoFailureException(fell.reason());
        }
        if (outcome instanceof ForkMessage.Stopped stopped) {
            throw new MojoExecutionException(stopped.summary());
        }
        if (outcome instanceof ForkMessage.Refused refused) {
            throw new MojoExecutionException(refused.reason());
        }
        if (outcome instanceof ForkMessage.Done done) {
            getLog().info(done.summary());
        }
    }

    /** Whether this goal, or every one, is to be skipped. */
    final boolean isSkipped() {
        return isSet(PropertyNames.SKIP, skip) || skipGoal();
    }

    /** Whether the project's build holds this evaluation's gates later, with the goal {@code gate}. */
    final boolean isGatedLater() {
        return LaterGate.follows(execution, project, session.getUserProperties(), runId());
    }

    /** Why this goal, as a {@code gate}, would not hold the gates of this build; nothing if it does. */
    final Optional<String> isGatedTooEarly() {
        return LaterGate.tooEarly(execution, project, session.getUserProperties(), runId());
    }

    /** What the goal is asked to do. */
    final ForkRequest request() {
        Map<String, String> settings = settings();
        // Where nothing names the run, a configuration file may.
        if (isNamed() || !settings.containsKey("config")) {
            settings.put("runId", runId());
        }
        return new ForkRequest(
                goal(),
                directory().getAbsolutePath(),
                settings,
                Goals.named(goal()).endsItself());
    }

    /** Does the goal, in a fork unless it needs none. */
    ForkMessage work() throws MojoExecutionException {
        ForkRequest request = request();
        ForkSettings fork = ForkSettings.of(overridden(FORK, this.fork));
        if (Goals.named(goal()).needsCluster(request.settings())) {
            return workOnCluster(request, fork);
        }
        if (fork.sameProcess()) {
            getLog().warn("fork.sameProcess is true: " + goal() + " runs in Maven's own JVM, for debugging; other"
                    + " settings of <fork> have no effect.");
        }
        GoalJvm jvm = fork.sameProcess()
                ? new SameJvm(libraryClassPath(), projectClassPath())
                : fork.jvm(java(), libraryClassPath(), projectClassPath());
        return ask(jvm, request);
    }

    /** Does it in a fork that has Spark, and tells that one what the JVM of a task is: as one of another goal is. */
    private ForkMessage workOnCluster(ForkRequest request, ForkSettings fork) throws MojoExecutionException {
        if (fork.sameProcess()) {
            throw new SettingException(
                    "fork.sameProcess is true, and " + goal()
                            + " forks a JVM for each of its tasks: debug one of them with a goal of its own, such as qwop:train.");
        }
        ForkedJvm task = fork.jvm(java(), libraryClassPath(), projectClassPath());
        Map<String, String> settings = new LinkedHashMap<>(request.settings());
        settings.put(
                "task.classPath",
                Settings.join(task.classPath().stream().map(Path::toString).toList()));
        settings.put("task.jvmArgs", Settings.join(task.jvmArgs()));
        settings.put(
                "task.environment",
                Settings.join(task.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList()));
        String master = settings.getOrDefault("cluster.master", ClusterSpec.DEFAULT.master());
        String version = settings.getOrDefault("cluster.version", ClusterSpec.DEFAULT.version());
        List<Path> classPath = new SparkLibrary(
                        resolver, session.getRepositorySession(), project.getRemotePluginRepositories())
                .with(pluginArtifacts, master, version);
        List<String> jvmArgs = new ArrayList<>(ClusterSpec.JVM_ARGUMENTS);
        jvmArgs.addAll(task.jvmArgs());
        List<Path> all = new ArrayList<>(classPath);
        all.addAll(projectClassPath());
        return ask(
                new ForkedJvm(task.java(), all, jvmArgs, task.environment()),
                new ForkRequest(request.goal(), request.directory(), settings, request.endsItself()));
    }

    private ForkMessage ask(GoalJvm jvm, ForkRequest request) throws MojoExecutionException {
        getLog().debug("Asking " + jvm + " for " + request);
        String prefix = session.getRequest().getDegreeOfConcurrency() > 1 ? runId() + ": " : "";
        PrintStream screen = System.out;
        try (ForkLog log = new ForkLog(getLog(), screen, Terminal.of(session, getLog()), prefix, progressInterval())) {
            return jvm.run(request, log);
        } catch (IOException e) {
            throw new MojoExecutionException(goal() + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            String remedy = Goals.named(goal()).endsItself()
                    ? "; run the same command again to go on from its last checkpoint"
                    : "";
            throw new MojoExecutionException(goal() + " was interrupted" + remedy + ".", e);
        }
    }

    /** The run's name; Maven's stand-in for a missing POM has one too, but not one that a run should bear. */
    final String runId() {
        String override = commandLine(PropertyNames.RUN_ID);
        if (override != null) {
            return override;
        }
        return isNamed() ? runId : "qwop";
    }

    private boolean isNamed() {
        return commandLine(PropertyNames.RUN_ID) != null
                || project.getFile() != null
                || !runId.equals("standalone-pom");
    }

    private File directory() {
        String override = commandLine(PropertyNames.OUTPUT_DIRECTORY);
        if (override != null && override.isBlank()) {
            throw new SettingException(
                    PropertyNames.OUTPUT_DIRECTORY + " has no value: give a folder, or leave it out.");
        }
        if (override != null) {
            return inProject(override);
        }
        // Without a POM some versions of Maven leave names of folders unresolved.
        return project.getFile() == null && outputDirectory.getPath().contains("${")
                ? new File(session.getExecutionRootDirectory(), "target/qwop")
                : outputDirectory;
    }

    private Path java() {
        // It is a plugin in a POM that chooses one; Maven 4 fails when asked without.
        Toolchain jdk = project.getFile() == null ? null : toolchains.getToolchainFromBuildContext("jdk", session);
        String chosen = jdk == null ? null : jdk.findTool("java");
        if (chosen != null) {
            getLog().info("The fork runs on the toolchain's JDK: " + chosen);
            return Path.of(chosen);
        }
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private List<Path> libraryClassPath() throws MojoExecutionException {
        List<Path> classPath = new ArrayList<>();
        for (Artifact artifact : pluginArtifacts) {
            classPath.add(artifact.getFile().toPath());
        }
        // PyTorch's native library does not exist for every system.
        if (Goals.named(goal()).needsEngine()) {
            classPath.add(
                    new NativeLibrary(resolver, session.getRepositorySession(), project.getRemotePluginRepositories())
                            .resolve(pluginArtifacts));
        }
        return classPath;
    }

    /** The project's own classes and what they need, where a class of its own may be named or found as a service. */
    private List<Path> projectClassPath() {
        try {
            return project.getRuntimeClasspathElements().stream()
                    .map(Path::of)
                    .filter(Files::exists)
                    .toList();
        } catch (DependencyResolutionRequiredException e) {
            // Only goals that use a project's classes ask Maven to resolve them.
            return List.of();
        }
    }

    /**
     * A group of settings as the POM gives it, with what the command line gives laid over it:
     * {@code -Dqwop.learner.batchSize=64} wins over the POM's {@code <learner><batchSize>}.
     *
     * @param group the element's name, or the empty name for settings without a group
     */
    final Map<String, String> overridden(String group, @Nullable Map<String, String> declared) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (declared != null) {
            declared.forEach((name, value) -> {
                if (value != null && !value.isEmpty()) {
                    settings.put(name, value);
                } else if (!group.equals(FORK)) {
                    // Maven gives no value for an element that has elements of its own either.
                    throw new SettingException("The element <" + name + "> in <" + group
                            + "> has no text: give its value as text, several separated by commas, or remove it.");
                }
            });
        }
        String prefix = PropertyNames.PREFIX + group + ".";
        putAll(settings, prefix, project.getProperties(), false);
        putAll(settings, prefix, session.getUserProperties(), true);
        return settings;
    }

    private static void putAll(
            Map<String, String> settings, String prefix, java.util.Properties properties, boolean replace) {
        for (String property : properties.stringPropertyNames()) {
            if (property.startsWith(prefix)) {
                String name = property.substring(prefix.length());
                if (replace || !settings.containsKey(name)) {
                    settings.put(name, properties.getProperty(property));
                }
            }
        }
    }

    /** Puts a setting: the command line's value for its property, else the POM's, else nothing. */
    final void put(Map<String, String> settings, String name, String property, @Nullable Object declared) {
        String override = commandLine(property);
        if (override != null) {
            settings.put(name, override);
        } else if (declared != null) {
            settings.put(name, declared.toString());
        }
    }

    /** Puts a setting that is a file or a folder, likewise. */
    final void putFile(Map<String, String> settings, String name, String property, @Nullable File declared) {
        String override = commandLine(property);
        if (override != null && override.isBlank()) {
            // Within the project's folder nothing is the folder itself.
            settings.put(name, "");
            return;
        }
        File file = override == null ? declared : inProject(override);
        if (file != null) {
            settings.put(name, file.getPath());
        }
    }

    /**
     * Puts a setting that is a policy's or a baseline's file, likewise: where no such file exists, Maven coordinates
     * stand for the artifact that the project's repositories have.
     */
    final void putFileOrArtifact(
            Map<String, String> settings, String name, String property, @Nullable String declared) {
        String override = commandLine(property);
        String text = override == null ? declared : override;
        if (override != null && override.isBlank()) {
            settings.put(name, "");
            return;
        }
        if (text == null || text.isBlank()) {
            return;
        }
        File file = inProject(text);
        Optional<org.eclipse.aether.artifact.Artifact> artifact =
                file.exists() ? Optional.empty() : PolicyArtifact.parse(name, text);
        settings.put(name, artifact.map(one -> resolved(name, one)).orElse(file).getPath());
    }

    private File resolved(String name, org.eclipse.aether.artifact.Artifact artifact) {
        try {
            File file = resolver.resolveArtifact(
                            session.getRepositorySession(),
                            new ArtifactRequest(artifact, project.getRemoteProjectRepositories(), null))
                    .getArtifact()
                    .getFile();
            getLog().info(name + " " + PolicyArtifact.text(artifact) + " is " + file);
            return file;
        } catch (ArtifactResolutionException e) {
            throw new SettingException(
                    name + " is the artifact " + PolicyArtifact.text(artifact) + ", which cannot be resolved ("
                            + e.getMessage() + "): check the coordinates, the project's <repositories> and the network,"
                            + " or give a file.",
                    e);
        }
    }

    /** Whether this goal is bound to a phase of the project's build, and not called on the command line. */
    final boolean isBound() {
        return project.getFile() != null && execution.getSource() == MojoExecution.Source.LIFECYCLE;
    }

    /** Attaches a file to the project, so that {@code install} and {@code deploy} publish it. */
    final void attach(File file, String type, String classifier) {
        for (Artifact other : project.getAttachedArtifacts()) {
            if (type.equals(other.getType()) && classifier.equals(other.getClassifier())) {
                if (!file.equals(other.getFile())) {
                    getLog().warn(file + " is not attached to the build, because " + other.getFile()
                            + " already is with the classifier " + classifier
                            + ": give one of the two executions a <classifier> of its own, or set <attach> to false.");
                }
                return;
            }
        }
        projectHelper.attachArtifact(project, type, classifier, file);
        getLog().info("Attached to the build: " + project.getGroupId() + ":" + project.getArtifactId() + ":"
                + project.getVersion() + ":" + type + ":" + classifier);
    }

    /** Puts a setting that is a list of files and folders, likewise, as {@link Settings#split} reads them. */
    final void putFiles(Map<String, String> settings, String name, String property, @Nullable List<File> declared) {
        String override = commandLine(property);
        List<File> files = declared;
        if (override != null) {
            files = paths(override).stream().map(this::inProject).toList();
        }
        if (files != null) {
            settings.put(
                    name,
                    Settings.join(files.stream()
                            .filter(Objects::nonNull)
                            .map(File::getPath)
                            .toList()));
        }
    }

    /** The paths in a text. Nothing is none of them: within the project's folder it would be the folder itself. */
    static List<String> paths(String text) {
        return Settings.split(text).stream().filter(path -> !path.isBlank()).toList();
    }

    /** Whether something is wanted: what the command line says of its property, else what the POM does. */
    final boolean isSet(String property, @Nullable String declared) {
        String override = commandLine(property);
        String text = override == null ? declared : override;
        return text != null && Settings.parseBoolean(property, text);
    }

    private @Nullable String commandLine(String property) {
        return session.getUserProperties().getProperty(property);
    }

    /** As with every file that Maven reads for a goal, what is not absolute begins in the project's folder. */
    private File inProject(String path) {
        File file = new File(path);
        return file.isAbsolute() || project.getBasedir() == null ? file : new File(project.getBasedir(), path);
    }

    /** Puts a group's settings, each name with the group's in front. */
    final void putGroup(Map<String, String> settings, String group, @Nullable Map<String, String> declared) {
        overridden(group, declared).forEach((name, value) -> settings.put(group + "." + name, value));
    }
}
