package io.github.qwop.maven;

import io.github.qwop.goal.Goals;
import io.github.qwop.run.Algorithm;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.settings.Settings;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The command line's {@code -Dqwop.…} properties: one that this plugin does not know is most likely mistyped. */
final class CommandLine {

    /** Groups check the names in them themselves. */
    static final List<String> GROUPS =
            List.of("environment.", "learner.", "guard.", "gate.", "fork.", "grid.", "random.", "pruning.", "cluster.");

    private CommandLine() {}

    /** A sentence for each property that looks like one of this plugin's and is none. */
    static List<String> doubts(Properties given) {
        List<String> known = names();
        List<String> all = new ArrayList<>(known);
        grouped().forEach(name -> all.add(PropertyNames.PREFIX + name));
        List<String> doubts = new ArrayList<>();
        for (String property : new TreeSet<>(given.stringPropertyNames())) {
            if (property.startsWith(PropertyNames.PREFIX) && !known.contains(property) && !isGrouped(property)) {
                doubts.add("The property " + property + " is not used by this plugin; did you mean "
                        + (isGrouped(property + ".") ? property + ".<setting>" : Settings.nearest(property, all))
                        + "?");
            }
        }
        return doubts;
    }

    private static boolean isGrouped(String property) {
        String name = property.substring(PropertyNames.PREFIX.length());
        return GROUPS.stream().anyMatch(name::startsWith);
    }

    /**
     * Every setting of a group, such as {@code learner.batchSize}, for whoever misspells the group or leaves it out.
     */
    static Set<String> grouped() {
        Set<String> names = new LinkedHashSet<>();
        for (Algorithm algorithm : Algorithm.values()) {
            names.addAll(RunSpec.saved(Map.of("algorithm", algorithm.text()))
                    .settings()
                    .keySet());
        }
        Goals.ALL.forEach(goal -> names.addAll(Settings.flatten(goal.defaults()).keySet()));
        ForkSettings.NAMES.forEach(name -> names.add("fork." + name));
        names.removeIf(name -> GROUPS.stream().noneMatch(name::startsWith));
        return names;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Field constant : PropertyNames.class.getDeclaredFields()) {
            try {
                if (constant.getType() == String.class) {
                    names.add((String) constant.get(null));
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("The names of the properties must be readable.", e);
            }
        }
        names.remove(PropertyNames.PREFIX);
        return names;
    }
}
