package io.github.qwop.maven;

import io.github.qwop.run.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** What a POM's {@code <configuration>} has for this plugin, and of it what a goal does not get. */
final class Declared {

    private static final String FROM_THE_COMMAND_LINE = "default-cli";

    /** What decides where a run is looked for, whatever is to be done with it. */
    private static final Set<String> PLACE = Set.of("runId", "outputDirectory");

    /** Goals that are about no run in particular. */
    private static final Set<String> OF_NO_RUN = Set.of("benchmark", "play", "runs");

    private static final int MOST_NAMES = 8;

    private final MojoExecution execution;
    private final Plugin plugin;
    private final Properties commandLine;

    private Declared(MojoExecution execution, Plugin plugin, Properties commandLine) {
        this.execution = execution;
        this.plugin = plugin;
        this.commandLine = commandLine;
    }

    /**
     * A sentence for each thing in the POM that is likely meant for a goal and does not reach it.
     *
     * @param execution what is being executed
     * @param commandLine properties that win over the POM's
     */
    static List<String> doubts(MojoExecution execution, MavenProject project, Properties commandLine) {
        Plugin plugin = project.getPlugin(execution.getPlugin().getKey());
        if (plugin == null || execution.getMojoDescriptor() == null) {
            return List.of();
        }
        Declared declared = new Declared(execution, plugin, commandLine);
        List<String> doubts = declared.misspelt();
        doubts.addAll(declared.unseen());
        return doubts;
    }

    /** Maven 3.8 passes over elements that no goal has, without a word. */
    private List<String> misspelt() {
        PluginExecution inPom = plugin.getExecutionsAsMap().get(execution.getExecutionId());
        Xpp3Dom own = configuration(inPom == null ? plugin.getConfiguration() : inPom.getConfiguration());
        Set<String> known = new TreeSet<>();
        for (MojoDescriptor goal :
                execution.getMojoDescriptor().getPluginDescriptor().getMojos()) {
            known.addAll(names(goal));
        }
        List<String> doubts = new ArrayList<>();
        for (Xpp3Dom element : own == null ? new Xpp3Dom[0] : own.getChildren()) {
            String name = element.getName();
            if (!known.contains(name)) {
                Set<String> all = new LinkedHashSet<>(known);
                all.addAll(CommandLine.grouped());
                doubts.add("The element <" + name + "> in the POM's <configuration> is not used by this plugin; did you"
                        + " mean <" + Settings.nearest(name, all).replace(".", "><") + ">?");
            }
        }
        return doubts;
    }

    private static Set<String> names(MojoDescriptor goal) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : goal.getParameters() == null ? List.<Parameter>of() : goal.getParameters()) {
            names.add(parameter.getName());
        }
        return names;
    }

    /** A goal on the command line has the plugin's own configuration, not that of an execution. */
    private List<String> unseen() {
        if (execution.getSource() != MojoExecution.Source.CLI
                || !FROM_THE_COMMAND_LINE.equals(execution.getExecutionId())
                || plugin.getExecutionsAsMap().containsKey(FROM_THE_COMMAND_LINE)) {
            return List.of();
        }
        String goal = execution.getGoal();
        Set<String> parameters = names(execution.getMojoDescriptor());
        Map<String, String> here = flat(plugin.getConfiguration());
        Set<String> doubts = new LinkedHashSet<>();
        for (PluginExecution other : plugin.getExecutions()) {
            Map<String, String> there = flat(other.getConfiguration());
            there.entrySet().removeIf(element -> element.getValue().equals(here.get(element.getKey())));
            there.keySet().removeIf(name -> !parameters.contains(name.replaceFirst("[.].*", "")) || isGiven(name));
            if (isFor(goal, other)) {
                if (!there.isEmpty()) {
                    doubts.add("qwop:" + goal + " on the command line does not have what the execution " + other.getId()
                            + " in the POM sets: " + listed(there.keySet()) + ". Run qwop:" + goal + "@" + other.getId()
                            + " to have it, or move it into the plugin's own <configuration>.");
                }
            } else if (!OF_NO_RUN.contains(goal) && there.keySet().stream().anyMatch(PLACE::contains)) {
                there.keySet().retainAll(PLACE);
                doubts.add("qwop:" + goal + " on the command line does not look where the execution " + other.getId()
                        + " in the POM works: add "
                        + there.entrySet().stream()
                                .map(element ->
                                        "-D" + PropertyNames.PREFIX + element.getKey() + "=" + element.getValue())
                                .collect(Collectors.joining(" "))
                        + " to look there, or move it into the plugin's own <configuration>.");
            }
        }
        return List.copyOf(doubts);
    }

    /** A benchmark is of the training. */
    private static boolean isFor(String goal, PluginExecution execution) {
        return execution.getGoals().contains(goal.equals("benchmark") ? "train" : goal);
    }

    private static String listed(Set<String> names) {
        int more = names.size() - MOST_NAMES;
        return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Whether the command line says the same thing itself. */
    private boolean isGiven(String name) {
        Xpp3Dom descriptor = configuration(execution.getMojoDescriptor().getMojoConfiguration());
        Xpp3Dom parameter = descriptor == null ? null : descriptor.getChild(name);
        String property = parameter == null || parameter.getValue() == null
                ? PropertyNames.PREFIX + name
                : parameter.getValue().replaceAll("[${}]", "");
        return commandLine.getProperty(property) != null;
    }

    /** Every element by name, those in a group with the group's in front. */
    private static Map<String, String> flat(@Nullable Object configuration) {
        Map<String, String> flat = new LinkedHashMap<>();
        Xpp3Dom all = configuration(configuration);
        for (Xpp3Dom element : all == null ? new Xpp3Dom[0] : all.getChildren()) {
            if (CommandLine.GROUPS.contains(element.getName() + ".")) {
                for (Xpp3Dom setting : element.getChildren()) {
                    flat.put(element.getName() + "." + setting.getName(), text(setting));
                }
            } else {
                flat.put(element.getName(), element.getChildCount() > 0 ? element.toString() : text(element));
            }
        }
        return flat;
    }

    private static String text(Xpp3Dom element) {
        return Objects.requireNonNullElse(element.getValue(), "");
    }

    private static @Nullable Xpp3Dom configuration(@Nullable Object configuration) {
        return configuration instanceof Xpp3Dom element ? element : null;
    }
}
