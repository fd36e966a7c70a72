package io.github.qwop.run;

import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes users' own classes from the names that settings give. */
public final class Extension {

    private Extension() {}

    /**
     * A checksum of what a class does: of its bytes, and of those of the classes nested in it.
     *
     * @param className the class, on the class path of the training
     * @return SHA-256 in hexadecimal; nothing if there is no such class
     */
    public static Optional<String> digest(String className) throws IOException {
        Class<?> found;
        try {
            found = Class.forName(className, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
        List<Class<?>> nest = new ArrayList<>(List.of(found.getNestMembers()));
        nest.sort(Comparator.comparing(Class::getName));
        StringBuilder digests = new StringBuilder();
        for (Class<?> member : nest) {
            try (InputStream bytes =
                    member.getResourceAsStream("/" + member.getName().replace('.', '/') + ".class")) {
                if (bytes != null) {
                    digests.append(Checkpoint.digest(bytes.readAllBytes()));
                }
            }
        }
        return Optional.of(Checkpoint.digest(digests.toString()));
    }

    /**
     * Makes an instance by the class's public constructor without arguments.
     *
     * @param setting the setting's name, for messages
     * @param className the class, on the class path of the training
     * @param type what it must implement
     * @throws SettingException if there is no such class, or it cannot be used
     */
    public static <T> T create(String setting, String className, Class<T> type) {
        return create(setting, className, null, type);
    }

    /**
     * Makes an instance by the class's public constructor, which takes one text if there is one.
     *
     * @param text what the setting says after the class's name; null if nothing
     * @throws SettingException as above, or if the constructor refuses the text
     */
    static <T> T create(String setting, String className, @Nullable String text, Class<T> type) {
        String named = setting + " is \"" + className + (text == null ? "" : ":" + text) + "\"";
        try {
            Class<?> found =
                    Class.forName(className, true, Thread.currentThread().getContextClassLoader());
            if (!type.isAssignableFrom(found)) {
                throw new SettingException(named + ", which does not implement " + type.getName() + ".");
            }
            if (found.isInterface() || Modifier.isAbstract(found.getModifiers())) {
                throw new SettingException(named + ", which is abstract: name a class that can be made.");
            }
            Constructor<?> constructor = constructor(found, text != null, named);
            return type.cast(text == null ? constructor.newInstance() : constructor.newInstance(text));
        } catch (ClassNotFoundException e) {
            throw new SettingException(
                    named + ", and there is no such class on the class path: compile it in this"
                            + " project before the training's phase, or add its jar to the plugin's dependencies.",
                    e);
        } catch (IllegalAccessException e) {
            throw new SettingException(named + ", which is not public: make it public.", e);
        } catch (InvocationTargetException e) {
            if (text != null && e.getCause() instanceof IllegalArgumentException refused) {
                throw new SettingException(named + ", and " + refused.getMessage(), e);
            }
            throw new SettingException(named + ", whose constructor failed: " + e.getCause(), e);
        } catch (LinkageError e) {
            Throwable cause = e instanceof ExceptionInInitializerError ? e.getCause() : e;
            throw new SettingException(named + ", which could not be loaded: " + cause, e);
        } catch (InstantiationException e) {
            throw new IllegalStateException("Abstract classes are refused above.", e);
        }
    }

    private static Constructor<?> constructor(Class<?> found, boolean withText, String named) {
        Optional<Constructor<?>> plain = constructor(found, 0);
        Optional<Constructor<?>> texts = constructor(found, 1);
        if (withText) {
            return texts.orElseThrow(() -> new SettingException(named
                    + ", which has no public constructor that takes one String: add one, or leave out the colon and"
                    + " what follows it."));
        }
        return plain.orElseThrow(() -> new SettingException(
                texts.isPresent()
                        ? named + ", which takes a text: write it after the class's name and a colon."
                        : named + ", which has no public constructor without arguments: add one; in Kotlin, make it a"
                                + " class, not an object."));
    }

    /** The public constructor that takes so many texts and nothing else. */
    private static Optional<Constructor<?>> constructor(Class<?> found, int texts) {
        Class<?>[] wanted = new Class<?>[texts];
        Arrays.fill(wanted, String.class);
        return Arrays.stream(found.getConstructors())
                .filter(constructor -> Arrays.equals(constructor.getParameterTypes(), wanted))
                .findFirst()
                .map(constructor -> (Constructor<?>) constructor);
    }
}
