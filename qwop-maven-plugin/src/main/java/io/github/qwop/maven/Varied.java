package io.github.qwop.maven;

import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** The elements {@code <grid>} and {@code <random>}: several values for a setting, where other groups have one. */
final class Varied {

    private static final String VALUE = "value";

    private Varied() {}

    /**
     * Reads an element. A setting is named by its dotted name, {@code <learner.gamma>}, or by an element in that of its
     * group; its values are {@code <value>} elements, or one text.
     *
     * @param name the element's
     * @return by setting, several values as {@link Settings#join} joins them
     */
    static Map<String, String> of(String name, @Nullable PlexusConfiguration element) {
        Map<String, String> values = new LinkedHashMap<>();
        if (element != null) {
            for (PlexusConfiguration setting : element.getChildren()) {
                read(name, "", setting, values);
            }
        }
        return values;
    }

    private static void read(String in, String group, PlexusConfiguration element, Map<String, String> into) {
        String name = group + element.getName();
        List<String> values = new ArrayList<>();
        for (PlexusConfiguration child : element.getChildren()) {
            if (child.getName().equals(VALUE)) {
                values.add(text(in, name + "><" + VALUE, child));
            } else {
                read(in, name + ".", child, into);
            }
        }
        if (!values.isEmpty()) {
            into.put(name, Settings.join(values));
        } else if (element.getChildCount() == 0) {
            into.put(name, text(in, name, element));
        }
    }

    private static String text(String in, String name, PlexusConfiguration element) {
        String text = element.getValue();
        if (text == null || text.isBlank()) {
            throw new SettingException("The element <" + name + "> in <" + in
                    + "> has no text: give its values as <value> elements, or remove it.");
        }
        return text.strip();
    }
}
