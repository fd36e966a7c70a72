package io.github.qwop.maven;

import io.github.qwop.goal.Goals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/** Properties of the command line that this plugin knows, and that none of the goals beside them has. */
final class Unused {

    private static final String SWEEP = "sweep";

    /** What a study has instead of settings that are its trainings' own, and that all goals of a training declare. */
    private static final Map<String, String> OF_STUDY = Map.of(
            PropertyNames.SEED, PropertyNames.SEEDS,
            PropertyNames.RUN_ID, PropertyNames.STUDY_ID);

    private Unused() {}

    /**
     * A sentence for each of them. A build's phases have goals that nobody named, and what a goal of another plugin
     * does is not known: where there are such, nothing is said.
     *
     * @param execution what is being executed
     * @param asked what stands on the command line
     * @param given its properties
     */
    static List<String> doubts(MojoExecution execution, List<String> asked, Properties given) {
        MojoDescriptor goal = execution.getMojoDescriptor();
        if (goal == null
                || goal.getPluginDescriptor() == null
                || execution.getSource() != MojoExecution.Source.CLI
                || asked.isEmpty()
                || !asked.stream().allMatch(one -> isOurs(one, goal))) {
            return List.of();
        }
        Map<String, Set<String>> users = new LinkedHashMap<>();
        for (MojoDescriptor other : goal.getPluginDescriptor().getMojos()) {
            if (Goals.ALL.stream().anyMatch(known -> known.name().equals(other.getGoal()))) {
                properties(other).forEach(property -> users.computeIfAbsent(property, none -> new TreeSet<>())
                        .add(other.getGoal()));
            }
        }
        List<String> doubts = new ArrayList<>();
        for (String property : new TreeSet<>(given.stringPropertyNames())) {
            Set<String> goals = users.getOrDefault(property, Set.of());
            boolean isSkip = property.startsWith(PropertyNames.SKIP);
            if (!isSkip && !goals.isEmpty() && asked.stream().noneMatch(one -> goals.contains(name(one)))) {
                String ofStudy = goal.getGoal().equals(SWEEP) ? OF_STUDY.get(property) : null;
                doubts.add("qwop:" + goal.getGoal() + " does not use " + property + ", which is a setting of "
                        + String.join(", ", goals) + ": "
                        + (ofStudy != null ? "is " + ofStudy + " meant?" : own(users, goal, property)));
            }
        }
        return doubts;
    }

    /** A setting of the goal that is called so in its own group. */
    private static String own(Map<String, Set<String>> users, MojoDescriptor goal, String property) {
        return users.entrySet().stream()
                .filter(other -> other.getValue().contains(goal.getGoal()))
                .map(Map.Entry::getKey)
                .filter(other -> last(other).equals(last(property)))
                .findFirst()
                .map(own -> "is " + own + " meant?")
                .orElse("leave it out.");
    }

    /** Whether it is a goal of this plugin, as {@code qwop:search@id} or with its coordinates. */
    private static boolean isOurs(String asked, MojoDescriptor goal) {
        String plugin = asked.substring(0, Math.max(0, asked.lastIndexOf(':')));
        return plugin.equals(goal.getPluginDescriptor().getGoalPrefix())
                || List.of(plugin.split(":", -1))
                        .contains(goal.getPluginDescriptor().getArtifactId());
    }

    private static String last(String property) {
        return property.substring(property.lastIndexOf('.') + 1);
    }

    private static String name(String asked) {
        return asked.substring(asked.lastIndexOf(':') + 1).replaceFirst("@.*", "");
    }

    /** The properties that a goal has: those of its parameters, and those of the settings in its groups. */
    private static Set<String> properties(MojoDescriptor goal) {
        Set<String> properties = new TreeSet<>();
        PlexusConfiguration declared = goal.getMojoConfiguration();
        Set<String> settings = CommandLine.grouped();
        for (Parameter parameter : goal.getParameters() == null ? List.<Parameter>of() : goal.getParameters()) {
            PlexusConfiguration one = declared == null ? null : declared.getChild(parameter.getName(), false);
            String expression = one == null ? null : one.getValue(null);
            if (expression != null && expression.startsWith("${" + PropertyNames.PREFIX)) {
                properties.add(expression.substring(2, expression.length() - 1));
            }
            settings.stream()
                    .filter(setting -> setting.startsWith(parameter.getName() + "."))
                    .forEach(setting -> properties.add(PropertyNames.PREFIX + setting));
        }
        if (goal.getGoal().equals(SWEEP)) {
            properties.removeAll(OF_STUDY.keySet());
        }
        return properties;
    }
}
